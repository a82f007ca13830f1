use serde::{Deserialize, Serialize};

/// Codes of refused requests: OpenVidu's own, and those of JSON-RPC for frames that OpenVidu leaves unanswered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[repr(i32)]
pub enum ErrorCode {
    /// JSON-RPC: not JSON.
    ParseError = -32700,
    /// JSON-RPC: not a request.
    InvalidRequest = -32600,
    /// JSON-RPC: no such method.
    MethodNotFound = -32601,
    /// An exception that nobody caught, for example for a missing parameter.
    Uncaught = -1,
    /// No such connection.
    UserNotFound = 102,
    /// The connection is already in the session.
    ExistingUserInRoom = 104,
    /// The connection does not publish, or not that stream.
    UserNotStreaming = 105,
    /// The connection already publishes.
    AlreadyStreaming = 106,
    /// No such session.
    RoomNotFound = 202,
    /// The session is closing.
    RoomClosed = 203,
    /// The SDP can't be processed.
    MediaSdp = 302,
    /// The media endpoint can't be made, or its publisher has just gone.
    MediaEndpoint = 303,
    /// Invalid token, or a role that does not allow it.
    Unauthorized = 401,
    /// A token can't be made for somebody who has the secret.
    TokenCannotBeCreated = 404,
    /// Filters are unavailable, or none is applied.
    FilterNotApplied = 406,
    /// The metadata are not acceptable.
    BadMetadata = 500,
    /// The signal is not JSON, or too large.
    SignalFormat = 600,
    /// The signal is for somebody who is not in the session.
    SignalTo = 601,
    /// The offer lacks the codec that the session is restricted to.
    ForcedCodecMissing = 800,
    /// A method was called before joining.
    TransportRequest = 803,
    /// The service is not part of this edition.
    WrongEdition = 997,
    /// Anything else.
    Generic = 999,
    /// No conversation can be resumed under that id.
    InvalidRpcSession = 40007,
}

/// The error object of a refused request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct RpcError {
    /// One of [`ErrorCode`], or a number that this crate does not know.
    pub code: i64,
    /// What happened, for people.
    pub message: String,
    /// More of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}

impl RpcError {
    /// Errors of OpenVidu itself end in `. Code: N`; those of the library below it don't.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let number = code as i32;
        let mut message = message.into();
        if !matches!(
            code,
            ErrorCode::ParseError
                | ErrorCode::InvalidRequest
                | ErrorCode::MethodNotFound
                | ErrorCode::Uncaught
                | ErrorCode::InvalidRpcSession
        ) {
            message.push_str(". Code: ");
            message.push_str(&number.to_string());
        }
        Self {
            code: number.into(),
            message,
            data: None,
        }
    }

    /// Whether the error has this code.
    #[must_use]
    pub fn is(&self, code: ErrorCode) -> bool {
        self.code == i64::from(code as i32)
    }
}
