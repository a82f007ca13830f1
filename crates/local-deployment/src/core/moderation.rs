//! How participants and sessions end.

use openvidu_protocol::{
    ConnectionId, RpcSessionId, SessionId, StreamId,
    rpc::{ErrorCode, Notification, ParticipantGone, Reason, Reply},
};

use super::{
    Timestamp,
    context::{Asker, Context},
    limits::Limits,
    registry::Registry,
    session::Session,
};

impl Registry {
    pub(super) fn leave(
        &mut self,
        asker: Asker,
        session_id: &SessionId,
        id: &ConnectionId,
        context: &mut Context<'_>,
    ) {
        let session = self.sessions.get_mut(session_id);
        let participant = session.and_then(|session| session.remove(id, &Reason::Disconnect, context));
        context.reply(asker, Ok(Reply::Empty {}));
        if let Some(participant) = participant {
            context
                .links
                .end(&participant.link, context.now, &context.settings.limits);
        }
        self.end_if_deserted(session_id, context);
    }

    pub(super) fn close_conversation(&mut self, asker: Asker, context: &mut Context<'_>) {
        let bye = Reply::Text {
            value: "bye".to_owned(),
        };
        let link = context
            .links
            .socket(asker.socket)
            .and_then(|socket| socket.link.clone());
        context.reply(asker, Ok(bye));
        if let Some(link) = link {
            self.lose(&link, context);
        }
    }

    pub(super) fn force_disconnect(
        &mut self,
        asker: Asker,
        session_id: &SessionId,
        moderator: &ConnectionId,
        victim: &ConnectionId,
        context: &mut Context<'_>,
    ) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        if !session.may_moderate(moderator) {
            return context.refuse(
                asker,
                ErrorCode::Unauthorized,
                "The role does not allow disconnecting others",
            );
        }
        if session.joined(victim).is_none() {
            let message = format!("There is no {victim} in session {session_id}");
            return context.refuse(asker, ErrorCode::UserNotFound, message);
        }
        self.evict(
            Some(asker),
            session_id,
            victim,
            &Reason::ForceDisconnectByUser,
            context,
        );
    }

    /// Throws a participant out: the others learn that it left, then everybody that it was thrown out.
    pub(super) fn evict(
        &mut self,
        asker: Option<Asker>,
        session_id: &SessionId,
        victim: &ConnectionId,
        reason: &Reason,
        context: &mut Context<'_>,
    ) {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return;
        };
        let participant = session.remove(victim, reason, context);
        if let Some(asker) = asker {
            context.reply(asker, Ok(Reply::Empty {}));
        }
        let Some(participant) = participant else { return };
        let evicted = evicted(victim, reason);
        context.notify(&participant.link, evicted.clone().into());
        session.notify_all(evicted, context);
        context
            .links
            .end(&participant.link, context.now, &context.settings.limits);
        self.end_if_deserted(session_id, context);
    }

    /// The client of a conversation won't come back.
    pub(super) fn lose(&mut self, link: &RpcSessionId, context: &mut Context<'_>) {
        let member = context.links.member_of(link);
        context.links.forget(link);
        let Some((session_id, id)) = member else { return };
        let Some(session) = self.sessions.get_mut(&session_id) else {
            return;
        };
        if session.remove(&id, &Reason::NetworkDisconnect, context).is_some() {
            session.notify_all(evicted(&id, &Reason::NetworkDisconnect), context);
        }
        self.end_if_deserted(&session_id, context);
    }

    /// Ends a session with everybody in it. Its tokens die with it, and its id is free again.
    pub(super) fn end_session(&mut self, session_id: &SessionId, context: &mut Context<'_>) {
        let Some(mut session) = self.sessions.remove(session_id) else {
            return;
        };
        let reason = Reason::SessionClosedByServer;
        let joined: Vec<_> = session
            .participants()
            .map(|(connection, _)| connection.id.clone())
            .collect();
        for id in joined {
            let Some(participant) = session.remove(&id, &reason, context) else {
                continue;
            };
            let evicted = evicted(&id, &reason);
            context.notify(&participant.link, evicted.clone().into());
            session.notify_all(evicted, context);
            context
                .links
                .end(&participant.link, context.now, &context.settings.limits);
        }
    }

    fn end_if_deserted(&mut self, session_id: &SessionId, context: &mut Context<'_>) {
        if self.sessions.get(session_id).is_some_and(Session::is_deserted) {
            self.end_session(session_id, context);
        }
    }

    /// Forgets old sessions that nobody ever joined.
    pub(super) fn collect_garbage(&mut self, now: Timestamp, limits: &Limits) {
        self.sessions.retain(|id, session| {
            let is_unused = !session.activated && session.participants().next().is_none();
            let is_garbage = is_unused && session.created_at.after(limits.garbage_threshold) <= now;
            if is_garbage {
                tracing::info!(session = %id, "nobody ever joined: the session is collected");
            }
            !is_garbage
        });
    }
}

impl Session {
    fn may_moderate(&self, id: &ConnectionId) -> bool {
        self.connection(id)
            .is_some_and(super::connection::Connection::may_moderate)
    }

    pub(super) fn moderate_stream(
        &mut self,
        asker: Asker,
        moderator: &ConnectionId,
        stream: &StreamId,
        context: &mut Context<'_>,
    ) {
        if !self.may_moderate(moderator) {
            return context.refuse(
                asker,
                ErrorCode::Unauthorized,
                "The role does not allow ending streams",
            );
        }
        if self.publisher_of(stream).is_none() {
            let message = format!("There is no stream {stream} in session {}", self.id);
            return context.refuse(asker, ErrorCode::UserNotFound, message);
        }
        self.force_unpublish(Some(asker), stream, Reason::ForceUnpublishByUser, context);
    }
}

fn evicted(id: &ConnectionId, reason: &Reason) -> Notification {
    Notification::ParticipantEvicted(ParticipantGone {
        connection_id: id.clone(),
        reason: reason.clone(),
    })
}
