//! What is told above the form.

use crate::{JoinError, Message};

/// Something a person has to know before they go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which kind, for style sheets and tests.
    pub code: NoticeCode,
    /// How bad it is.
    pub severity: Severity,
    /// What to say.
    pub message: Message,
}

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Info,
    /// It stands in the way.
    Error,
}

/// Which kind of notice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoticeCode {
    /// The token was refused.
    Refused,
    /// The server or the deployment can't be reached.
    Unreachable,
    /// The server never answered.
    Timeout,
    /// The server answered with an error.
    ServerError,
    /// The SDK is missing.
    SdkNotLoaded,
    /// This browser can't do it.
    BrowserNotSupported,
    /// The session is over.
    SessionClosed,
    /// Somebody removed us.
    Evicted,
    /// The network was gone for too long.
    ConnectionLost,
    /// We left.
    Left,
    /// Something that nobody foresaw.
    Unexpected,
}

impl NoticeCode {
    /// A short, stable word for style sheets and tests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::ServerError => "server-error",
            Self::SdkNotLoaded => "sdk-not-loaded",
            Self::BrowserNotSupported => "browser-not-supported",
            Self::SessionClosed => "session-closed",
            Self::Evicted => "evicted",
            Self::ConnectionLost => "connection-lost",
            Self::Left => "left",
            Self::Unexpected => "unexpected",
        }
    }
}

impl From<&JoinError> for NoticeCode {
    fn from(error: &JoinError) -> Self {
        match error {
            JoinError::Refused => Self::Refused,
            JoinError::SessionClosed => Self::SessionClosed,
            JoinError::ServerUnreachable | JoinError::DeploymentUnreachable => Self::Unreachable,
            JoinError::ServerTimeout => Self::Timeout,
            JoinError::ServerError { .. } | JoinError::BadToken => Self::ServerError,
            JoinError::SdkNotLoaded => Self::SdkNotLoaded,
            JoinError::BrowserNotSupported => Self::BrowserNotSupported,
            JoinError::Other(_) => Self::Unexpected,
        }
    }
}
