//! The contract of OpenVidu's tutorial back ends, and two calls of our own.
//!
//! | request | answer |
//! | --- | --- |
//! | `POST /api/sessions`, `{"customSessionId": …}` | the session's id as text; a session that is open already is a success |
//! | `POST /api/sessions/{id}/connections`, `{}` | a token as text; 404 if the session is not open |
//! | `POST /api/tokens`, `{"customSessionId": …}` | both in one round trip: a token as text |
//! | `GET /api/health` | as JSON, whether the deployment answers |
//!
//! Failures are JSON: `{"error": <code>, "message": <text>}`.

mod body;
mod error;
mod health;
mod validation;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderValue, Method, header},
    routing::{get, post},
};
use openvidu_protocol::{
    SessionId,
    rest::{ConnectionProperties, SessionProperties},
};
use tower_http::{
    cors::{Any, CorsLayer},
    set_header::SetResponseHeaderLayer,
};

use self::{body::Body, error::ApiError};
use crate::{ConnectError, Deployment};

/// Bytes of a request's body.
const LARGEST_BODY: usize = 64 * 1024;

/// Everything below `/api`. Pages of any origin may call it, as with the tutorials' back ends.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(deployment: Deployment) -> Router<S> {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE]);
    Router::new()
        .route("/sessions", post(create_session))
        .route("/sessions/{session}/connections", post(create_connection))
        .route("/tokens", post(create_token))
        .route("/health", get(health::health))
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .fallback(async || ApiError::NotFound)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .layer(cors)
        .with_state(deployment)
}

async fn create_session(
    State(deployment): State<Deployment>,
    Body(properties): Body<SessionProperties>,
) -> Result<String, ApiError> {
    let properties = validation::session(properties)?;
    let session = deployment.create_session(&properties).await?;
    Ok(session.as_str().to_owned())
}

async fn create_connection(
    State(deployment): State<Deployment>,
    Path(session): Path<String>,
    Body(properties): Body<ConnectionProperties>,
) -> Result<String, ApiError> {
    let session = validation::session_id(SessionId::new(session))?;
    let properties = validation::connection(properties)?;
    Ok(deployment
        .create_connection(&session, &properties)
        .await?
        .into_text())
}

async fn create_token(
    State(deployment): State<Deployment>,
    Body(properties): Body<SessionProperties>,
) -> Result<String, ApiError> {
    let properties = validation::session(properties)?;
    let connection = ConnectionProperties::default();
    let session = deployment.create_session(&properties).await?;
    match deployment.create_connection(&session, &connection).await {
        // It ended between the two calls: the next one is a new one.
        Err(ConnectError::NoSuchSession) => {
            let session = deployment.create_session(&properties).await?;
            Ok(deployment
                .create_connection(&session, &connection)
                .await?
                .into_text())
        }
        result => Ok(result?.into_text()),
    }
}
