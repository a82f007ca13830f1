//! Requests without a socket.

use std::{sync::Arc, time::Duration};

use application_server::{
    AppConfig, ContentSecurityPolicy, Deployment, DeploymentAddress, Secret, ServerCertificates, StaticFiles,
    app,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, request::Builder},
};
use serde_json::Value;
use tower::ServiceExt as _;

/// The secret of every deployment here.
pub(crate) const SECRET: &str = "a-secret";

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A header's value, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Where a deployment is. Calls time out soon, so that a test of that does not take long.
pub(crate) fn address(url: &str) -> DeploymentAddress {
    DeploymentAddress {
        url: url.to_owned(),
        secret: Secret::new(SECRET),
        certificates: ServerCertificates::Verified,
        embedded: true,
        timeout: Duration::from_secs(1),
    }
}

/// A server without a page, in front of a deployment.
pub(crate) fn api(deployment: DeploymentAddress) -> Router {
    server(None, deployment)
}

/// A server with a page, and a deployment that nobody asks.
pub(crate) fn page(files: StaticFiles) -> Router {
    server(Some(files), address("http://127.0.0.1:1"))
}

fn server(files: Option<StaticFiles>, deployment: DeploymentAddress) -> Router {
    let config = AppConfig {
        static_files: files.map(Arc::new),
        policy: ContentSecurityPolicy::own_origin(),
        https: false,
    };
    app(config, Some(Deployment::new(deployment).unwrap()))
}

/// Sends a request.
pub(crate) async fn send(router: &Router, request: Builder, body: impl Into<Body>) -> Answer {
    let response = router
        .clone()
        .oneshot(request.body(body.into()).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

/// Asks for something, with these headers.
pub(crate) async fn get(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| {
        request.header(*name, *value)
    });
    send(router, request, Body::empty()).await
}

/// Posts JSON.
pub(crate) async fn post(router: &Router, path: &str, body: &str) -> Answer {
    send(
        router,
        Request::post(path).header("content-type", "application/json"),
        body.to_owned(),
    )
    .await
}
