use serde::{Deserialize, Serialize};

use super::Stream;
use crate::{ConnectionId, Role, SessionId, lenient::null_as_default};

/// Parameters of `joinRoom`. `Debug` shows token and secret: don't log it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct JoinRoom {
    /// The whole token.
    #[serde(deserialize_with = "null_as_default")]
    pub token: String,
    /// The session's id, from the token.
    #[serde(deserialize_with = "null_as_default")]
    pub session: String,
    /// Browser and operating system.
    #[serde(deserialize_with = "null_as_default")]
    pub platform: String,
    /// Version of the SDK.
    #[serde(deserialize_with = "null_as_default")]
    pub sdk_version: String,
    /// What the participant says about itself.
    #[serde(deserialize_with = "null_as_default")]
    pub metadata: String,
    /// The deployment's secret, from a recorder's page; else empty.
    #[serde(deserialize_with = "null_as_default")]
    pub secret: String,
    /// Join as the hidden recorder; needs the secret.
    #[serde(deserialize_with = "null_as_default")]
    pub recorder: bool,
    /// Join as the hidden listener that writes speech down; needs the secret.
    #[serde(deserialize_with = "null_as_default")]
    pub stt: bool,
}

/// Result of `joinRoom`. The SDK crashes or hangs without most of these keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JoinRoomResult {
    /// The own connection.
    pub id: ConnectionId,
    /// When the participant joined, in milliseconds of the Unix epoch.
    pub created_at: u64,
    /// Client and server data of the own connection.
    pub metadata: String,
    /// Everybody else in the session.
    pub value: Vec<RemoteParticipant>,
    /// The session's id.
    pub session: SessionId,
    /// Version of the server; the SDK wants a semantic version.
    pub version: String,
    /// `kurento` makes subscribers offer; `mediasoup` would make the server offer.
    pub media_server: String,
    /// Whether publishers send several qualities.
    pub video_simulcast: bool,
    /// Whether individual recordings include the connection.
    pub record: bool,
    /// The own role.
    pub role: Role,
    /// ICE servers; without any the SDK asks public STUN servers.
    #[serde(default)]
    pub custom_ice_servers: Vec<RtcIceServer>,
}

/// Somebody who is in the session already. It has no role: the SDK takes an entry with a role for its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemoteParticipant {
    /// The connection.
    pub id: ConnectionId,
    /// When the participant joined, in milliseconds of the Unix epoch.
    pub created_at: u64,
    /// Client and server data.
    pub metadata: String,
    /// At most one stream. The key is absent without any: the SDK crashes on an empty list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<Stream>,
}

/// An ICE server, as browsers get it. `Debug` shows the credential: don't log it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RtcIceServer {
    /// For example `stun:host:3478`.
    pub url: String,
    /// Of TURN servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Of TURN servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}
