//! The core: all peers and sources, and what drives them: datagrams and time. Who comes and goes is in `membership`, what
//! goes from one to the other in `forwarding`.

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
    PeerId, SourceId,
    demux::Demux,
    negotiation::Negotiator,
    peer::{Drained, Peer, PeerState, Role},
    source::Source,
    stun::{self, BindingRequest},
    timers::Timers,
};

/// How much the server takes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Most peers at a time. Each costs a few tens of kilobytes.
    pub peers: usize,
    /// Most sources at a time.
    pub sources: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            peers: 4_096,
            sources: 1_024,
        }
    }
}

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
    pub(super) negotiator: Negotiator,
    pub(super) limits: Limits,
    pub(super) peers: HashMap<PeerId, Peer>,
    pub(super) sources: HashMap<SourceId, Source>,
    pub(super) demux: Demux,
    timers: Timers,
    /// Subscribers whose sessions hold packets that have not been drawn.
    pub(super) with_output: VecDeque<PeerId>,
    pub(super) transmits: VecDeque<Transmit>,
    events: VecDeque<MediaEvent>,
    /// Kept to save its allocation.
    drained: Drained,
}

impl Sfu {
    /// A server without peers.
    pub(super) fn new(negotiator: Negotiator, limits: Limits) -> Self {
        Self {
            negotiator,
            limits,
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
        if !peer.streams.admit(datagram) {
            return;
        }
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
    fn addressee(&mut self, source: SocketAddr, destination: SocketAddr, datagram: &[u8]) -> Option<PeerId> {
        if !stun::is_stun(datagram) {
            return self.demux.by_address(source);
        }
        let request = BindingRequest::parse(datagram)?;
        if request.is_connectivity_check() {
            return self.demux.by_ufrag(request.local_ufrag()?, source);
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

    /// A peer has gone by itself.
    fn lose(&mut self, id: PeerId) {
        if self.forget(id).is_some() {
            self.events.push_back(MediaEvent::PeerGone(id));
        }
    }

    /// Removes every trace of a peer.
    pub(super) fn forget(&mut self, id: PeerId) -> Option<Peer> {
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
