//! Headers that make browsers stricter than they are by themselves.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::ContentSecurityPolicy;

/// The same for every answer. The page itself uses camera, microphone and screen; nothing embedded in it may.
const FIXED: [(HeaderName, HeaderValue); 4] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), autoplay=(self), \
             geolocation=(), payment=(), usb=()",
        ),
    ),
];

/// A year, as browsers ask for.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// What the headers depend on.
#[derive(Debug, Clone)]
pub(crate) struct SecurityHeaders {
    pub(crate) policy: ContentSecurityPolicy,
    /// Whether browsers reach this server over HTTPS.
    pub(crate) https: bool,
}

/// Adds the headers to every answer.
pub(crate) async fn add(State(headers): State<SecurityHeaders>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let answer = response.headers_mut();
    for (name, value) in FIXED {
        answer.insert(name, value);
    }
    answer.insert(header::CONTENT_SECURITY_POLICY, headers.policy.header());
    if headers.https {
        answer.insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}
