use serde::{Deserialize, Serialize};

use super::KurentoOptions;
use crate::{ConnectionId, Role, SessionId};

/// Body of the deprecated `POST /tokens`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenProperties {
    /// The session to join.
    pub session: SessionId,
    /// Defaults to [`Role::Publisher`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Server data of the connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Options of the Kurento media server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kurento_options: Option<KurentoOptions>,
}

/// Answer to `POST /tokens`. `Debug` shows the token: don't log it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenResponse {
    /// The token.
    pub id: String,
    /// The token again.
    pub token: String,
    /// In milliseconds of the Unix epoch.
    pub created_at: u64,
    /// The connection that the token will become.
    pub connection_id: ConnectionId,
    /// The session to join.
    pub session: SessionId,
    /// Server data of the connection.
    pub data: String,
    /// The connection's role.
    pub role: Role,
    /// Options of the Kurento media server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kurento_options: Option<KurentoOptions>,
}
