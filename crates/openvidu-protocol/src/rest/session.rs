use serde::{Deserialize, Serialize};

use super::{Connection, List, RecordingProperties};
use crate::SessionId;

wire_enum! {
    /// How media travels.
    MediaMode {
        /// Through the media server.
        Routed = "ROUTED",
        /// The same today, but the session can't be recorded.
        Relayed = "RELAYED",
    }
}

wire_enum! {
    /// When a session is recorded.
    RecordingMode {
        /// When the application asks for it.
        Manual = "MANUAL",
        /// From the first published stream on.
        Always = "ALWAYS",
    }
}

wire_enum! {
    /// The video codec that a session is restricted to.
    VideoCodec {
        /// Whatever suits the media server best: VP8 for Kurento.
        MediaServerPreferred = "MEDIA_SERVER_PREFERRED",
        /// No restriction.
        None = "NONE",
        /// VP8.
        Vp8 = "VP8",
        /// VP9.
        Vp9 = "VP9",
        /// H.264.
        H264 = "H264",
    }
}

/// Body of `POST /sessions`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionProperties {
    /// How media travels. Defaults to [`MediaMode::Routed`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_mode: Option<MediaMode>,
    /// When the session is recorded. Defaults to [`RecordingMode::Manual`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_mode: Option<RecordingMode>,
    /// The session's id; absent or empty for a generated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_session_id: Option<SessionId>,
    /// How the session's recordings are made unless they say otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_recording_properties: Option<RecordingProperties>,
    /// The codec of the session. Defaults to the deployment's configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced_video_codec: Option<VideoCodec>,
    /// Whether to transcode for those who lack the codec.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_transcoding: Option<bool>,
}

impl SessionProperties {
    /// For a session with an id of the application's choice.
    #[must_use]
    pub fn custom(id: SessionId) -> Self {
        Self {
            custom_session_id: Some(id),
            ..Self::default()
        }
    }
}

/// A session, as `GET /sessions/{id}` describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The session's id.
    pub id: SessionId,
    /// Always `session`.
    #[serde(default)]
    pub object: String,
    /// The session's id again.
    pub session_id: SessionId,
    /// In milliseconds of the Unix epoch.
    pub created_at: u64,
    /// Whether the session is being recorded.
    #[serde(default)]
    pub recording: bool,
    /// Whether the session is being broadcast.
    #[serde(default)]
    pub broadcasting: bool,
    /// How media travels.
    pub media_mode: MediaMode,
    /// When the session is recorded.
    pub recording_mode: RecordingMode,
    /// How the session's recordings are made unless they say otherwise.
    #[serde(default)]
    pub default_recording_properties: RecordingProperties,
    /// The id that the application chose; empty if it was generated.
    #[serde(default)]
    pub custom_session_id: String,
    /// The codec of the session.
    pub forced_video_codec: VideoCodec,
    /// Whether to transcode for those who lack the codec.
    #[serde(default)]
    pub allow_transcoding: bool,
    /// The session's connections; pending ones only if they were asked for.
    #[serde(default)]
    pub connections: List<Connection>,
}
