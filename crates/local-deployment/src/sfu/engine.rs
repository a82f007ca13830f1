//! The core: all peers and sources.

use std::{
    collections::{HashMap, VecDeque},
    mem,
    net::SocketAddr,
    time::Instant,
};

use str0m::{
    Input,
    net::{Protocol, Receive, Transmit},
};

use super::{
    Answer, NegotiationError, PeerId, SourceId,
    demux::Demux,
    negotiation::{Negotiated, Negotiator},
    offer::Purpose,
    peer::{CONNECT_TIMEOUT, Drained, Peer, PeerState, Publisher, Role, Subscriber},
    source::Source,
    stun::{self, BindingRequest},
    timers::Timers,
};

/// Most peers at a time. Each costs a few tens of kilobytes.
pub(super) const MAX_PEERS: usize = 4_096;

/// Most sources at a time.
pub(super) const MAX_SOURCES: usize = 1_024;

/// Most datagrams that wait to be sent. The shell sends them after each batch that it receives; beyond this number they
/// are lost, as they would be in a full socket buffer.
const MAX_TRANSMITS: usize = 8_192;

/// Something that the owner of peers must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum MediaEvent {
    /// The peer has closed its connection, has lost it, or never made one. It is forgotten already. Peers that were closed
    /// or replaced by command are not reported.
    PeerGone(PeerId),
}

/// A selective forwarding unit without sockets, threads or a clock.
///
/// Feed it with datagrams and commands, and when [`next_timeout`](Self::next_timeout) has come with
/// [`handle_timeout`](Self::handle_timeout). After each call, or a few of them, send what
/// [`poll_transmit`](Self::poll_transmit) returns until it returns nothing.
#[derive(Debug)]
pub(super) struct Sfu {
    negotiator: Negotiator,
    pub(super) peers: HashMap<PeerId, Peer>,
    pub(super) sources: HashMap<SourceId, Source>,
    demux: Demux,
    timers: Timers,
    /// Subscribers whose sessions hold packets that have not been drawn.
    pub(super) with_output: VecDeque<PeerId>,
    transmits: VecDeque<Transmit>,
    events: VecDeque<MediaEvent>,
    /// Kept to save its allocation.
    drained: Drained,
}

impl Sfu {
    /// A server without peers.
    pub(super) fn new(negotiator: Negotiator) -> Self {
        Self {
            negotiator,
            peers: HashMap::new(),
            sources: HashMap::new(),
            demux: Demux::default(),
            timers: Timers::default(),
            with_output: VecDeque::new(),
            transmits: VecDeque::new(),
            events: VecDeque::new(),
            drained: Drained::default(),
        }
    }

    /// Answers the offer of a peer that publishes a source. If the source has a publisher already, this one replaces it.
    pub(super) fn publish(
        &mut self,
        now: Instant,
        id: PeerId,
        source_id: SourceId,
        offer: &str,
    ) -> Result<Answer, NegotiationError> {
        self.admit(id)?;
        if !self.sources.contains_key(&source_id) && self.sources.len() >= MAX_SOURCES {
            return Err(NegotiationError::Overloaded);
        }
        let negotiated = self.negotiator.negotiate(now, offer, Purpose::Publish)?;
        let source = self.sources.entry(source_id).or_default();
        source.has_audio = negotiated.audio.is_some();
        source.has_video = negotiated.video.is_some();
        let replaced = source.publisher.replace(id);
        let role = Role::Publisher(Box::new(Publisher::new(negotiated.audio, negotiated.video)));
        if let Some(replaced) = replaced {
            self.close_peer(now, replaced);
        }
        Ok(self.insert(now, id, source_id, role, negotiated))
    }

