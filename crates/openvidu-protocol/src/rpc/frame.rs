use serde::{Deserialize, Serialize};

use super::{ErrorCode, Response, RpcError};

/// Identifies a request on its socket. It is echoed with its JSON type, so both types are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RequestId {
    /// What the SDK sends: 0, 1, 2, …
    Number(serde_json::Number),
    /// Also allowed by JSON-RPC.
    Text(Box<str>),
}

impl From<u64> for RequestId {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

/// Why a frame is not a request that can be handled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// Not JSON at all.
    #[error("the frame is not JSON")]
    NotJson,
    /// JSON, but not a JSON-RPC 2.0 request.
    #[error("the frame is not a JSON-RPC 2.0 request")]
    NotARequest(Option<RequestId>),
    /// A response or a notification: there is nothing to answer.
    #[error("the frame asks for no answer")]
    NothingToAnswer,
    /// No such method.
    #[error("unknown method")]
    UnknownMethod(RequestId),
    /// The method exists, but its parameters are not what it needs.
    #[error("wrong parameters: {1}")]
    WrongParams(RequestId, String),
}

impl FrameError {
    /// The answer that the sender gets, if any. Codes are JSON-RPC's own where OpenVidu stays silent, and OpenVidu's
    /// −1 for parameters.
    #[must_use]
    pub fn into_response(self) -> Option<Response> {
        let (id, code, message) = match self {
            Self::NothingToAnswer => return None,
            Self::NotJson => (None, ErrorCode::ParseError, "The message is not JSON".to_owned()),
            Self::NotARequest(id) => (
                id,
                ErrorCode::InvalidRequest,
                "The message is not a JSON-RPC 2.0 request".to_owned(),
            ),
            Self::UnknownMethod(id) => (
                Some(id),
                ErrorCode::MethodNotFound,
                "Unrecognized method".to_owned(),
            ),
            Self::WrongParams(id, why) => (Some(id), ErrorCode::Uncaught, format!("Wrong parameters: {why}")),
        };
        Some(Response::error(id, RpcError::new(code, message)))
    }
}

/// Every frame is a tree of strings, numbers and string-keyed maps, which JSON can always hold.
pub(super) fn to_text(frame: &impl Serialize) -> String {
    serde_json::to_string(frame).unwrap_or_default()
}
