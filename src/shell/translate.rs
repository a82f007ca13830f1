//! From the SDK's words to the room's. Pure.

use openvidu_browser::{ConnectError, ConnectionReason, Error, OpenViduErrorName};
use room::{JoinError, LeaveReason, PublishError};

/// Codes of OpenVidu's JSON-RPC errors that say something a person can act on.
mod code {
    /// The token is unknown or used.
    pub(super) const UNAUTHORIZED: i32 = 401;
    /// There is no such session.
    pub(super) const ROOM_NOT_FOUND: i32 = 202;
    /// The session is closing.
    pub(super) const ROOM_CLOSED: i32 = 203;
}

/// Why joining failed, for people.
pub(super) fn join_error(error: &ConnectError) -> JoinError {
    match error {
        ConnectError::Refused {
            code: code::UNAUTHORIZED,
            ..
        } => JoinError::Refused,
        ConnectError::Refused {
            code: code::ROOM_NOT_FOUND | code::ROOM_CLOSED,
            ..
        } => JoinError::SessionClosed,
        ConnectError::MalformedToken => JoinError::BadToken,
        ConnectError::BrowserNotSupported => JoinError::BrowserNotSupported,
        ConnectError::Unreachable | ConnectError::Timeout => JoinError::DeploymentUnreachable,
        ConnectError::Ended {
            reason: ConnectionReason::SessionClosedByServer,
        } => JoinError::SessionClosed,
        other => JoinError::Other(other.to_string().into()),
    }
}

/// Why we are no longer in the room.
pub(super) fn leave_reason(reason: &ConnectionReason) -> LeaveReason {
    match reason {
        ConnectionReason::Disconnect => LeaveReason::Own,
        ConnectionReason::ForceDisconnectByUser => LeaveReason::EvictedByModerator,
        ConnectionReason::ForceDisconnectByServer => LeaveReason::EvictedByServer,
        ConnectionReason::SessionClosedByServer => LeaveReason::SessionClosed,
        ConnectionReason::NodeCrashed => LeaveReason::ServerFailed,
        _ => LeaveReason::ConnectionLost,
    }
}

/// Why our media isn't sent.
pub(super) fn publish_error(error: &Error) -> PublishError {
    match error {
        Error::OpenVidu {
            name: OpenViduErrorName::OpenViduPermissionDenied,
            ..
        }
        | Error::Rpc {
            code: code::UNAUTHORIZED,
            ..
        } => PublishError::NotAllowed,
        Error::Timeout | Error::ConnectionLost => PublishError::Timeout,
        _ => PublishError::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_apart() {
        let refused = |code| {
            join_error(&ConnectError::Refused {
                code,
                message: "".into(),
            })
        };
        assert_eq!(refused(401), JoinError::Refused);
        assert_eq!(refused(202), JoinError::SessionClosed);
        assert_eq!(refused(203), JoinError::SessionClosed);
        assert!(matches!(refused(999), JoinError::Other(_)));
        assert_eq!(
            join_error(&ConnectError::Timeout),
            JoinError::DeploymentUnreachable
        );
        assert_eq!(
            join_error(&ConnectError::Unreachable),
            JoinError::DeploymentUnreachable
        );
        assert_eq!(join_error(&ConnectError::MalformedToken), JoinError::BadToken);
    }

    #[test]
    fn every_end_has_its_reason() {
        let cases = [
            (ConnectionReason::Disconnect, LeaveReason::Own),
            (
                ConnectionReason::ForceDisconnectByUser,
                LeaveReason::EvictedByModerator,
            ),
            (
                ConnectionReason::ForceDisconnectByServer,
                LeaveReason::EvictedByServer,
            ),
            (
                ConnectionReason::SessionClosedByServer,
                LeaveReason::SessionClosed,
            ),
            (ConnectionReason::NetworkDisconnect, LeaveReason::ConnectionLost),
            (ConnectionReason::NodeCrashed, LeaveReason::ServerFailed),
            (ConnectionReason::Other("new".into()), LeaveReason::ConnectionLost),
        ];
        for (reason, expected) in cases {
            assert_eq!(leave_reason(&reason), expected, "{reason:?}");
        }
    }

    #[test]
    fn a_role_that_only_watches_is_told_from_a_failure() {
        let denied = Error::OpenVidu {
            name: OpenViduErrorName::OpenViduPermissionDenied,
            message: "".into(),
        };
        assert_eq!(publish_error(&denied), PublishError::NotAllowed);
        assert_eq!(publish_error(&Error::Timeout), PublishError::Timeout);
        assert_eq!(
            publish_error(&Error::Rpc {
                code: 302,
                message: "".into()
            }),
            PublishError::Failed
        );
    }
}
