//! Answers of a deployment, read with a limit.

use openvidu_protocol::rest::ErrorBody;
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;

use super::CallError;

/// Bytes of an answer. The largest is a session with all its connections.
pub(super) const LARGEST_ANSWER: usize = 1024 * 1024;

/// A failure of the connection, without the URL: it may be the operator's business only.
pub(super) fn failure(error: reqwest::Error) -> CallError {
    if error.is_timeout() && !error.is_connect() {
        CallError::Timeout
    } else {
        CallError::Unreachable(error.without_url())
    }
}

/// An answer whose status nobody has judged yet.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    body: Vec<u8>,
}

impl Answer {
    pub(super) async fn read(mut response: Response) -> Result<Self, CallError> {
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failure)? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(CallError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self { status, body })
    }

    /// The value of a success; any other status is an error.
    pub(super) fn success<T: DeserializeOwned>(self) -> Result<T, CallError> {
        match self.status {
            StatusCode::OK => serde_json::from_slice(&self.body).map_err(CallError::BadAnswer),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(CallError::Unauthorized),
            StatusCode::BAD_REQUEST => {
                let message = serde_json::from_slice::<ErrorBody>(&self.body).map(|body| body.message);
                Err(CallError::Invalid {
                    message: message.unwrap_or_default(),
                })
            }
            status => Err(CallError::Refused { status }),
        }
    }
}
