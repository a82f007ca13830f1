use serde::{Deserialize, Serialize};

use super::{JoinRoomResult, RequestId, RpcError};
use crate::{RpcSessionId, StreamId};

/// The answer to a request: exactly one of a result and an error. The SDK ignores a frame that has both keys, even
/// if one of them is null.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The request's id; absent only if it couldn't be read.
    pub id: Option<RequestId>,
    /// How it went.
    pub outcome: Outcome,
}

/// How a request went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// Well.
    Result(Answer),
    /// It was refused.
    Error(RpcError),
}

/// A result and the conversation's id, which OpenVidu adds to every result but a ping's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The result itself.
    #[serde(flatten)]
    pub reply: Reply,
    /// The conversation's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<RpcSessionId>,
}

/// The results of all methods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Reply {
    /// Of `joinRoom`.
    Joined(Box<JoinRoomResult>),
    /// Of `publishVideo`, and of `reconnectStream` for the own stream.
    Published {
        /// The media server's answer.
        sdp_answer: String,
        /// The own stream.
        id: StreamId,
        /// When the stream was published, in milliseconds of the Unix epoch.
        created_at: u64,
    },
    /// Of `receiveVideoFrom`, and of `reconnectStream` for somebody else's stream.
    Subscribed {
        /// The media server's answer.
        sdp_answer: String,
    },
    /// Of `ping` (`pong`) and `connect`.
    Text {
        /// What it says; clients don't look at it.
        value: String,
    },
    /// Of everything else.
    Empty {},
}

impl Response {
    /// A result.
    #[must_use]
    pub fn result(id: RequestId, reply: Reply, session_id: Option<RpcSessionId>) -> Self {
        Self {
            id: Some(id),
            outcome: Outcome::Result(Answer { reply, session_id }),
        }
    }

    /// A refusal.
    #[must_use]
    pub fn error(id: Option<RequestId>, error: RpcError) -> Self {
        Self {
            id,
            outcome: Outcome::Error(error),
        }
    }

    /// The text frame.
    #[must_use]
    pub fn to_frame(&self) -> String {
        #[derive(Serialize)]
        struct Frame<'a> {
            jsonrpc: &'static str,
            id: Option<&'a RequestId>,
            #[serde(flatten)]
            outcome: &'a Outcome,
        }
        super::frame::to_text(&Frame {
            jsonrpc: "2.0",
            id: self.id.as_ref(),
            outcome: &self.outcome,
        })
    }
}
