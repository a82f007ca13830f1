use std::time::{SystemTime, UNIX_EPOCH};

use axum::{
    Json,
    extract::{Request, rejection::BytesRejection},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use openvidu_protocol::rest::ErrorBody;

use crate::{actor::Stopped, core::RestError};

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Refused(#[from] RestError),
    #[error(transparent)]
    Stopped(#[from] Stopped),
    #[error("the body can't be read")]
    Body(BytesRejection),
    #[error("the body is not what is expected: {0}")]
    Json(#[from] serde_json::Error),
    #[error("{0}")]
    NotImplemented(&'static str),
}

/// What the caller is told besides the status.
#[derive(Debug, Clone)]
struct Explanation(String);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let message = self.to_string();
        let (status, explanation) = match self {
            Self::Refused(RestError::BadRequest(_)) | Self::Json(_) => {
                (StatusCode::BAD_REQUEST, Some(message))
            }
            Self::Refused(RestError::NotFound) => (StatusCode::NOT_FOUND, None),
            Self::Refused(RestError::Conflict) => (StatusCode::CONFLICT, None),
            Self::Refused(RestError::NotAcceptable) => (StatusCode::NOT_ACCEPTABLE, None),
            Self::Refused(RestError::NotImplemented(_)) | Self::NotImplemented(_) => {
                (StatusCode::NOT_IMPLEMENTED, Some(message))
            }
            Self::Refused(RestError::Full) | Self::Stopped(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, Some(message))
            }
            Self::Body(rejection) => return rejection.into_response(),
        };
        let mut response = status.into_response();
        if let Some(explanation) = explanation {
            response.extensions_mut().insert(Explanation(explanation));
        }
        response
    }
}

/// Turns an explanation into the body that OpenVidu sends, which repeats the request's path.
pub(super) async fn explain(request: Request, next: Next) -> Response {
    // Below a nested router the path is cut; this is the whole.
    let whole = request
        .extensions()
        .get::<axum::extract::OriginalUri>()
        .map(|uri| uri.path().to_owned());
    let path = whole.unwrap_or_else(|| request.uri().path().to_owned());
    let response = next.run(request).await;
    let Some(Explanation(message)) = response.extensions().get::<Explanation>().cloned() else {
        return response;
    };
    let status = response.status();
    let timestamp = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    let body = ErrorBody {
        timestamp: u64::try_from(timestamp).unwrap_or(u64::MAX),
        status: status.as_u16(),
        error: status.canonical_reason().unwrap_or_default().to_owned(),
        message,
        path,
    };
    (status, Json(body)).into_response()
}

pub(super) async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}
