use serde::{Deserialize, Serialize};

use crate::{ConnectionId, lenient::null_as_default};

/// The JSON text inside the parameter `message` of `sendMessage`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientSignal {
    /// The receivers, where null stands for an id that is nobody's; empty for everybody.
    #[serde(deserialize_with = "null_as_default")]
    pub to: Vec<Option<ConnectionId>>,
    /// The message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// `signal:` and the type that the application chose.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}
