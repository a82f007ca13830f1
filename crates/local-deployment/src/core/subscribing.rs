//! Receiving somebody's stream.

use openvidu_protocol::{
    ConnectionId, StreamId, rest,
    rpc::{ErrorCode, ReceiveVideo, ReconnectStream, Reply, RpcError},
};

use super::{
    Effect, Timestamp,
    context::{Asker, Context},
    session::Session,
};
use crate::sfu::{Answer, NegotiationError, PeerId};

/// That a participant receives, or is about to receive, somebody's stream.
#[derive(Debug)]
pub(super) struct Subscription {
    peer: PeerId,
    stream: StreamId,
    created_at: Timestamp,
    /// Who waits for the media server's answer.
    negotiating: Option<Asker>,
}

impl Subscription {
    pub(super) fn end(self, code: ErrorCode, why: &str, context: &mut Context<'_>) {
        context.close_peer(self.peer);
        if let Some(asker) = self.negotiating {
            context.refuse(asker, code, why);
        }
    }

    /// What the REST API says about it.
    pub(super) fn describe(&self) -> Option<rest::Subscriber> {
        let is_established = self.negotiating.is_none();
        is_established.then(|| rest::Subscriber {
            created_at: self.created_at.0,
            stream_id: self.stream.clone(),
        })
    }
}

/// How a client learns that the media server has refused its offer.
pub(super) fn refusal(error: &NegotiationError) -> RpcError {
    let code = match error {
        NegotiationError::MissingCodec => ErrorCode::ForcedCodecMissing,
        NegotiationError::Invalid(_) => ErrorCode::MediaSdp,
        NegotiationError::UnknownSource => ErrorCode::UserNotStreaming,
        NegotiationError::Overloaded => ErrorCode::MediaEndpoint,
    };
    RpcError::new(code, error.to_string())
}

impl Session {
    pub(super) fn receive(
        &mut self,
        asker: Asker,
        id: &ConnectionId,
        params: ReceiveVideo,
        context: &mut Context<'_>,
    ) {
        match params.sdp_offer {
            Some(offer) => self.subscribe(asker, id, params.sender, offer, context),
            None => context.refuse(
                asker,
                ErrorCode::MediaSdp,
                "This media server answers offers only",
            ),
        }
    }

    /// Both ends of a stream use this when their WebRTC connection broke.
    pub(super) fn reconnect_stream(
        &mut self,
        asker: Asker,
        id: &ConnectionId,
        params: ReconnectStream,
        context: &mut Context<'_>,
    ) {
        let is_own = self.publisher_of(&params.stream).as_ref() == Some(id);
        match (is_own, params.sdp_string, params.sdp_offer) {
            (true, Some(offer), _) | (true, None, Some(offer)) => {
                self.reconnect_publisher(asker, id, offer, context);
            }
            (false, _, Some(offer)) => self.subscribe(asker, id, params.stream, offer, context),
            (true | false, _, None) => {
                context.refuse(
                    asker,
                    ErrorCode::MediaSdp,
                    "This media server answers offers only",
                );
            }
        }
    }

    /// A new subscription takes the place of an older one to the same publisher.
    fn subscribe(
        &mut self,
        asker: Asker,
        id: &ConnectionId,
        stream: StreamId,
        offer: String,
        context: &mut Context<'_>,
    ) {
        let publisher = self.publisher_of(&stream).filter(|publisher| publisher != id);
        let source = publisher
            .as_ref()
            .and_then(|publisher| self.participant(publisher)?.publication.as_ref())
            .map(|publication| publication.source);
        let (Some(publisher), Some(source)) = (publisher, source) else {
            let message = format!("There is no stream {stream} to receive in session {}", self.id);
            return context.refuse(asker, ErrorCode::UserNotStreaming, message);
        };
        let peer = context.new_peer(&self.id, id);
        let Some(participant) = self.participant_mut(id) else {
            return;
        };
        let created_at = context.now;
        let subscription = Subscription {
            peer,
            stream,
            created_at,
            negotiating: Some(asker),
        };
        if let Some(superseded) = participant.subscriptions.insert(publisher, subscription) {
            superseded.end(
                ErrorCode::MediaEndpoint,
                "A later subscription took its place",
                context,
            );
        }
        context.effects.push(Effect::Subscribe { peer, source, offer });
    }

    pub(super) fn unsubscribe(
        &mut self,
        asker: Asker,
        id: &ConnectionId,
        publisher: &ConnectionId,
        context: &mut Context<'_>,
    ) {
        if self.joined(publisher).is_none() {
            let message = format!("There is no {publisher} in session {}", self.id);
            return context.refuse(asker, ErrorCode::UserNotFound, message);
        }
        let participant = self.participant_mut(id);
        if let Some(subscription) =
            participant.and_then(|participant| participant.subscriptions.remove(publisher))
        {
            subscription.end(
                ErrorCode::MediaEndpoint,
                "The subscription was cancelled",
                context,
            );
        }
        context.reply(asker, Ok(Reply::Empty {}));
    }

    /// The media server has answered an offer of one of the participant's subscriptions. False if it wasn't one.
    pub(super) fn subscriber_negotiated(
        &mut self,
        id: &ConnectionId,
        peer: PeerId,
        result: Result<Answer, NegotiationError>,
        context: &mut Context<'_>,
    ) -> bool {
        let Some(participant) = self.participant_mut(id) else {
            return false;
        };
        let found = participant
            .subscriptions
            .iter_mut()
            .find(|(_, subscription)| subscription.peer == peer);
        let Some((publisher, subscription)) = found else {
            return false;
        };
        let Some(asker) = subscription.negotiating.take() else {
            return true;
        };
        match result {
            Ok(answer) => context.reply(
                asker,
                Ok(Reply::Subscribed {
                    sdp_answer: answer.sdp,
                }),
            ),
            Err(error) => {
                tracing::debug!(%publisher, ?peer, %error, "the media server refused a subscriber's offer");
                let publisher = publisher.clone();
                participant.subscriptions.remove(&publisher);
                context.close_peer(peer);
                context.reply(asker, Err(refusal(&error)));
            }
        }
        true
    }
}
