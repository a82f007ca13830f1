use std::{collections::BTreeMap, sync::Arc};

use openvidu_protocol::{
    ConnectionId, RpcSessionId, SessionId,
    rpc::{ErrorCode, Notification, Reply, RequestId, Response, RpcError},
};

use super::{Effect, Outgoing, Settings, SocketId, Timestamp, ids::Ids, links::Links};
use crate::sfu::PeerId;

/// Who asked, so that the answer can be given later.
#[derive(Debug, Clone)]
pub(super) struct Asker {
    pub(super) socket: SocketId,
    pub(super) request: RequestId,
}

/// What a session works with besides its own state.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) now: Timestamp,
    pub(super) settings: &'a Settings,
    pub(super) ids: &'a mut Ids,
    pub(super) links: &'a mut Links,
    pub(super) peers: &'a mut BTreeMap<PeerId, (SessionId, ConnectionId)>,
    pub(super) effects: Vec<Effect>,
}

impl Context<'_> {
    /// Answers a request, unless its socket is gone: a client forgets its requests when it reconnects.
    pub(super) fn reply(&mut self, asker: Asker, outcome: Result<Reply, RpcError>) {
        let Some(socket) = self.links.socket(asker.socket) else {
            return;
        };
        let response = match outcome {
            Ok(reply) => Response::result(asker.request, reply, socket.link.clone()),
            Err(error) => Response::error(Some(asker.request), error),
        };
        self.send(asker.socket, response);
    }

    pub(super) fn refuse(&mut self, asker: Asker, code: ErrorCode, message: impl Into<String>) {
        self.reply(asker, Err(RpcError::new(code, message)));
    }

    pub(super) fn send(&mut self, socket: SocketId, response: Response) {
        self.effects.push(Effect::Send {
            socket,
            frame: Outgoing::Response(response.into()),
        });
    }

    pub(super) fn notify(&mut self, link: &RpcSessionId, notification: Arc<Notification>) {
        self.links
            .notify(link, notification, &self.settings.limits, &mut self.effects);
    }

    pub(super) fn new_peer(&mut self, session: &SessionId, connection: &ConnectionId) -> PeerId {
        let peer = self.ids.peer();
        self.peers.insert(peer, (session.clone(), connection.clone()));
        peer
    }

    pub(super) fn close_peer(&mut self, peer: PeerId) {
        self.peers.remove(&peer);
        self.effects.push(Effect::ClosePeer(peer));
    }
}
