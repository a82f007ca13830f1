use openvidu_protocol::{
    ConnectionId, SessionId, StreamId,
    rest::{ConnectionProperties, ConnectionUpdate, SessionProperties, Signal, TokenProperties},
};

use crate::sfu::{Answer, NegotiationError, PeerId};

/// A websocket. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SocketId(pub(crate) u64);

/// A REST call that waits for its answer. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ticket(pub(crate) u64);

/// How a websocket ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closed {
    /// The client said goodbye with this code.
    ByClient(u16),
    /// It just ended.
    Lost,
    /// The client read too slowly, so that notifications for it were thrown away.
    TooSlow,
}

/// What happened outside.
#[derive(Debug)]
pub(crate) enum Input {
    /// A websocket was opened.
    SocketOpened {
        socket: SocketId,
        address: Option<std::net::IpAddr>,
    },
    /// A text frame arrived.
    Frame { socket: SocketId, text: String },
    /// A websocket ended.
    SocketClosed { socket: SocketId, closed: Closed },
    /// The media server has dealt with an offer.
    Negotiated {
        peer: PeerId,
        result: Result<Answer, NegotiationError>,
    },
    /// A REST call arrived.
    Rest { ticket: Ticket, call: Box<RestCall> },
    /// Time passed.
    Tick,
    /// The deployment stops.
    Shutdown,
}

/// What the REST API asks for.
#[derive(Debug)]
pub(crate) enum RestCall {
    CreateSession(SessionProperties),
    ListSessions {
        pending: bool,
    },
    GetSession {
        session: SessionId,
        pending: bool,
    },
    DeleteSession {
        session: SessionId,
    },
    CreateConnection {
        session: SessionId,
        properties: ConnectionProperties,
    },
    ListConnections {
        session: SessionId,
        pending: bool,
    },
    GetConnection {
        session: SessionId,
        connection: ConnectionId,
    },
    UpdateConnection {
        session: SessionId,
        connection: ConnectionId,
        update: ConnectionUpdate,
    },
    DeleteConnection {
        session: SessionId,
        connection: ConnectionId,
    },
    DeleteStream {
        session: SessionId,
        stream: StreamId,
    },
    Signal(Signal),
    CreateToken(TokenProperties),
}
