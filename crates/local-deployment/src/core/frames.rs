//! What to do with a frame of a client.

use openvidu_protocol::rpc::{ErrorCode, Method, Reply, Request, Response, RpcError};

use super::{
    SocketId,
    context::{Asker, Context},
    join::wanted_session,
    registry::Registry,
};

impl Registry {
    pub(super) fn frame(&mut self, socket: SocketId, text: &str, context: &mut Context<'_>) {
        if context.links.socket(socket).is_none() {
            return;
        }
        let Request { id: request, method } = match Request::parse(text) {
            Ok(request) => request,
            Err(error) => {
                // The reason may quote the frame, and with it a token.
                tracing::debug!(?socket, "a frame that is not a request");
                if let Some(response) = error.into_response() {
                    context.send(socket, response);
                }
                return;
            }
        };
        let asker = Asker { socket, request };
        if text.len() > context.settings.limits.frame {
            return context.refuse(asker, ErrorCode::Generic, "The message is too long");
        }
        match method {
            Method::Ping(ping) => {
                context
                    .links
                    .ping(socket, ping.interval, context.now, &context.settings.limits);
                let pong = Reply::Text {
                    value: "pong".to_owned(),
                };
                context.send(socket, Response::result(asker.request, pong, None));
            }
            Method::Connect(params) => Self::resume(asker, params, context),
            Method::CloseSession => self.close_conversation(asker, context),
            Method::JoinRoom(params) => {
                if context.links.member(socket).is_some() {
                    let message = "This conversation has joined a session already";
                    return context.refuse(asker, ErrorCode::ExistingUserInRoom, message);
                }
                let wanted = wanted_session(&params);
                match self.sessions.get_mut(&wanted) {
                    Some(session) => session.join(asker, params, context),
                    None => {
                        let message = format!("Session {wanted} not found");
                        context.refuse(asker, ErrorCode::RoomNotFound, message);
                    }
                }
            }
            method => self.member_frame(asker, method, context),
        }
    }

    /// Methods for participants only.
    fn member_frame(&mut self, asker: Asker, method: Method, context: &mut Context<'_>) {
        let Some((session_id, id)) = context.links.member(asker.socket).cloned() else {
            let message = format!(
                "{} needs a session, and this conversation has joined none",
                method.name()
            );
            return context.refuse(asker, ErrorCode::TransportRequest, message);
        };
        let Some(session) = self.sessions.get_mut(&session_id) else {
            return context.refuse(
                asker,
                ErrorCode::RoomClosed,
                format!("Session {session_id} is closed"),
            );
        };
        match method {
            Method::LeaveRoom => self.leave(asker, &session_id, &id, context),
            Method::PublishVideo(params) => session.publish(asker, &id, params, context),
            Method::UnpublishVideo => session.unpublish(asker, &id, context),
            Method::PrepareReceiveVideoFrom(_) => {
                context.refuse(
                    asker,
                    ErrorCode::MediaEndpoint,
                    "This media server makes no offers",
                );
            }
            Method::ReceiveVideoFrom(params) => session.receive(asker, &id, params, context),
            Method::UnsubscribeFromVideo(params) => session.unsubscribe(asker, &id, &params.sender, context),
            Method::ReconnectStream(params) => session.reconnect_stream(asker, &id, params, context),
            // Candidates stand in the media server's answers, and it learns those of clients from their packets.
            Method::OnIceCandidate(_) | Method::VideoData(_) | Method::Echo => {
                context.reply(asker, Ok(Reply::Empty {}));
            }
            Method::SendMessage(params) => session.signal(asker, &id, &params, context),
            Method::StreamPropertyChanged(params) => session.change_property(asker, &id, params, context),
            Method::ForceDisconnect(params) => {
                self.force_disconnect(asker, &session_id, &id, &params.connection_id, context);
            }
            Method::ForceUnpublish(params) => session.moderate_stream(asker, &id, &params.stream_id, context),
            Method::ApplyFilter(params) => {
                let error = session.refuse_filter(&id, &params.stream_id, Some(&params.kind));
                context.reply(asker, Err(error));
            }
            Method::RemoveFilter(params)
            | Method::ExecFilterMethod(params)
            | Method::AddFilterEventListener(params)
            | Method::RemoveFilterEventListener(params) => {
                let error = session.refuse_filter(&id, &params.stream_id, None);
                context.reply(asker, Err(error));
            }
            Method::SubscribeToSpeechToText(_) | Method::UnsubscribeFromSpeechToText(_) => {
                context.refuse(
                    asker,
                    ErrorCode::WrongEdition,
                    "Speech to text is not part of this edition",
                );
            }
            other => {
                let message = format!("{} is not supported", other.name());
                context.reply(asker, Err(RpcError::new(ErrorCode::MethodNotFound, message)));
            }
        }
    }
}
