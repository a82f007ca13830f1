//! Publishing a stream, changing and ending it.

use openvidu_protocol::{
    ConnectionId, StreamId, VideoKind,
    rpc::{ErrorCode, Notification, ParticipantGone, PublishVideo, Reason, Reply},
};

use super::{
    Effect,
    context::{Asker, Context},
    publication::{Publication, PublicationState},
    session::Session,
    subscribing::refusal,
};
use crate::sfu::{Answer, NegotiationError, PeerId};

impl Session {
    pub(super) fn publish(
        &mut self,
        asker: Asker,
        id: &ConnectionId,
        mut params: PublishVideo,
        context: &mut Context<'_>,
    ) {
        let session = self.id.clone();
        let Some(connection) = self.connection_mut(id) else {
            return;
        };
        let may_publish = connection.may_publish();
        let Some(participant) = connection.participant.as_mut() else {
            return;
        };
        if !may_publish {
            return context.refuse(
                asker,
                ErrorCode::Unauthorized,
                "The role does not allow publishing",
            );
        }
        if participant.publication.is_some() {
            let message = format!("{id} is already publishing in session {session}");
            return context.refuse(asker, ErrorCode::AlreadyStreaming, message);
        }
        if params.filter.as_ref().is_some_and(|filter| !filter.is_empty()) {
            return context.refuse(
                asker,
                ErrorCode::FilterNotApplied,
                "This media server has no filters",
            );
        }
        let source = context.ids.source();
        let peer = context.new_peer(&session, id);
        let offer = std::mem::take(&mut params.sdp_offer);
        participant.publication = Some(Publication::new(source, peer, asker, params));
        context.effects.push(Effect::Publish { peer, source, offer });
    }

    /// The publisher has lost its WebRTC connection and offers another one for the same stream. Subscribers stay.
    pub(super) fn reconnect_publisher(
        &mut self,
        asker: Asker,
        id: &ConnectionId,
        offer: String,
        context: &mut Context<'_>,
    ) {
        let session = self.id.clone();
        let publication = self
            .participant_mut(id)
            .and_then(|participant| participant.publication.as_mut());
        let Some(publication) = publication else { return };
        let source = publication.source;
        let Some(live) = publication.live_mut() else {
            return;
        };
        if let Some((superseded, asker)) = live.reconnecting.take() {
            context.close_peer(superseded);
            context.refuse(
                asker,
                ErrorCode::MediaEndpoint,
                "A later reconnection took its place",
            );
        }
        let peer = context.new_peer(&session, id);
        live.reconnecting = Some((peer, asker));
        context.effects.push(Effect::Publish { peer, source, offer });
    }

    /// The media server has answered an offer of the publisher. False if it wasn't the publisher's.
    pub(super) fn publisher_negotiated(
        &mut self,
        id: &ConnectionId,
        peer: PeerId,
        result: &Result<Answer, NegotiationError>,
        context: &mut Context<'_>,
    ) -> bool {
        let Some(participant) = self.participant_mut(id) else {
            return false;
        };
        let Some(publication) = participant.publication.as_mut() else {
            return false;
        };
        match &mut publication.state {
            PublicationState::Negotiating(asker) if publication.peer == peer => {
                let asker = asker.clone();
                match result {
                    Ok(answer) => self.go_live(id, asker, answer, context),
                    Err(error) => {
                        let source = publication.source;
                        participant.publication.take();
                        context.effects.push(Effect::CloseSource(source));
                        self.abandon(peer, asker, error, context);
                    }
                }
                true
            }
            PublicationState::Live(live) if live.reconnecting.as_ref().is_some_and(|next| next.0 == peer) => {
                let Some((_, asker)) = live.reconnecting.take() else {
                    return true;
                };
                let (stream, created_at) = (live.stream.clone(), live.created_at.0);
                match result {
                    Ok(answer) => {
                        let old = std::mem::replace(&mut publication.peer, peer);
                        context.close_peer(old);
                        let sdp_answer = answer.sdp.clone();
                        context.reply(
                            asker,
                            Ok(Reply::Published {
                                sdp_answer,
                                id: stream,
                                created_at,
                            }),
                        );
                    }
                    Err(error) => self.abandon(peer, asker, error, context),
                }
                true
            }
            _ => false,
        }
    }

    fn go_live(&mut self, id: &ConnectionId, asker: Asker, answer: &Answer, context: &mut Context<'_>) {
        let created_at = context.now;
        let publication = self
            .participant_mut(id)
            .and_then(|participant| participant.publication.as_mut());
        let Some(publication) = publication else { return };
        if context
            .links
            .member(asker.socket)
            .is_none_or(|(_, member)| member != id)
        {
            // The client has lost the socket on which it waits: it will never learn the stream's id.
            self.end_publication(id, context);
            return;
        }
        let kind = answer
            .has_video
            .then(|| publication.video_kind().cloned().unwrap_or(VideoKind::Camera));
        let stream = context.ids.stream(kind.as_ref(), id);
        publication.go_live(stream.clone(), created_at, answer);
        let streams = publication.as_stream().into_iter().collect();
        let reply = Reply::Published {
            sdp_answer: answer.sdp.clone(),
            id: stream,
            created_at: created_at.0,
        };
        context.reply(asker, Ok(reply));
        self.notify_others(
            id,
            Notification::ParticipantPublished {
                id: id.clone(),
                streams,
            },
            context,
        );
    }

    fn abandon(&self, peer: PeerId, asker: Asker, error: &NegotiationError, context: &mut Context<'_>) {
        tracing::debug!(session = %self.id, ?peer, %error, "the media server refused a publisher's offer");
        context.close_peer(peer);
        context.reply(asker, Err(refusal(error)));
    }

    pub(super) fn unpublish(&mut self, asker: Asker, id: &ConnectionId, context: &mut Context<'_>) {
        let publishes = self
            .participant(id)
            .is_some_and(|participant| participant.publication.is_some());
        if !publishes {
            let message = format!("{id} is not publishing in session {}", self.id);
            return context.refuse(asker, ErrorCode::UserNotStreaming, message);
        }
        let was_live = self.end_publication(id, context);
        context.reply(asker, Ok(Reply::Empty {}));
        if was_live {
            let gone = ParticipantGone {
                connection_id: id.clone(),
                reason: Reason::Unpublish,
            };
            self.notify_others(id, Notification::ParticipantUnpublished(gone), context);
        }
    }

    /// Ends somebody's stream against their will. False if there is no such stream.
    pub(super) fn force_unpublish(
        &mut self,
        asker: Option<Asker>,
        stream: &StreamId,
        reason: Reason,
        context: &mut Context<'_>,
    ) -> bool {
        let Some(id) = self.publisher_of(stream) else {
            return false;
        };
        self.end_publication(&id, context);
        if let Some(asker) = asker {
            context.reply(asker, Ok(Reply::Empty {}));
        }
        let gone = ParticipantGone {
            connection_id: id,
            reason,
        };
        self.notify_all(Notification::ParticipantUnpublished(gone), context);
        true
    }

    /// Who publishes a stream that others know of.
    pub(super) fn publisher_of(&self, stream: &StreamId) -> Option<ConnectionId> {
        self.participants()
            .find(|(_, participant)| {
                participant
                    .publication
                    .as_ref()
                    .is_some_and(|publication| publication.is_stream(stream))
            })
            .map(|(connection, _)| connection.id.clone())
    }
}
