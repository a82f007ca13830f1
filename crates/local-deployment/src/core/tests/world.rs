//! A deployment with clients that write down what they receive, and a media server that agrees to everything.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use openvidu_protocol::{ConnectionId, SessionId, rest, token::Origin};
use rand::SeedableRng;
use serde_json::{Value, json};

use crate::{
    core::{
        Closed, Deployment, Effect, Input, Limits, RestAnswer, RestCall, RestError, Secret, Settings,
        SocketId, Ticket, Timestamp,
    },
    sfu::{Answer, NegotiationError, PeerId, SourceId},
};

pub(super) const SECRET: &str = "MY_SECRET";
pub(super) const START: u64 = 1_700_000_000_000;

/// How the media server treats offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// Answers at once, with audio and video.
    Agrees,
    /// Keeps them until the test answers.
    Waits,
}

pub(super) struct World {
    pub(super) core: Deployment,
    pub(super) now: u64,
    pub(super) media: Media,
    /// Offers without an answer yet.
    pub(super) offers: VecDeque<PeerId>,
    /// What the media server has been told to keep.
    pub(super) peers: BTreeSet<PeerId>,
    pub(super) sources: BTreeSet<SourceId>,
    /// What it has been told to expect subscribers for.
    pub(super) expected: Vec<SourceId>,
    /// Everything that clients got, as `A: what`, where A is the first socket.
    log: Vec<String>,
    responses: BTreeMap<(SocketId, u64), Value>,
    pub(super) notifications: Vec<(SocketId, Value)>,
    answers: BTreeMap<Ticket, Result<RestAnswer, RestError>>,
    pub(super) open: BTreeSet<SocketId>,
    sockets: u64,
    next: u64,
}

/// Somebody who has joined.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub(super) socket: SocketId,
    pub(super) id: ConnectionId,
    pub(super) rpc_session: String,
}

impl World {
    pub(super) fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    pub(super) fn with_limits(limits: Limits) -> Self {
        let settings = Settings {
            secret: Secret::new(SECRET).into(),
            origin: Origin::from_public_url("http://localhost:5000").unwrap(),
            ice_servers: Vec::new(),
            limits,
        };
        let random = rand::rngs::StdRng::seed_from_u64(7);
        Self {
            core: Deployment::new(settings, Box::new(random)),
            now: START,
            media: Media::Agrees,
            offers: VecDeque::new(),
            peers: BTreeSet::new(),
            sources: BTreeSet::new(),
            expected: Vec::new(),
            log: Vec::new(),
            responses: BTreeMap::new(),
            notifications: Vec::new(),
            answers: BTreeMap::new(),
            open: BTreeSet::new(),
            sockets: 0,
            next: 0,
        }
    }

