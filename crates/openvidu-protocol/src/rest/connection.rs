use serde::{Deserialize, Serialize};

use super::IceServer;
use crate::{ConnectionId, Role, SessionId, StreamId, VideoKind, lenient::null_as_default};

wire_enum! {
    /// What takes part in a session.
    ConnectionKind {
        /// A browser or another WebRTC client.
        WebRtc = "WEBRTC",
        /// A network camera.
        IpCamera = "IPCAM",
    }
}

wire_enum! {
    /// Whether somebody has joined with the connection's token.
    ConnectionStatus {
        /// Not yet.
        Pending = "pending",
        /// Yes.
        Active = "active",
    }
}

/// Options of the Kurento media server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct KurentoOptions {
    /// Most that the participant may send, in kbit/s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_max_recv_bandwidth: Option<u32>,
    /// Least that the participant is asked for, in kbit/s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_min_recv_bandwidth: Option<u32>,
    /// Most that the participant is sent, in kbit/s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_max_send_bandwidth: Option<u32>,
    /// Least that the participant is sent, in kbit/s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_min_send_bandwidth: Option<u32>,
    /// Filters that the participant may apply to the own stream.
    #[serde(deserialize_with = "null_as_default")]
    pub allowed_filters: Vec<String>,
}

/// Body of `POST /sessions/{id}/connection`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConnectionProperties {
    /// Defaults to [`ConnectionKind::WebRtc`].
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ConnectionKind>,
    /// Server data: what the application server tells other participants about this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Whether individual recordings include the connection. Defaults to true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<bool>,
    /// Defaults to [`Role::Publisher`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Options of the Kurento media server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kurento_options: Option<KurentoOptions>,
    /// ICE servers for this participant instead of the deployment's.
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub custom_ice_servers: Vec<IceServer>,
}

/// Body of `PATCH /sessions/{id}/connection/{id}`; absent values stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectionUpdate {
    /// The new role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether individual recordings include the connection from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<bool>,
}

/// A connection, as `GET /sessions/{id}/connection/{id}` describes it. All keys are always there, absent values as
/// null. `Debug` shows the token: don't log it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The connection's id.
    pub id: ConnectionId,
    /// Always `connection`.
    #[serde(default)]
    pub object: String,
    /// Whether somebody has joined with the token.
    pub status: ConnectionStatus,
    /// The connection's id again.
    pub connection_id: ConnectionId,
    /// The session.
    pub session_id: SessionId,
    /// When the token was made, in milliseconds of the Unix epoch.
    pub created_at: u64,
    /// What takes part.
    #[serde(rename = "type")]
    pub kind: ConnectionKind,
    /// Whether individual recordings include the connection.
    #[serde(default, deserialize_with = "null_as_default")]
    pub record: bool,
    /// What the participant may do; null for a network camera.
    #[serde(default)]
    pub role: Option<Role>,
    /// Options of the Kurento media server.
    #[serde(default)]
    pub kurento_options: Option<KurentoOptions>,
    /// ICE servers for this participant instead of the deployment's.
    #[serde(default, deserialize_with = "null_as_default")]
    pub custom_ice_servers: Vec<IceServer>,
    /// Of network cameras.
    #[serde(default)]
    pub rtsp_uri: Option<String>,
    /// Of network cameras.
    #[serde(default)]
    pub adaptative_bitrate: Option<bool>,
    /// Of network cameras.
    #[serde(default)]
    pub only_play_with_subscribers: Option<bool>,
    /// Of network cameras, in milliseconds.
    #[serde(default)]
    pub network_cache: Option<u32>,
    /// What the application server tells other participants about this one.
    #[serde(default)]
    pub server_data: Option<String>,
    /// The token; null for a network camera.
    #[serde(default)]
    pub token: Option<String>,
    /// When the participant joined, in milliseconds of the Unix epoch.
    #[serde(default)]
    pub active_at: Option<u64>,
    /// Where the participant is, or `unknown`.
    #[serde(default)]
    pub location: Option<String>,
    /// The participant's address.
    #[serde(default)]
    pub ip: Option<String>,
    /// Browser and operating system.
    #[serde(default)]
    pub platform: Option<String>,
    /// What the participant says about itself.
    #[serde(default)]
    pub client_data: Option<String>,
    /// The streams that the connection publishes: at most one.
    #[serde(default)]
    pub publishers: Option<Vec<Publisher>>,
    /// The streams that the connection receives.
    #[serde(default)]
    pub subscribers: Option<Vec<Subscriber>>,
}

/// A published stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Publisher {
    /// In milliseconds of the Unix epoch.
    pub created_at: u64,
    /// The stream's id.
    pub stream_id: StreamId,
    /// What the stream consists of.
    pub media_options: MediaOptions,
}

/// A subscription to a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscriber {
    /// In milliseconds of the Unix epoch.
    pub created_at: u64,
    /// The stream's id.
    pub stream_id: StreamId,
}

/// What a stream consists of. Keys of a kind of media that the stream lacks are absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MediaOptions {
    /// Whether there is an audio track.
    pub has_audio: bool,
    /// Whether it is unmuted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_active: Option<bool>,
    /// Whether there is a video track.
    pub has_video: bool,
    /// Whether it is unmuted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_active: Option<bool>,
    /// Where the video comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_of_video: Option<VideoKind>,
    /// Frames a second, −1 if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame_rate: Option<i32>,
    /// Width and height as a JSON text, see [`crate::VideoDimensions`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_dimensions: Option<String>,
    /// The applied filter; an empty object for none.
    #[serde(default)]
    pub filter: serde_json::Map<String, serde_json::Value>,
}
