//! Clients that lose their socket and come back.

use openvidu_protocol::rpc::{Connect, ErrorCode, Reply, RpcError};

use super::{
    Closed, SocketId,
    context::{Asker, Context},
    registry::Registry,
};

/// The SDK's close code for "I am done".
const CLOSED_BY_CLIENT: u16 = 4102;

impl Registry {
    /// A client is back on a new socket. Its old one may still look open: half-open connections do.
    pub(super) fn resume(asker: Asker, params: Connect, context: &mut Context<'_>) {
        let carried = context
            .links
            .socket(asker.socket)
            .and_then(|socket| socket.link.clone());
        let wanted = params
            .session_id
            .filter(|id| carried.as_ref().is_none_or(|carried| carried == id));
        let resumed = wanted.and_then(|id| Some((context.links.resume(&id, asker.socket)?, id)));
        let Some((waiting, id)) = resumed else {
            let error = RpcError::new(ErrorCode::InvalidRpcSession, "reconnection error");
            return context.reply(asker, Err(error));
        };
        context.reply(
            asker,
            Ok(Reply::Text {
                value: "reconnection successful".to_owned(),
            }),
        );
        for notification in waiting {
            context.notify(&id, notification);
        }
        if context.links.is_over(&id) {
            context.links.end(&id, context.now, &context.settings.limits);
        }
    }

    pub(super) fn socket_closed(&mut self, socket: SocketId, closed: Closed, context: &mut Context<'_>) {
        let Some(link) = context.links.close(socket, context.now, &context.settings.limits) else {
            return;
        };
        match closed {
            Closed::ByClient(CLOSED_BY_CLIENT) | Closed::TooSlow => self.lose(&link, context),
            // A reload and a change of network look the same.
            Closed::ByClient(_) | Closed::Lost => {}
        }
    }

    /// Closes sockets that are overdue, and gives up on clients that did not come back.
    pub(super) fn expire_links(&mut self, context: &mut Context<'_>) {
        context
            .links
            .close_overdue(context.now, &context.settings.limits, &mut context.effects);
        for link in context.links.expired(context.now) {
            self.lose(&link, context);
        }
    }
}
