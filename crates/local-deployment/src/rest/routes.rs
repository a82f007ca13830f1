use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{any, delete, get, post},
};
use openvidu_protocol::{
    ConnectionId, SessionId, StreamId,
    rest::{ConnectionProperties, ConnectionUpdate, SessionProperties, Signal, TokenProperties},
};
use serde::Deserialize;

use super::{Rest, body::JsonBody, config, failure::Failure};
use crate::core::{RestAnswer, RestCall};

type Answered = Result<Response, Failure>;

/// Which connections to list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listing {
    pending_connections: Option<bool>,
}

pub(super) fn authenticated() -> Router<Rest> {
    Router::new()
        .route("/sessions", get(list_sessions).post(create_session))
        .route("/sessions/{session}", get(get_session).delete(delete_session))
        .route(
            "/sessions/{session}/connection",
            get(list_connections).post(create_connection),
        )
        .route(
            "/sessions/{session}/connection/{connection}",
            get(get_connection)
                .patch(update_connection)
                .delete(delete_connection),
        )
        .route("/sessions/{session}/stream/{stream}", delete(delete_stream))
        .route("/signal", post(signal))
        .route("/tokens", post(create_token))
        .route("/recordings", any(no_recording))
        .route("/recordings/{*rest}", any(no_recording))
        .route("/broadcast/{*rest}", any(no_broadcast))
        .route("/config", get(config::whole))
        .route("/config/openvidu-version", get(config::version))
        .route("/config/openvidu-recording", get(config::off))
        .route("/config/openvidu-cdr", get(config::off))
        .route("/health", get(health))
}

/// Routes that need no credentials.
pub(super) fn open() -> Router<Rest> {
    Router::new().route("/config/openvidu-publicurl", get(config::public_url))
}

async fn list_sessions(State(rest): State<Rest>, Query(query): Query<Listing>) -> Answered {
    let pending = query.pending_connections.unwrap_or(false);
    call(&rest, RestCall::ListSessions { pending }).await
}

async fn create_session(
    State(rest): State<Rest>,
    JsonBody(properties): JsonBody<SessionProperties>,
) -> Answered {
    call(&rest, RestCall::CreateSession(properties)).await
}

async fn get_session(
    State(rest): State<Rest>,
    Path(session): Path<SessionId>,
    Query(query): Query<Listing>,
) -> Answered {
    let pending = query.pending_connections.unwrap_or(false);
    call(&rest, RestCall::GetSession { session, pending }).await
}

async fn delete_session(State(rest): State<Rest>, Path(session): Path<SessionId>) -> Answered {
    call(&rest, RestCall::DeleteSession { session }).await
}

async fn create_connection(
    State(rest): State<Rest>,
    Path(session): Path<SessionId>,
    JsonBody(properties): JsonBody<ConnectionProperties>,
) -> Answered {
    call(&rest, RestCall::CreateConnection { session, properties }).await
}

async fn list_connections(
    State(rest): State<Rest>,
    Path(session): Path<SessionId>,
    Query(query): Query<Listing>,
) -> Answered {
    let pending = query.pending_connections.unwrap_or(true);
    call(&rest, RestCall::ListConnections { session, pending }).await
}

async fn get_connection(
    State(rest): State<Rest>,
    Path((session, connection)): Path<(SessionId, ConnectionId)>,
) -> Answered {
    call(&rest, RestCall::GetConnection { session, connection }).await
}

async fn update_connection(
    State(rest): State<Rest>,
    Path((session, connection)): Path<(SessionId, ConnectionId)>,
    JsonBody(update): JsonBody<ConnectionUpdate>,
) -> Answered {
    call(
        &rest,
        RestCall::UpdateConnection {
            session,
            connection,
            update,
        },
    )
    .await
}

async fn delete_connection(
    State(rest): State<Rest>,
    Path((session, connection)): Path<(SessionId, ConnectionId)>,
) -> Answered {
    call(&rest, RestCall::DeleteConnection { session, connection }).await
}

async fn delete_stream(
    State(rest): State<Rest>,
    Path((session, stream)): Path<(SessionId, StreamId)>,
) -> Answered {
    call(&rest, RestCall::DeleteStream { session, stream }).await
}

async fn signal(State(rest): State<Rest>, JsonBody(signal): JsonBody<Signal>) -> Answered {
    call(&rest, RestCall::Signal(signal)).await
}

async fn create_token(State(rest): State<Rest>, JsonBody(properties): JsonBody<TokenProperties>) -> Answered {
    call(&rest, RestCall::CreateToken(properties)).await
}

async fn no_recording() -> Failure {
    Failure::NotImplemented("Recording is not available in this deployment")
}

async fn no_broadcast() -> Failure {
    Failure::NotImplemented("Broadcasting is not part of this edition")
}

async fn health() -> Response {
    Json(serde_json::json!({ "status": "UP" })).into_response()
}

async fn call(rest: &Rest, call: RestCall) -> Answered {
    Ok(match rest.handle.rest(call).await?? {
        RestAnswer::Session(session) => Json(session).into_response(),
        RestAnswer::Sessions(sessions) => Json(sessions).into_response(),
        RestAnswer::Connection(connection) => Json(connection).into_response(),
        RestAnswer::Connections(connections) => Json(connections).into_response(),
        RestAnswer::Token(token) => Json(token).into_response(),
        RestAnswer::Done => StatusCode::OK.into_response(),
        RestAnswer::Deleted => StatusCode::NO_CONTENT.into_response(),
    })
}
