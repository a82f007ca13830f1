//! Why calls fail.

use reqwest::StatusCode;

use super::answer::LARGEST_ANSWER;

/// Why a client can't be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The URL of the deployment is none.
    #[error("`{url}` is not an http or https URL")]
    Url {
        /// What was given.
        url: String,
    },
    /// The HTTP client can't be made.
    #[error("the HTTP client can't be made")]
    Http(#[source] reqwest::Error),
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// No connection, or it broke.
    #[error("the deployment can't be reached")]
    Unreachable(#[source] reqwest::Error),
    /// No answer in time.
    #[error("the deployment did not answer in time")]
    Timeout,
    /// The secret is not the deployment's.
    #[error("the deployment refuses the secret")]
    Unauthorized,
    /// The deployment takes offence at a parameter.
    #[error("the deployment refuses the parameters: {message}")]
    Invalid {
        /// What the deployment says about it; may be empty.
        message: String,
    },
    /// The deployment answers with another status than the protocol foresees.
    #[error("the deployment answers with status {status}")]
    Refused {
        /// The status.
        status: StatusCode,
    },
    /// The answer is not what the protocol foresees.
    #[error("the deployment's answer can't be understood: {0}")]
    BadAnswer(#[source] serde_json::Error),
    /// The answer is longer than any honest one.
    #[error("the deployment's answer is longer than {LARGEST_ANSWER} bytes")]
    TooLong,
}

/// Why a connection can't be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// There is no such session: it was never opened, or it has ended.
    #[error("there is no such session")]
    NoSuchSession,
    /// The call failed.
    #[error(transparent)]
    Call(#[from] CallError),
}
