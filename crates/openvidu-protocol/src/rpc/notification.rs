use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Reason, Stream, StreamProperty};
use crate::{ConnectionId, StreamId};

/// What a server tells a client unasked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "method",
    content = "params",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Notification {
    /// Somebody joined.
    ParticipantJoined {
        /// The connection.
        id: ConnectionId,
        /// When, in milliseconds of the Unix epoch.
        created_at: u64,
        /// Client and server data.
        metadata: String,
    },
    /// Somebody publishes a stream.
    ParticipantPublished {
        /// The connection.
        id: ConnectionId,
        /// Exactly one stream.
        streams: Vec<Stream>,
    },
    /// A stream ended. Only for somebody who publishes: the SDK reports an undefined stream otherwise.
    ParticipantUnpublished(ParticipantGone),
    /// Somebody left.
    ParticipantLeft(ParticipantGone),
    /// Somebody was thrown out; the one who finds the own id in it disconnects.
    ParticipantEvicted(ParticipantGone),
    /// A signal.
    SendMessage {
        /// The sender; absent when the application server sent it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<ConnectionId>,
        /// The message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        data: Option<String>,
        /// The type.
        #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
    },
    /// A stream changed.
    StreamPropertyChanged {
        /// The stream's owner.
        connection_id: ConnectionId,
        /// The stream.
        stream_id: StreamId,
        /// What changed.
        property: StreamProperty,
        /// The new value. A *text* of JSON for all but filters: the SDK reads the boolean `true` as false.
        new_value: Value,
        /// Why.
        reason: String,
    },
    /// The application server changed the receiver's own connection.
    ConnectionPropertyChanged {
        /// `role` or `record`.
        property: String,
        /// The new value, always as text.
        new_value: String,
    },
}

/// Who or whose stream is gone, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParticipantGone {
    /// The connection.
    pub connection_id: ConnectionId,
    /// Why.
    pub reason: Reason,
}

impl Notification {
    /// The text frame.
    #[must_use]
    pub fn to_frame(&self) -> String {
        #[derive(Serialize)]
        struct Frame<'a> {
            jsonrpc: &'static str,
            #[serde(flatten)]
            notification: &'a Notification,
        }
        super::frame::to_text(&Frame {
            jsonrpc: "2.0",
            notification: self,
        })
    }
}
