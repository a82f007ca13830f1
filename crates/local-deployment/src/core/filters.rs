//! Filters, which this media server does not have.

use openvidu_protocol::{
    ConnectionId, StreamId,
    rpc::{ErrorCode, RpcError},
};

use super::{connection::Connection, session::Session};

impl Session {
    /// Filters need a media server that decodes. What is checked first is what OpenVidu checks first.
    pub(super) fn refuse_filter(
        &self,
        id: &ConnectionId,
        stream: &StreamId,
        applied: Option<&str>,
    ) -> RpcError {
        let Some(owner) = self.publisher_of(stream) else {
            return RpcError::new(
                ErrorCode::UserNotStreaming,
                format!("There is no stream {stream}"),
            );
        };
        let connection = self.connection(id);
        let owner_may = match applied {
            None => true,
            Some(kind) => connection
                .and_then(|connection| connection.kurento_options.as_ref())
                .is_some_and(|options| options.allowed_filters.iter().any(|allowed| allowed == kind)),
        };
        if connection.is_some_and(Connection::may_moderate) || (owner == *id && owner_may) {
            RpcError::new(ErrorCode::FilterNotApplied, "This media server has no filters")
        } else {
            RpcError::new(
                ErrorCode::Unauthorized,
                "The role does not allow changing filters",
            )
        }
    }
}
