//! Whatever clients and the application server do, in whatever order, some things always hold.

use std::time::Duration;

use openvidu_protocol::{ConnectionId, SessionId, StreamId};
use proptest::prelude::*;
use serde_json::json;

use super::world::{Media, World, publish_params};
use crate::{
    core::{Closed, Limits, RestAnswer, RestCall, SocketId},
    sfu::NegotiationError,
};

const SESSIONS: [&str; 2] = ["S", "T"];

/// What can happen. Numbers choose among the sockets, participants and streams that there are.
#[derive(Debug, Clone)]
enum Step {
    Open,
    Close(usize, u8),
    Token(usize, u8),
    Join {
        socket: usize,
        token: usize,
        secret: bool,
    },
    Connect {
        socket: usize,
        conversation: usize,
    },
    Publish(usize),
    Call {
        socket: usize,
        method: u8,
        target: usize,
    },
    Negotiate(u8),
    DeleteConnection(usize, usize),
    DeleteStream(usize, usize),
    DeleteSession(usize),
    Pass(u16),
    Garbage(usize, String),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let n = || 0usize..12;
    let step = prop_oneof![
        3 => Just(Step::Open),
        2 => (n(), any::<u8>()).prop_map(|(socket, how)| Step::Close(socket, how)),
        3 => (n(), any::<u8>()).prop_map(|(session, role)| Step::Token(session, role)),
        6 => (n(), n(), prop::bool::weighted(0.1))
            .prop_map(|(socket, token, secret)| Step::Join { socket, token, secret }),
        2 => (n(), n()).prop_map(|(socket, conversation)| Step::Connect { socket, conversation }),
        4 => n().prop_map(Step::Publish),
        8 => (n(), any::<u8>(), n()).prop_map(|(socket, method, target)| Step::Call { socket, method, target }),
        6 => any::<u8>().prop_map(Step::Negotiate),
        1 => (n(), n()).prop_map(|(session, connection)| Step::DeleteConnection(session, connection)),
        1 => (n(), n()).prop_map(|(session, stream)| Step::DeleteStream(session, stream)),
        1 => n().prop_map(Step::DeleteSession),
        3 => (0u16..12_000).prop_map(Step::Pass),
        1 => (n(), any::<String>()).prop_map(|(socket, text)| Step::Garbage(socket, text)),
    ];
    prop::collection::vec(step, 1..120)
}

struct Run {
    world: World,
    sockets: Vec<SocketId>,
    tokens: Vec<String>,
    conversations: Vec<String>,
    connections: Vec<ConnectionId>,
    streams: Vec<StreamId>,
    /// Requests whose socket has been open ever since.
    waiting: Vec<(SocketId, u64)>,
    seen: usize,
    limits: Limits,
}

fn pick<T: Clone>(items: &[T], index: usize) -> Option<T> {
    items.get(index % items.len().max(1)).cloned()
}

impl Run {
    fn new() -> Self {
        let limits = Limits {
            sessions: 3,
            participants: 5,
            pending: 4,
            backlog: 6,
            ..Limits::default()
        };
        let mut world = World::with_limits(limits.clone());
        world.media = Media::Waits;
        Self {
            world,
            sockets: Vec::new(),
            tokens: Vec::new(),
            conversations: Vec::new(),
            connections: vec![ConnectionId::new("con_none")],
            streams: vec![StreamId::new("str_none")],
            waiting: Vec::new(),
            seen: 0,
            limits,
        }
    }

