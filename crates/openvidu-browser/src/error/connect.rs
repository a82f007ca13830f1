use super::{Error, OpenViduErrorName};
use crate::reason::ConnectionReason;

/// Why joining a session failed. Whatever the cause, the websocket is closed and no participant is left behind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// A session object joins once. Make a new one.
    #[error("this session was used already")]
    AlreadyUsed,
    /// The token is not a token: its form is wrong.
    #[error("the token is malformed")]
    MalformedToken,
    /// The SDK does not support this browser.
    #[error("this browser is not supported")]
    BrowserNotSupported,
    /// The server refused the join: 401 for a token that is unknown, used or expired, 202 and 203 for a session that is gone.
    #[error("the server refused with {code}: {message}")]
    Refused {
        /// The number that tells why.
        code: i32,
        /// Details.
        message: Box<str>,
    },
    /// The server could not be reached, or the websocket broke before the join was answered.
    #[error("the server can't be reached")]
    Unreachable,
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The session ended before the join was complete: you left, or were evicted.
    #[error("the session ended: {reason}")]
    Ended {
        /// Why.
        reason: ConnectionReason,
    },
    /// Anything else.
    #[error(transparent)]
    Other(Error),
}

impl From<Error> for ConnectError {
    fn from(error: Error) -> Self {
        match error {
            Error::Rpc { code, message } => Self::Refused { code, message },
            Error::Timeout => Self::Timeout,
            Error::ConnectionLost => Self::Unreachable,
            Error::Ended { reason } => Self::Ended { reason },
            Error::OpenVidu {
                name: OpenViduErrorName::BrowserNotSupported,
                ..
            } => Self::BrowserNotSupported,
            Error::Other { message, .. } if message.starts_with("Token not valid") => Self::MalformedToken,
            error => Self::Other(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_join_fails_in_words_of_its_own() {
        let malformed = Error::Other {
            name: "Error".into(),
            message: "Token not valid: \"x\"".into(),
        };
        assert_eq!(ConnectError::from(malformed), ConnectError::MalformedToken);
        let refused = Error::Rpc {
            code: 401,
            message: "used".into(),
        };
        assert_eq!(
            ConnectError::from(refused),
            ConnectError::Refused {
                code: 401,
                message: "used".into()
            }
        );
        assert_eq!(
            ConnectError::from(Error::ConnectionLost),
            ConnectError::Unreachable
        );
        let unsupported = Error::OpenVidu {
            name: OpenViduErrorName::BrowserNotSupported,
            message: "".into(),
        };
        assert_eq!(ConnectError::from(unsupported), ConnectError::BrowserNotSupported);
        assert_eq!(ConnectError::from(Error::Busy), ConnectError::Other(Error::Busy));
    }
}
