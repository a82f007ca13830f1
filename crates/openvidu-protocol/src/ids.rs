//! Identifiers as types of their own, so that a stream id can't be passed where a connection id belongs.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as it is: ids are opaque to everybody but the server that made them.
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The id as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(|text| Self(text.into()))
            }
        }
    };
}

macro_rules! printed {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

macro_rules! hidden {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )+};
}

id! {
    /// A session: `ses_…`, or the custom id of whoever created it.
    SessionId
}
id! {
    /// A connection, that is a participant of a session: `con_…`.
    ConnectionId
}
id! {
    /// A published stream: `str_CAM_…_con_…`.
    StreamId
}
id! {
    /// The secret part of a token: `tok_…`. Whoever has it can join once; `Debug` does not show it.
    TokenValue
}
id! {
    /// The id of a websocket conversation. Whoever has it can take the connection over; `Debug` does not show it.
    RpcSessionId
}

printed!(SessionId, ConnectionId, StreamId);
hidden!(TokenValue, RpcSessionId);

impl SessionId {
    /// Longest custom id that is accepted, in bytes. OpenVidu sets no limit; an id is repeated in every token.
    pub const MAX_LENGTH: usize = 256;

    /// Whether OpenVidu accepts the id from an application: letters, digits, `_` and `-`, at least one of them.
    #[must_use]
    pub fn is_valid_custom(&self) -> bool {
        !self.0.is_empty()
            && self.0.len() <= Self::MAX_LENGTH
            && self
                .0
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    }
}
