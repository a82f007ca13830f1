use serde::{Deserialize, Serialize};

use crate::{ConnectionId, SessionId, lenient::null_as_default};

/// Body of `POST /signal`: a message from the application server to participants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// The session.
    pub session: SessionId,
    /// The receivers; empty for everybody.
    #[serde(default, deserialize_with = "null_as_default")]
    pub to: Vec<ConnectionId>,
    /// Delivered as it is: browsers that listen for `signal:chat` need `signal:chat` here.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}
