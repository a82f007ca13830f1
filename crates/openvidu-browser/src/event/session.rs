use openvidu_browser_sys as sys;
use wasm_bindgen::JsValue;

use super::property::StreamChange;
use crate::connection::Connection;
use crate::ids::{ConnectionId, StreamId};
use crate::js;
use crate::kinds::ExceptionName;
use crate::reason::{ConnectionReason, StreamReason};
use crate::stream::Stream;

/// What happens in a session.
///
/// While joining, [`Session::connect`](crate::Session::connect) is preceded by your own `ConnectionCreated`, those of everybody
/// present, and `StreamCreated` for their streams. After `Disconnected` nothing follows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SessionEvent {
    /// Somebody joined: yourself first, then whoever is there, then each newcomer. (`connectionCreated`)
    ConnectionCreated {
        /// Its id.
        id: ConnectionId,
        /// The connection.
        connection: Connection,
    },
    /// Somebody else left. (`connectionDestroyed`)
    ConnectionDestroyed {
        /// Its id.
        id: ConnectionId,
        /// The connection.
        connection: Connection,
        /// Why.
        reason: ConnectionReason,
    },
    /// Somebody else's stream can be subscribed to. (`streamCreated`)
    StreamCreated {
        /// Its id.
        id: StreamId,
        /// The stream.
        stream: Stream,
        /// Whose it is.
        connection: Connection,
    },
    /// Somebody else's stream ended. Its tracks are stopped right after this event. (`streamDestroyed`)
    StreamDestroyed {
        /// Its id.
        id: StreamId,
        /// The stream.
        stream: Stream,
        /// Why.
        reason: StreamReason,
    },
    /// A stream changed. (`streamPropertyChanged`)
    StreamPropertyChanged(StreamChange),
    /// You left, were evicted, or lost the network for good. Nothing follows. (`sessionDisconnected`)
    Disconnected {
        /// Why.
        reason: ConnectionReason,
    },
    /// The websocket was lost and is being reconnected. Media may flow on. (`reconnecting`)
    Reconnecting,
    /// The websocket is back, and you are still in the session. (`reconnected`)
    Reconnected,
    /// Something went wrong in the background. (`exception`)
    Exception {
        /// What.
        name: ExceptionName,
        /// Details, for logs.
        message: Box<str>,
    },
    /// A message arrived; your own to everybody, too. (`signal`)
    Signal {
        /// What it is about.
        kind: Box<str>,
        /// What it says.
        data: Box<str>,
        /// Who sent it; `None` for the application server.
        from: Option<Connection>,
    },
    /// The SDK emitted this event without what belongs to it.
    Malformed {
        /// The name of the event.
        event: &'static str,
    },
}

const CONNECTION_CREATED: &str = "connectionCreated";
const CONNECTION_DESTROYED: &str = "connectionDestroyed";
const STREAM_CREATED: &str = "streamCreated";
const STREAM_DESTROYED: &str = "streamDestroyed";
const STREAM_PROPERTY_CHANGED: &str = "streamPropertyChanged";
const DISCONNECTED: &str = "sessionDisconnected";
const RECONNECTING: &str = "reconnecting";
const RECONNECTED: &str = "reconnected";
const EXCEPTION: &str = "exception";
const SIGNAL: &str = "signal";

/// Every event that has a variant. Speaking events are not among them: listening starts an audio analyser for each stream.
pub(crate) const SESSION_EVENTS: &[&str] = &[
    CONNECTION_CREATED,
    CONNECTION_DESTROYED,
    STREAM_CREATED,
    STREAM_DESTROYED,
    STREAM_PROPERTY_CHANGED,
    DISCONNECTED,
    RECONNECTING,
    RECONNECTED,
    EXCEPTION,
    SIGNAL,
];

/// The events that a session needs itself.
pub(crate) const STATE_EVENTS: &[&str] = &[DISCONNECTED, RECONNECTING, RECONNECTED];

/// Whether it is the event after which nothing follows.
pub(crate) fn is_disconnection(kind: &str) -> bool {
    kind == DISCONNECTED
}

impl SessionEvent {
    pub(crate) fn from_js(kind: &'static str, event: JsValue) -> Self {
        Self::read(kind, event).unwrap_or(Self::Malformed { event: kind })
    }

    fn read(kind: &'static str, event: JsValue) -> Option<Self> {
        Some(match kind {
            CONNECTION_CREATED | CONNECTION_DESTROYED => {
                let event: sys::ConnectionEvent = js::class(event)?;
                let connection = Connection::from_raw(js::class(event.connection())?);
                let id = ConnectionId::new(&js::some_text(&connection.as_raw().connection_id())?);
                if kind == CONNECTION_CREATED {
                    Self::ConnectionCreated { id, connection }
                } else {
                    Self::ConnectionDestroyed {
                        id,
                        connection,
                        reason: ConnectionReason::from_word(&js::text(&event.reason())),
                    }
                }
            }
            STREAM_CREATED | STREAM_DESTROYED => {
                let event: sys::StreamEvent = js::class(event)?;
                let stream = Stream::from_raw(js::class(event.stream())?);
                let id = stream.id()?;
                if kind == STREAM_CREATED {
                    Self::StreamCreated {
                        id,
                        connection: stream.connection()?,
                        stream,
                    }
                } else {
                    Self::StreamDestroyed {
                        id,
                        stream,
                        reason: StreamReason::from_word(&js::text(&event.reason())),
                    }
                }
            }
            STREAM_PROPERTY_CHANGED => Self::StreamPropertyChanged(StreamChange::from_js(event)?),
            DISCONNECTED => {
                let event: sys::SessionDisconnectedEvent = js::class(event)?;
                Self::Disconnected {
                    reason: ConnectionReason::from_word(&js::text(&event.reason())),
                }
            }
            RECONNECTING => Self::Reconnecting,
            RECONNECTED => Self::Reconnected,
            EXCEPTION => {
                let event: sys::ExceptionEvent = js::class(event)?;
                Self::Exception {
                    name: ExceptionName::from_word(&js::text(&event.name())),
                    message: js::text(&event.message()),
                }
            }
            SIGNAL => {
                let event: sys::SignalEvent = js::class(event)?;
                Self::Signal {
                    kind: js::text(&event.kind()),
                    data: js::text(&event.data()),
                    from: js::class(event.from()).map(Connection::from_raw),
                }
            }
            _ => return None,
        })
    }
}
