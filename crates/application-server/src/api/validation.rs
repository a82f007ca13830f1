//! What may be passed on to the deployment.

use openvidu_protocol::{
    SessionId,
    rest::{ConnectionKind, ConnectionProperties, SessionProperties},
};

use super::error::ApiError;

/// A session's id from a page: letters, digits, `_` and `-`.
pub(super) fn session_id(id: SessionId) -> Result<SessionId, ApiError> {
    if id.is_valid_custom() {
        Ok(id)
    } else {
        Err(ApiError::InvalidSessionId)
    }
}

/// Properties of a session from a page. An empty id counts as none, as OpenVidu has it.
pub(super) fn session(properties: SessionProperties) -> Result<SessionProperties, ApiError> {
    let custom = properties.custom_session_id.filter(|id| !id.as_str().is_empty());
    let custom_session_id = custom.map(session_id).transpose()?;
    known(
        "mediaMode",
        properties
            .media_mode
            .as_ref()
            .is_none_or(|value| value.is_known()),
    )?;
    known(
        "recordingMode",
        properties
            .recording_mode
            .as_ref()
            .is_none_or(|value| value.is_known()),
    )?;
    known(
        "forcedVideoCodec",
        properties
            .forced_video_codec
            .as_ref()
            .is_none_or(|value| value.is_known()),
    )?;
    Ok(SessionProperties {
        custom_session_id,
        ..properties
    })
}

/// Properties of a connection from a page. Only browsers connect: cameras have no token.
pub(super) fn connection(properties: ConnectionProperties) -> Result<ConnectionProperties, ApiError> {
    known(
        "type",
        properties
            .kind
            .as_ref()
            .is_none_or(|kind| *kind == ConnectionKind::WebRtc),
    )?;
    known(
        "role",
        properties.role.as_ref().is_none_or(|role| role.is_known()),
    )?;
    Ok(properties)
}

fn known(property: &'static str, is_known: bool) -> Result<(), ApiError> {
    if is_known {
        Ok(())
    } else {
        Err(ApiError::InvalidProperty { property })
    }
}
