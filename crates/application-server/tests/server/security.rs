//! Headers that make browsers stricter.

use std::sync::Arc;

use application_server::{AppConfig, ContentSecurityPolicy, Deployment, app};
use axum::Router;

use crate::common::{address, get};

fn server(policy: ContentSecurityPolicy, https: bool) -> Router {
    let config = AppConfig {
        static_files: None::<Arc<_>>,
        policy,
        https,
    };
    app(
        config,
        Some(Deployment::new(address("http://127.0.0.1:1")).unwrap()),
    )
}

#[tokio::test]
async fn every_answer_has_them() {
    let server = server(ContentSecurityPolicy::own_origin(), false);
    for path in ["/", "/missing.js", "/api/nothing", "/api/sessions"] {
        let answer = get(&server, path, &[]).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            answer.header("permissions-policy").contains("camera=(self)"),
            "{path}"
        );
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';"), "{path}");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "no inline script: {path}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    }
}

#[tokio::test]
async fn only_https_is_promised_to_stay_so() {
    let plain = get(&server(ContentSecurityPolicy::own_origin(), false), "/", &[]).await;
    assert_eq!(plain.header("strict-transport-security"), "");
    let secure = get(&server(ContentSecurityPolicy::own_origin(), true), "/", &[]).await;
    assert_eq!(secure.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn the_page_may_reach_a_deployment_that_becomes_known_later() {
    let policy = ContentSecurityPolicy::own_origin();
    let server = server(policy.clone(), false);
    policy.allow_deployment("https://media.example.org:4443/");
    let answer = get(&server, "/", &[]).await;
    let sources = answer
        .header("content-security-policy")
        .split("connect-src ")
        .nth(1);
    assert_eq!(
        sources,
        Some("'self' wss://media.example.org:4443 https://media.example.org:4443")
    );
}