    fn next(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(super) fn input(&mut self, input: Input) {
        for effect in self.core.handle(Timestamp(self.now), input) {
            self.carry_out(effect);
        }
        while self.media == Media::Agrees && !self.offers.is_empty() {
            self.negotiate(Ok((true, true)));
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Send { socket, frame } => {
                assert!(
                    self.open.contains(&socket),
                    "a frame for {socket:?}, which is not open"
                );
                let frame: Value = serde_json::from_str(&frame.to_frame()).unwrap();
                let what = describe(&frame);
                self.log.push(format!("{}: {what}", name(socket)));
                if let Some(id) = frame["id"].as_u64() {
                    let before = self.responses.insert((socket, id), frame);
                    assert!(before.is_none(), "request {id} of {socket:?} was answered twice");
                } else if frame["method"].is_string() {
                    self.notifications.push((socket, frame));
                }
            }
            Effect::Close { socket, reason } => {
                assert!(self.open.remove(&socket), "{socket:?} was not open");
                self.log.push(format!("{}: closed {reason:?}", name(socket)));
            }
            Effect::Publish { peer, source, .. } => {
                self.offers.push_back(peer);
                self.peers.insert(peer);
                self.sources.insert(source);
            }
            Effect::Subscribe { peer, source, .. } => {
                assert!(self.sources.contains(&source), "a subscription to nothing");
                self.offers.push_back(peer);
                self.peers.insert(peer);
            }
            Effect::ExpectSubscriber(source) => {
                assert!(self.sources.contains(&source), "a subscription to nothing");
                self.expected.push(source);
            }
            Effect::ClosePeer(peer) => {
                self.peers.remove(&peer);
            }
            Effect::CloseSource(source) => assert!(self.sources.remove(&source), "a source was closed twice"),
            Effect::Answer { ticket, answer } => {
                assert!(
                    self.answers.insert(ticket, answer).is_none(),
                    "{ticket:?} was answered twice"
                );
            }
        }
    }

    /// Answers the oldest offer, with or without audio and video.
    pub(super) fn negotiate(&mut self, result: Result<(bool, bool), NegotiationError>) {
        let peer = self.offers.pop_front().expect("there is an offer");
        let sdp = "answer".to_owned();
        let result = result.map(|(has_audio, has_video)| Answer {
            sdp,
            has_audio,
            has_video,
        });
        for effect in self
            .core
            .handle(Timestamp(self.now), Input::Negotiated { peer, result })
        {
            self.carry_out(effect);
        }
    }

    pub(super) fn advance(&mut self, duration: Duration) {
        self.now += u64::try_from(duration.as_millis()).unwrap();
        self.input(Input::Tick);
    }

    /// Lets time pass in which these clients ping.
    pub(super) fn advance_pinging(&mut self, duration: Duration, clients: &[&Client]) {
        for _ in 0..duration.as_secs() {
            self.advance(Duration::from_secs(1));
            for client in clients {
                self.call(client.socket, "ping", json!({}));
            }
        }
        self.log.retain(|line| !line.ends_with("pong"));
    }

    pub(super) fn rest(&mut self, call: RestCall) -> Result<RestAnswer, RestError> {
        let ticket = Ticket(self.next());
        self.input(Input::Rest {
            ticket,
            call: Box::new(call),
        });
        self.answers
            .remove(&ticket)
            .expect("REST calls are answered at once")
    }

    pub(super) fn create_session(&mut self, session: &str) -> SessionId {
        let properties = rest::SessionProperties::custom(SessionId::new(session));
        match self.rest(RestCall::CreateSession(properties)) {
            Ok(_) | Err(RestError::Conflict) => SessionId::new(session),
            Err(error) => panic!("{error}"),
        }
    }

    pub(super) fn create_connection(
        &mut self,
        session: &SessionId,
        properties: rest::ConnectionProperties,
    ) -> rest::Connection {
        match self.rest(RestCall::CreateConnection {
            session: session.clone(),
            properties,
        }) {
            Ok(RestAnswer::Connection(connection)) => *connection,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn open(&mut self) -> SocketId {
        let socket = SocketId(self.sockets);
        self.sockets += 1;
        self.open.insert(socket);
        self.input(Input::SocketOpened {
            socket,
            address: None,
        });
        socket
    }

    pub(super) fn close(&mut self, socket: SocketId, closed: Closed) {
        self.open.remove(&socket);
        self.input(Input::SocketClosed { socket, closed });
    }

    /// Sends a request and returns its id.
    pub(super) fn request(&mut self, socket: SocketId, method: &str, params: Value) -> u64 {
        let id = self.next();
        let mut frame = json!({"jsonrpc": "2.0", "id": id, "method": method});
        frame["params"] = params;
        self.input(Input::Frame {
            socket,
            text: frame.to_string(),
        });
        id
    }

    /// Sends a request that is answered at once.
    pub(super) fn call(&mut self, socket: SocketId, method: &str, params: Value) -> Value {
        let id = self.request(socket, method, params);
        self.response(socket, id).expect("answered")
    }

    pub(super) fn response(&self, socket: SocketId, id: u64) -> Option<Value> {
        self.responses.get(&(socket, id)).cloned()
    }

    /// Whether any request of the socket has had a result.
    pub(super) fn has_result(&self, socket: SocketId) -> bool {
        let of_socket = self.responses.range((socket, 0)..=(socket, u64::MAX));
        of_socket
            .into_iter()
            .any(|(_, response)| response["result"].is_object())
    }

    pub(super) fn join_params(session: &SessionId, token: &str) -> Value {
        json!({"token": token, "session": session.as_str(), "platform": "Test", "sdkVersion": "2.30.0",
            "metadata": "client data", "secret": "", "recorder": false, "stt": false})
    }

    pub(super) fn join_with(&mut self, session: &str, properties: rest::ConnectionProperties) -> Client {
        let session = self.create_session(session);
        let token = self.create_connection(&session, properties).token.unwrap();
        let socket = self.open();
        let response = self.call(socket, "joinRoom", Self::join_params(&session, &token));
        Self::client(socket, &response["result"])
    }

    pub(super) fn client(socket: SocketId, result: &Value) -> Client {
        Client {
            socket,
            id: ConnectionId::new(result["id"].as_str().unwrap()),
            rpc_session: result["sessionId"].as_str().unwrap().to_owned(),
        }
    }

    pub(super) fn join(&mut self, session: &str) -> Client {
        self.join_with(session, rest::ConnectionProperties::default())
    }

    pub(super) fn join_as(&mut self, session: &str, role: &str) -> Client {
        self.join_with(
            session,
            rest::ConnectionProperties {
                role: Some(role.into()),
                ..Default::default()
            },
        )
    }

    pub(super) fn publish(&mut self, client: &Client) -> String {
        let response = self.call(client.socket, "publishVideo", publish_params());
        response["result"]["id"].as_str().expect("published").to_owned()
    }

    /// What clients got since the last time.
    pub(super) fn take_log(&mut self) -> Vec<String> {
        std::mem::take(&mut self.log)
    }

    pub(super) fn session_exists(&mut self, session: &str) -> bool {
        let session = SessionId::new(session);
        self.rest(RestCall::GetSession {
            session,
            pending: true,
        })
        .is_ok()
    }
}

pub(super) fn publish_params() -> Value {
    json!({"sdpOffer": "offer", "hasAudio": true, "hasVideo": true, "doLoopback": false, "audioActive": true,
        "videoActive": false, "typeOfVideo": "CAMERA", "frameRate": 30,
        "videoDimensions": "{\"width\":640,\"height\":480}"})
}

/// A letter a socket.
pub(super) fn name(socket: SocketId) -> char {
    u8::try_from(socket.0)
        .ok()
        .map_or('?', |number| char::from(b'A'.saturating_add(number)))
}

fn describe(frame: &Value) -> String {
    if let Some(method) = frame["method"].as_str() {
        let reason = frame["params"]["reason"]
            .as_str()
            .filter(|_| method.starts_with("participant"));
        return reason.map_or_else(|| method.to_owned(), |reason| format!("{method} {reason}"));
    }
    if let Some(code) = frame["error"]["code"].as_i64() {
        return format!("error {code}");
    }
    if frame["result"]["value"] == "pong" {
        "pong".to_owned()
    } else {
        "result".to_owned()
    }
}
