//! Failures as pages see them.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::LARGEST_BODY;
use crate::{CallError, ConnectError};

/// Why a call failed. `Display` is for pages: it says what they did wrong, but nothing about the inside.
#[derive(Debug, thiserror::Error)]
pub(super) enum ApiError {
    #[error("the body is not what this call takes: {0}")]
    InvalidBody(serde_json::Error),
    #[error("a session's id has letters, digits, `_` and `-` only")]
    InvalidSessionId,
    #[error("the value of `{property}` is unknown")]
    InvalidProperty { property: &'static str },
    #[error("the deployment refuses the parameters: {message}")]
    RefusedParameters { message: String },
    #[error("there is no such session")]
    NoSuchSession,
    #[error("there is nothing here")]
    NotFound,
    #[error("this takes another method")]
    MethodNotAllowed,
    #[error("the body did not arrive in time")]
    BodyTimeout,
    #[error("the body did not arrive")]
    BrokenBody,
    #[error("the body has more than {LARGEST_BODY} bytes")]
    PayloadTooLarge,
    #[error("the body has to be application/json")]
    UnsupportedMediaType,
    #[error("the deployment refuses")]
    DeploymentRefused(CallError),
    #[error("the deployment can't be reached")]
    DeploymentUnreachable(CallError),
    #[error("the deployment does not answer")]
    DeploymentTimeout,
}

impl ApiError {
    /// The status, and a code for programs.
    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::InvalidBody(_) => (StatusCode::BAD_REQUEST, "invalid_body"),
            Self::InvalidSessionId => (StatusCode::BAD_REQUEST, "invalid_session_id"),
            Self::InvalidProperty { .. } => (StatusCode::BAD_REQUEST, "invalid_property"),
            Self::RefusedParameters { .. } => (StatusCode::BAD_REQUEST, "refused_parameters"),
            Self::BrokenBody => (StatusCode::BAD_REQUEST, "broken_body"),
            Self::NoSuchSession => (StatusCode::NOT_FOUND, "no_such_session"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::BodyTimeout => (StatusCode::REQUEST_TIMEOUT, "body_timeout"),
            Self::PayloadTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large"),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
            Self::DeploymentRefused(_) => (StatusCode::BAD_GATEWAY, "deployment_refused"),
            Self::DeploymentUnreachable(_) => (StatusCode::SERVICE_UNAVAILABLE, "deployment_unreachable"),
            Self::DeploymentTimeout => (StatusCode::GATEWAY_TIMEOUT, "deployment_timeout"),
        }
    }

    /// Tells the operator what pages don't see.
    fn log(&self) {
        match self {
            Self::DeploymentRefused(cause) | Self::DeploymentUnreachable(cause) => {
                let source = std::error::Error::source(cause).map(ToString::to_string);
                tracing::error!(source = source.as_deref(), "{cause}");
            }
            Self::DeploymentTimeout => tracing::error!("{self}"),
            _ => tracing::debug!("{self}"),
        }
    }
}

impl From<CallError> for ApiError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Timeout => Self::DeploymentTimeout,
            CallError::Unreachable(_) => Self::DeploymentUnreachable(error),
            CallError::Invalid { message } => Self::RefusedParameters { message },
            CallError::Unauthorized
            | CallError::Refused { .. }
            | CallError::BadAnswer(_)
            | CallError::TooLong => Self::DeploymentRefused(error),
        }
    }
}

impl From<ConnectError> for ApiError {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::NoSuchSession => Self::NoSuchSession,
            ConnectError::Call(error) => error.into(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.log();
        let (status, code) = self.kind();
        (
            status,
            Json(json!({ "error": code, "message": self.to_string() })),
        )
            .into_response()
    }
}