    /// Answers the offer of a peer that subscribes to a source.
    pub(super) fn subscribe(
        &mut self,
        now: Instant,
        id: PeerId,
        source_id: SourceId,
        offer: &str,
    ) -> Result<Answer, NegotiationError> {
        self.admit(id)?;
        let source = self
            .sources
            .get_mut(&source_id)
            .ok_or(NegotiationError::UnknownSource)?;
        let purpose = Purpose::Subscribe {
            stream_id: &format!("source-{}", source_id.0),
            has_audio: source.has_audio,
            has_video: source.has_video,
        };
        let mut negotiated = self.negotiator.negotiate(now, offer, purpose)?;
        source.subscribers.push(id);
        let subscriber = Subscriber::new(&mut negotiated.rtc, negotiated.audio, negotiated.video);
        let role = Role::Subscriber(Box::new(subscriber));
        let answer = self.insert(now, id, source_id, role, negotiated);
        self.expect_subscriber(now, source_id);
        Ok(answer)
    }

    /// Closes a peer's connection. Does nothing if it is gone already.
    pub(super) fn close_peer(&mut self, now: Instant, id: PeerId) {
        let Some(mut peer) = self.forget(id) else {
            return;
        };
        if let Err(error) = peer.rtc.close() {
            tracing::debug!(%error, peer = id.0, "a session was closed without farewell");
        }
        peer.drain(now, &mut self.transmits, &mut Drained::default());
    }

    /// Closes a source with its publisher and all its subscribers.
    pub(super) fn close_source(&mut self, now: Instant, id: SourceId) {
        let Some(source) = self.sources.remove(&id) else {
            return;
        };
        for peer in source.publisher.into_iter().chain(source.subscribers) {
            self.close_peer(now, peer);
        }
    }

    /// Closes everything.
    pub(super) fn close(&mut self, now: Instant) {
        while let Some(id) = self.sources.keys().next().copied() {
            self.close_source(now, id);
        }
    }

    /// Takes in a datagram that came from `source` to the local address `destination`.
    pub(super) fn handle_datagram(
        &mut self,
        now: Instant,
        source: SocketAddr,
        destination: SocketAddr,
        datagram: &[u8],
    ) {
        let Some(id) = self.addressee(source, destination, datagram) else {
            return;
        };
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let received = match Receive::new(Protocol::Udp, source, destination, datagram) {
            Ok(received) => received,
            Err(error) => {
                tracing::trace!(%error, peer = id.0, "a datagram was malformed");
                return;
            }
        };
        // Who can forge an address can make this fail, so it does not end the session.
        if let Err(error) = peer.rtc.handle_input(Input::Receive(now, received)) {
            tracing::debug!(%error, peer = id.0, "a datagram was refused");
        }
        self.drain(now, id);
    }

    /// When [`handle_timeout`](Self::handle_timeout) must be called, if at all.
    pub(super) fn next_timeout(&self) -> Option<Instant> {
        self.timers.next()
    }

    /// Does what is due.
    pub(super) fn handle_timeout(&mut self, now: Instant) {
        while let Some(id) = self.timers.take_due(now) {
            match self.peers.get(&id).map(|peer| peer.state) {
                Some(PeerState::Connecting { deadline }) if deadline <= now => self.lose(id),
                Some(_) => {
                    self.request_keyframe(now, id);
                    self.advance(now, id);
                }
                None => {}
            }
        }
    }

    /// The next datagram to send.
    pub(super) fn poll_transmit(&mut self, now: Instant) -> Option<Transmit> {
        loop {
            if let Some(transmit) = self.transmits.pop_front() {
                return Some(transmit);
            }
            let id = self.with_output.pop_front()?;
            if let Some(Peer {
                role: Role::Subscriber(subscriber),
                ..
            }) = self.peers.get_mut(&id)
            {
                subscriber.has_output = false;
                self.advance(now, id);
            }
        }
    }

    /// The next event, in the order in which they happened.
    pub(super) fn poll_event(&mut self) -> Option<MediaEvent> {
        self.events.pop_front()
    }

    /// Lets a session do what is due now, and takes out the result.
    pub(super) fn advance(&mut self, now: Instant, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        match peer.rtc.handle_input(Input::Timeout(now)) {
            Ok(()) => self.drain(now, id),
            Err(error) => {
                tracing::debug!(%error, peer = id.0, "a session failed");
                self.lose(id);
            }
        }
    }

