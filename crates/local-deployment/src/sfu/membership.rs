//! Peers and sources come and go.

use std::time::Instant;

use super::{
    Answer, NegotiationError, PeerId, SourceId,
    engine::Sfu,
    negotiation::Negotiated,
    offer::Purpose,
    peer::{CONNECT_TIMEOUT, Drained, Peer, PeerState, Publisher, Role, Subscriber},
    received_streams::ReceivedStreams,
};

impl Sfu {
    /// Answers the offer of a peer that publishes a source. If the source has a publisher already, this one replaces it.
    pub(super) fn publish(
        &mut self,
        now: Instant,
        id: PeerId,
        source_id: SourceId,
        offer: &str,
    ) -> Result<Answer, NegotiationError> {
        self.admit(id)?;
        if !self.sources.contains_key(&source_id) && self.sources.len() >= self.limits.sources {
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

    /// Whether there is room for another peer.
    fn admit(&self, id: PeerId) -> Result<(), NegotiationError> {
        if self.peers.contains_key(&id) {
            return Err(NegotiationError::Invalid(
                "the peer has negotiated already".into(),
            ));
        }
        if self.peers.len() >= self.limits.peers {
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
                streams: ReceivedStreams::default(),
            },
        );
        self.advance(now, id);
        negotiated.answer
    }
}
