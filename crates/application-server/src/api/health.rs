//! Whether calls can work at all.

use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};

use crate::{CallError, Deployment};

/// Asks the deployment. 200 if it answers and takes the secret, else 503 and in a word why not.
pub(super) async fn health(State(deployment): State<Deployment>) -> (StatusCode, Json<Value>) {
    match deployment.status().await {
        Ok(status) => {
            let body = json!({ "status": "ok", "deployment": { "status": "up", "version": status.version } });
            (StatusCode::OK, Json(body))
        }
        Err(error) => {
            tracing::warn!("{error}");
            let reason = match error {
                CallError::Unreachable(_) => "unreachable",
                CallError::Timeout => "timeout",
                CallError::Unauthorized => "unauthorized",
                CallError::Invalid { .. }
                | CallError::Refused { .. }
                | CallError::BadAnswer(_)
                | CallError::TooLong => "unexpected_answer",
            };
            let body =
                json!({ "status": "unavailable", "deployment": { "status": "down", "reason": reason } });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body))
        }
    }
}
