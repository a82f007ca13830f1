//! Everything as one router.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware,
    response::{IntoResponse as _, Response},
};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::{Level, Span};

use crate::{
    ContentSecurityPolicy, Deployment, StaticFiles, api,
    security_headers::{self, SecurityHeaders},
};

/// How the server presents itself.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// The application client; none for a server that only hands out tokens.
    pub static_files: Option<Arc<StaticFiles>>,
    /// What the page may load and whom it may talk to.
    pub policy: ContentSecurityPolicy,
    /// Whether browsers reach this server over HTTPS.
    pub https: bool,
}

/// The server: the application client, and `/api` in front of a deployment; none for a server whose page gets its
/// tokens elsewhere.
pub fn app(config: AppConfig, deployment: Option<Deployment>) -> Router {
    let AppConfig {
        static_files,
        policy,
        https,
    } = config;
    let router = match deployment {
        Some(deployment) => Router::new().nest("/api", api::router(deployment)),
        None => Router::new(),
    };
    router
        .fallback(serve_file)
        .with_state(static_files)
        .layer(middleware::from_fn_with_state(
            SecurityHeaders { policy, https },
            security_headers::add,
        ))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(DefaultOnResponse::new().level(Level::DEBUG))
                // Every failure is logged where it happens, with its reason.
                .on_failure(()),
        )
}

/// Method and path, never the query: tokens travel in queries.
fn span(request: &Request) -> Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}

async fn serve_file(State(files): State<Option<Arc<StaticFiles>>>, request: Request) -> Response {
    let Some(files) = files else {
        return (
            StatusCode::NOT_FOUND,
            "This server hands out tokens only; it serves no page.",
        )
            .into_response();
    };
    match *request.method() {
        Method::GET | Method::HEAD => files.serve(request.uri().path(), request.headers()),
        _ => (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response(),
    }
}
