//! What can go wrong, said in terms of what a person can do about it.

use crate::Message;

/// Why somebody isn't in the room that they wanted to join.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JoinError {
    /// The deployment didn't accept the token: unknown, used before, or revoked.
    #[error("the deployment refused the token")]
    Refused,
    /// The session was closed between asking for a token and using it.
    #[error("the session has been closed")]
    SessionClosed,
    /// The application server can't be reached.
    #[error("the application server can't be reached")]
    ServerUnreachable,
    /// The application server accepted the request and never answered it.
    #[error("the application server didn't answer in time")]
    ServerTimeout,
    /// The application server answered with an error.
    #[error("the application server answered with status {status}")]
    ServerError {
        /// The HTTP status.
        status: u16,
    },
    /// The application server answered with something that isn't a token.
    #[error("the application server's answer is not a token")]
    BadToken,
    /// The OpenVidu deployment can't be reached, or didn't answer in time.
    #[error("the OpenVidu deployment can't be reached")]
    DeploymentUnreachable,
    /// The SDK could not be loaded.
    #[error("the openvidu-browser SDK could not be loaded")]
    SdkNotLoaded,
    /// The SDK says that this browser can't do it.
    #[error("this browser is not supported")]
    BrowserNotSupported,
    /// Anything else; the text is for logs and reports.
    #[error("joining failed: {0}")]
    Other(Box<str>),
}

impl JoinError {
    /// What to tell the person.
    #[must_use]
    pub const fn message(&self) -> Message {
        match self {
            Self::Refused | Self::BadToken => Message::JoinRefused,
            Self::SessionClosed => Message::JoinSessionClosed,
            Self::ServerUnreachable => Message::ServerUnreachable,
            Self::ServerTimeout => Message::ServerTimeout,
            Self::ServerError { status } => Message::ServerError { status: *status },
            Self::DeploymentUnreachable => Message::DeploymentUnreachable,
            Self::SdkNotLoaded => Message::SdkNotLoaded,
            Self::BrowserNotSupported => Message::BrowserNotSupported,
            Self::Other(_) => Message::JoinFailed,
        }
    }
}

/// Why somebody who was in the room no longer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeaveReason {
    /// They left.
    Own,
    /// They stopped joining before it was done.
    Cancelled,
    /// A moderator removed them.
    EvictedByModerator,
    /// The application server removed them.
    EvictedByServer,
    /// The session was closed for everybody.
    SessionClosed,
    /// The network was gone for too long.
    ConnectionLost,
    /// The deployment broke down.
    ServerFailed,
}

/// Why one's own camera and microphone aren't sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublishError {
    /// One's role in the session is only to watch.
    NotAllowed,
    /// It took too long, or the connection broke in between.
    Timeout,
    /// The deployment or the browser refused the media.
    Failed,
}
