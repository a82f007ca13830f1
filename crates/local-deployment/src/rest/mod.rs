//! The REST API `/openvidu/api`.

mod auth;
mod body;
mod config;
mod failure;
mod routes;

use std::sync::Arc;

use axum::{Router, extract::DefaultBodyLimit, middleware};
use openvidu_protocol::token::Origin;
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer};

use crate::{actor::Handle, core::Secret};

/// Bytes of a request body. The largest honest one is a signal.
const LARGEST_BODY: usize = 128 * 1024;

/// What REST calls share.
#[derive(Debug, Clone)]
pub(crate) struct Rest {
    pub(crate) handle: Handle,
    pub(crate) secret: Arc<Secret>,
    pub(crate) origin: Origin,
}

/// Everything below `/openvidu/api`.
pub(crate) fn router(rest: Rest) -> Router {
    // Some pages call the API themselves. A wildcard would not cover the header `Authorization`.
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::any())
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request());
    let api = routes::authenticated()
        .route_layer(middleware::from_fn_with_state(rest.clone(), auth::require))
        .merge(routes::open())
        .fallback(failure::not_found)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(failure::explain))
        .layer(cors)
        .with_state(rest);
    Router::new().nest("/openvidu/api", api)
}
