use serde::{Deserialize, Serialize};

/// The body of a refusal that explains itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// When it happened, in milliseconds of the Unix epoch.
    pub timestamp: u64,
    /// The HTTP status code again.
    pub status: u16,
    /// The status as text, for example `Bad Request`.
    pub error: String,
    /// What was wrong with the request.
    pub message: String,
    /// Path of the request.
    pub path: String,
}
