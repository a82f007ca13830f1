//! A server, its clients, and datagrams that take some time between them.

use std::{
    collections::{BTreeMap, VecDeque},
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use str0m::{
    media::{Direction, MediaKind},
    net::Transmit,
};

use super::client::{Client, PUBLISHER_TYPES, SUBSCRIBER_TYPES};
use crate::sfu::{
    Answer, NegotiationError, PeerId, SourceId,
    engine::{Limits, MediaEvent, Sfu},
    negotiation::Negotiator,
};

/// One step of virtual time, and how long a datagram takes.
pub(super) const TICK: Duration = Duration::from_millis(5);

pub(super) const BOTH: &[MediaKind] = &[MediaKind::Audio, MediaKind::Video];

pub(super) const SOURCE: SourceId = SourceId(1);

/// Decides which datagrams are lost.
type Loss = Box<dyn FnMut(&Transmit) -> bool>;

/// Changes what clients send.
type Alteration = Box<dyn FnMut(&mut Vec<u8>)>;

pub(super) struct Network {
    pub now: Instant,
    pub sfu: Sfu,
    pub server: SocketAddr,
    pub clients: BTreeMap<PeerId, Client>,
    pub events: Vec<MediaEvent>,
    pub loss: Loss,
    pub alteration: Option<Alteration>,
    pub answers: BTreeMap<PeerId, Answer>,
    /// Datagrams to people who are not clients.
    pub strays: Vec<Transmit>,
    in_flight: VecDeque<Transmit>,
}

impl Network {
    pub(super) fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    pub(super) fn with_limits(limits: Limits) -> Self {
        let server = SocketAddr::from(([192, 0, 2, 1], 4000));
        Self {
            now: Instant::now(),
            sfu: Sfu::new(Negotiator::new(vec![server]).unwrap(), limits),
            server,
            clients: BTreeMap::new(),
            events: Vec::new(),
            loss: Box::new(|_| false),
            alteration: None,
            answers: BTreeMap::new(),
            strays: Vec::new(),
            in_flight: VecDeque::new(),
        }
    }

    pub(super) fn publish(&mut self, peer: u64, kinds: &[MediaKind]) -> PeerId {
        self.join(peer, Direction::SendOnly, kinds).unwrap()
    }

    pub(super) fn subscribe(&mut self, peer: u64, kinds: &[MediaKind]) -> PeerId {
        self.join(peer, Direction::RecvOnly, kinds).unwrap()
    }

    pub(super) fn join(
        &mut self,
        peer: u64,
        direction: Direction,
        kinds: &[MediaKind],
    ) -> Result<PeerId, NegotiationError> {
        let id = PeerId(peer);
        let address = SocketAddr::from((
            Ipv4Addr::new(198, 51, 100, 1),
            5000 + u16::try_from(peer).unwrap(),
        ));
        let publishes = direction == Direction::SendOnly;
        let types = if publishes {
            PUBLISHER_TYPES
        } else {
            SUBSCRIBER_TYPES
        };
        let (mut client, offer) = Client::new(self.now, address, direction, kinds, types);
        let answer = if publishes {
            self.sfu.publish(self.now, id, SOURCE, &offer)?
        } else {
            self.sfu.subscribe(self.now, id, SOURCE, &offer)?
        };
        client.accept(&answer.sdp);
        self.answers.insert(id, answer);
        self.clients.insert(id, client);
        Ok(id)
    }

    /// A publisher and a subscriber, both connected.
    pub(super) fn call() -> (Self, PeerId, PeerId) {
        let mut network = Self::new();
        let publisher = network.publish(1, BOTH);
        let subscriber = network.subscribe(2, BOTH);
        network.connect();
        (network, publisher, subscriber)
    }

    /// Lets time pass until all clients are connected.
    pub(super) fn connect(&mut self) {
        let deadline = self.now + Duration::from_secs(5);
        while self.clients.values().any(|client| client.connected_at.is_none()) {
            assert!(self.now < deadline, "not connected");
            self.tick();
        }
        self.pass(TICK * 2);
    }

    pub(super) fn pass(&mut self, duration: Duration) {
        let end = self.now + duration;
        while self.now < end {
            self.tick();
        }
    }

    /// Sends video frames, one each 35 ms, beginning with a key frame if asked to.
    pub(super) fn send_frames(&mut self, from: PeerId, count: usize, keyframe_first: bool) -> Vec<Vec<u8>> {
        let mut sent = Vec::new();
        for index in 0..count {
            sent.extend(self.send_frame(from, keyframe_first && index == 0));
        }
        sent
    }

    pub(super) fn send_frame(&mut self, from: PeerId, is_keyframe: bool) -> Vec<Vec<u8>> {
        let now = self.now;
        let sent = self.client(from).send_frame(now, is_keyframe);
        self.pass(TICK * 7);
        sent
    }

    pub(super) fn client(&mut self, id: PeerId) -> &mut Client {
        self.clients.get_mut(&id).unwrap()
    }

    fn tick(&mut self) {
        self.now += TICK;
        for transmit in std::mem::take(&mut self.in_flight) {
            if (self.loss)(&transmit) {
                continue;
            }
            if transmit.destination == self.server {
                let Transmit {
                    source,
                    destination,
                    contents,
                    ..
                } = transmit;
                let mut datagram = Vec::from(contents);
                if let Some(alter) = &mut self.alteration {
                    alter(&mut datagram);
                }
                self.sfu.handle_datagram(self.now, source, destination, &datagram);
            } else {
                let addressee = self
                    .clients
                    .values_mut()
                    .find(|client| client.address == transmit.destination);
                match addressee {
                    Some(client) => client.handle(self.now, &transmit),
                    None => self.strays.push(transmit),
                }
            }
            // Whoever got something must be polled before getting more.
            self.poll();
        }
        self.sfu.handle_timeout(self.now);
        self.poll();
    }

    fn poll(&mut self) {
        while let Some(transmit) = self.sfu.poll_transmit(self.now) {
            self.in_flight.push_back(transmit);
        }
        for client in self.clients.values_mut() {
            self.in_flight.extend(client.poll(self.now));
        }
        while let Some(event) = self.sfu.poll_event() {
            self.events.push(event);
        }
    }
}

/// Whether a datagram is RTP, not RTCP (RFC 5761, section 4).
pub(super) fn is_rtp(datagram: &[u8]) -> bool {
    matches!(datagram, [128..=191, kind, ..] if !(192..=223).contains(kind))
}