    /// Takes everything out of a session and acts on it.
    fn drain(&mut self, now: Instant, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let mut drained = mem::take(&mut self.drained);
        let first_new = self.transmits.len();
        peer.drain(now, &mut self.transmits, &mut drained);
        // Only checks with the right password are answered, so the answer's destination is the peer's.
        for transmit in self.transmits.range(first_new..) {
            if stun::is_stun(&transmit.contents) {
                self.demux.learn(id, transmit.destination);
            }
        }
        self.transmits.truncate(MAX_TRANSMITS);
        for packet in drained.packets.drain(..) {
            self.forward(id, packet);
        }
        if mem::take(&mut drained.connected) {
            self.connected(now, id);
        }
        let keyframe_requested = mem::take(&mut drained.keyframe_requested);
        let gone = mem::take(&mut drained.gone);
        self.drained = drained;
        if gone {
            self.lose(id);
            return;
        }
        if keyframe_requested {
            self.keyframe_requested(now, id);
        }
        self.request_keyframe(now, id);
        self.schedule(id);
    }

    /// Sets the peer's timer.
    pub(super) fn schedule(&mut self, id: PeerId) {
        if let Some(peer) = self.peers.get(&id) {
            self.timers.set(id, peer.deadline());
        }
    }

    /// Whose datagram it is. Answers requests that are nobody's.
    fn addressee(
        &mut self,
        source: SocketAddr,
        destination: SocketAddr,
        datagram: &[u8],
    ) -> Option<PeerId> {
        if !stun::is_stun(datagram) {
            return self.demux.by_address(source);
        }
        let request = BindingRequest::parse(datagram)?;
        if request.is_connectivity_check() {
            return self.demux.by_ufrag(request.local_ufrag()?);
        }
        if self.transmits.len() < MAX_TRANSMITS {
            self.transmits.push_back(Transmit {
                proto: Protocol::Udp,
                source: destination,
                destination: source,
                contents: request.success_response(source).into(),
            });
        }
        None
    }

    /// Whether there is room for another peer.
    fn admit(&self, id: PeerId) -> Result<(), NegotiationError> {
        if self.peers.contains_key(&id) {
            return Err(NegotiationError::Invalid("the peer has negotiated already".into()));
        }
        if self.peers.len() >= MAX_PEERS {
            return Err(NegotiationError::Overloaded);
        }
        Ok(())
    }

    fn insert(
        &mut self,
        now: Instant,
        id: PeerId,
        source: SourceId,
        role: Role,
        negotiated: Negotiated,
    ) -> Answer {
        self.demux.add(id, negotiated.ufrag);
        self.peers.insert(
            id,
            Peer {
                rtc: negotiated.rtc,
                source,
                role,
                state: PeerState::Connecting {
                    deadline: now + CONNECT_TIMEOUT,
                },
                wake_at: now,
            },
        );
        self.advance(now, id);
        negotiated.answer
    }

    /// A peer has gone by itself.
    fn lose(&mut self, id: PeerId) {
        if self.forget(id).is_some() {
            self.events.push_back(MediaEvent::PeerGone(id));
        }
    }

    /// Removes every trace of a peer.
    fn forget(&mut self, id: PeerId) -> Option<Peer> {
        let peer = self.peers.remove(&id)?;
        self.demux.remove(id);
        self.timers.remove(id);
        self.with_output.retain(|other| *other != id);
        if let Some(source) = self.sources.get_mut(&peer.source) {
            source.subscribers.retain(|subscriber| *subscriber != id);
            source.publisher.take_if(|publisher| *publisher == id);
        }
        Some(peer)
    }

    /// Whether nothing is kept.
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.peers.is_empty()
            && self.sources.is_empty()
            && self.demux.is_empty()
            && self.timers.next().is_none()
            && self.with_output.is_empty()
            && self.transmits.is_empty()
            && self.events.is_empty()
    }
}