    fn request(&mut self, socket: SocketId, method: &str, params: serde_json::Value) {
        let id = self.world.request(socket, method, params);
        self.waiting.push((socket, id));
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Open => {
                let socket = self.world.open();
                self.sockets.push(socket);
            }
            Step::Close(socket, how) => {
                let Some(socket) = pick(&self.sockets, socket) else {
                    return;
                };
                let closed = match how % 4 {
                    0 => Closed::Lost,
                    1 => Closed::TooSlow,
                    2 => Closed::ByClient(4102),
                    _ => Closed::ByClient(1001),
                };
                self.world.close(socket, closed);
            }
            Step::Token(session, role) => {
                let Some(session) = pick(&SESSIONS, session) else {
                    return;
                };
                let session = self.world.create_session(session);
                let role = pick(&["SUBSCRIBER", "PUBLISHER", "MODERATOR"], role.into()).map(Into::into);
                let properties = openvidu_protocol::rest::ConnectionProperties {
                    role,
                    ..Default::default()
                };
                self.tokens
                    .extend(self.world.create_connection(&session, properties).token);
            }
            Step::Join {
                socket,
                token,
                secret,
            } => {
                let (Some(socket), Some(token)) = (pick(&self.sockets, socket), pick(&self.tokens, token))
                else {
                    return;
                };
                let secret = if secret { super::world::SECRET } else { "" };
                let params = json!({"token": token, "secret": secret, "recorder": true});
                self.request(socket, "joinRoom", params);
            }
            Step::Connect { socket, conversation } => {
                let (Some(socket), Some(id)) = (
                    pick(&self.sockets, socket),
                    pick(&self.conversations, conversation),
                ) else {
                    return;
                };
                self.request(socket, "connect", json!({"sessionId": id}));
            }
            Step::Publish(socket) => {
                let Some(socket) = pick(&self.sockets, socket) else {
                    return;
                };
                self.request(socket, "publishVideo", publish_params());
            }
            Step::Call {
                socket,
                method,
                target,
            } => self.call(socket, method, target),
            Step::Negotiate(how) => {
                if !self.world.offers.is_empty() {
                    let result = match how % 6 {
                        0 => Err(NegotiationError::Invalid(String::new())),
                        1 => Ok((true, false)),
                        _ => Ok((true, true)),
                    };
                    self.world.negotiate(result);
                }
            }
            Step::DeleteConnection(session, connection) => {
                let (Some(session), Some(connection)) =
                    (pick(&SESSIONS, session), pick(&self.connections, connection))
                else {
                    return;
                };
                let session = SessionId::new(session);
                let _ = self
                    .world
                    .rest(RestCall::DeleteConnection { session, connection });
            }
            Step::DeleteStream(session, stream) => {
                let (Some(session), Some(stream)) = (pick(&SESSIONS, session), pick(&self.streams, stream))
                else {
                    return;
                };
                let session = SessionId::new(session);
                let _ = self.world.rest(RestCall::DeleteStream { session, stream });
            }
            Step::DeleteSession(session) => {
                let Some(session) = pick(&SESSIONS, session) else {
                    return;
                };
                let _ = self.world.rest(RestCall::DeleteSession {
                    session: SessionId::new(session),
                });
            }
            Step::Pass(milliseconds) => self.world.advance(Duration::from_millis(milliseconds.into())),
            Step::Garbage(socket, text) => {
                let Some(socket) = pick(&self.sockets, socket) else {
                    return;
                };
                self.world.input(crate::core::Input::Frame { socket, text });
            }
        }
    }

    fn call(&mut self, socket: usize, method: u8, target: usize) {
        let (Some(socket), Some(connection), Some(stream)) = (
            pick(&self.sockets, socket),
            pick(&self.connections, target),
            pick(&self.streams, target),
        ) else {
            return;
        };
        let (method, params) = match method % 13 {
            0 => ("leaveRoom", json!({})),
            1 => ("unpublishVideo", json!({})),
            2 | 3 => ("receiveVideoFrom", json!({"sender": stream, "sdpOffer": "o"})),
            4 => ("unsubscribeFromVideo", json!({"sender": connection})),
            5 => ("reconnectStream", json!({"stream": stream, "sdpOffer": "o"})),
            6 => (
                "sendMessage",
                json!({"message": json!({"to": [connection]}).to_string()}),
            ),
            7 => ("forceDisconnect", json!({"connectionId": connection})),
            8 => ("forceUnpublish", json!({"streamId": stream})),
            9 => (
                "streamPropertyChanged",
                json!({"property": "audioActive", "newValue": false}),
            ),
            10 => ("ping", json!({"interval": 5000})),
            11 => ("sendMessage", json!({"message": "{}"})),
            _ => ("closeSession", json!({})),
        };
        self.request(socket, method, params);
    }

    /// Learns ids from what was sent, as clients would, and checks what must always hold.
    fn observe(&mut self) {
        let open = &self.world.open;
        self.sockets.retain(|socket| open.contains(socket));
        self.waiting.retain(|(socket, _)| open.contains(socket));
        for (socket, id) in std::mem::take(&mut self.waiting) {
            let Some(response) = self.world.response(socket, id) else {
                self.waiting.push((socket, id));
                continue;
            };
            let result = &response["result"];
            if let Some(id) = result["id"].as_str() {
                if id.starts_with("str_") {
                    self.streams.push(StreamId::new(id));
                } else {
                    self.connections.push(ConnectionId::new(id));
                }
            }
            if let Some(id) = result["sessionId"].as_str() {
                self.conversations.push(id.to_owned());
            }
        }
        self.waiting
            .retain(|(socket, _)| self.world.open.contains(socket));

        // Nobody is told anything before the result of joining or reconnecting.
        for (socket, frame) in &self.world.notifications[self.seen..] {
            assert!(
                self.world.has_result(*socket),
                "{socket:?} got {frame} out of the blue"
            );
        }
        self.seen = self.world.notifications.len();

        // Requests wait for nothing but the media server.
        assert!(
            self.waiting.len() <= self.world.offers.len(),
            "{:?} are unanswered",
            self.waiting
        );

        let (registry, links, peers) = self.world.core.parts();
        assert!(registry.sessions.len() <= self.limits.sessions);
        let mut participants = 0;
        for session in registry.sessions.values() {
            let joined = session.participants().count();
            participants += joined;
            assert!(joined <= self.limits.participants);
            assert!(session.connections.len() - joined <= self.limits.pending);
            assert!(!session.is_deserted(), "a session outlived its participants");
        }
        let (sockets, conversations) = links.counts();
        assert_eq!(sockets, self.world.open.len());
        assert!(conversations >= participants, "a participant has no conversation");
        assert!(links.longest_backlog() <= self.limits.backlog);
        assert_eq!(
            peers,
            self.world.peers.len(),
            "core and media server disagree about connections"
        );
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_rules_hold(steps in steps()) {
        let mut run = Run::new();
        for step in steps {
            run.step(step);
            run.observe();
        }
        // In the end the media server answers everybody, everybody goes away, and nothing is left.
        while !run.world.offers.is_empty() {
            run.step(Step::Negotiate(5));
            run.observe();
        }
        prop_assert!(run.waiting.is_empty(), "{:?} were never answered", run.waiting);
        run.world.advance(Duration::from_secs(180));
        run.world.advance(Duration::from_secs(11));
        run.observe();
        let Ok(RestAnswer::Sessions(sessions)) = run.world.rest(RestCall::ListSessions { pending: false }) else {
            panic!("sessions are always listed")
        };
        prop_assert!(sessions.content.iter().all(|session| session.connections.content.is_empty()));
        let (_, links, peers) = run.world.core.parts();
        prop_assert_eq!((links.counts(), peers), ((0, 0), 0));
        prop_assert!(run.world.peers.is_empty() && run.world.sources.is_empty());
    }
}
