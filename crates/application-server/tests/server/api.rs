//! The tutorials' contract, whatever the deployment does.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::{Request, StatusCode};
use serde_json::json;
use tokio::net::TcpListener;

use crate::{
    common::{SECRET, address, api, get, post, send},
    fake_deployment::{FakeDeployment, Reply},
};

const SESSION: &str = r#"{"id":"SessionA","object":"session","unknown":[1]}"#;
const CONNECTION: &str = r#"{"id":"con_1","token":"ws://localhost:4443?sessionId=SessionA&token=tok_A"}"#;
const TOKEN: &str = "ws://localhost:4443?sessionId=SessionA&token=tok_A";

#[tokio::test]
async fn a_session_is_opened_and_its_id_is_the_plain_answer() {
    let deployment = FakeDeployment::always(StatusCode::OK, SESSION).await;
    let answer = post(
        &api(address(&deployment.url)),
        "/api/sessions",
        r#"{"customSessionId":"SessionA"}"#,
    )
    .await;
    assert_eq!((answer.status, answer.text()), (StatusCode::OK, "SessionA"));
    assert!(answer.header("content-type").starts_with("text/plain"));
    let call = (
        "POST /openvidu/api/sessions".to_owned(),
        json!({ "customSessionId": "SessionA" }),
    );
    assert_eq!(deployment.calls(), [call]);
}

#[tokio::test]
async fn a_slash_at_the_end_of_the_url_makes_no_difference() {
    let deployment = FakeDeployment::always(StatusCode::OK, SESSION).await;
    let answer = post(
        &api(address(&format!("{}/", deployment.url))),
        "/api/sessions",
        "",
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(deployment.calls()[0].0, "POST /openvidu/api/sessions");
}

#[tokio::test]
async fn a_session_that_is_open_already_is_a_success() {
    let deployment = FakeDeployment::always(StatusCode::CONFLICT, "").await;
    let answer = post(
        &api(address(&deployment.url)),
        "/api/sessions",
        r#"{"customSessionId":"SessionA"}"#,
    )
    .await;
    assert_eq!((answer.status, answer.text()), (StatusCode::OK, "SessionA"));
}

#[tokio::test]
async fn a_session_without_a_name_gets_one_from_the_deployment() {
    for body in [
        "",
        "{}",
        r#"{"customSessionId":""}"#,
        r#"{"customSessionId":null}"#,
    ] {
        let deployment = FakeDeployment::always(StatusCode::OK, r#"{"id":"ses_1"}"#).await;
        let answer = post(&api(address(&deployment.url)), "/api/sessions", body).await;
        assert_eq!(
            (answer.status, answer.text()),
            (StatusCode::OK, "ses_1"),
            "{body}"
        );
        assert_eq!(deployment.calls()[0].1, json!({}), "{body}");
    }
}

#[tokio::test]
async fn a_connection_is_made_and_its_token_is_the_plain_answer() {
    let deployment = FakeDeployment::always(StatusCode::OK, CONNECTION).await;
    let body = r#"{"role":"SUBSCRIBER","data":"server data","rtspUri":"rtsp://somewhere"}"#;
    let answer = post(
        &api(address(&deployment.url)),
        "/api/sessions/SessionA/connections",
        body,
    )
    .await;
    assert_eq!((answer.status, answer.text()), (StatusCode::OK, TOKEN));
    assert!(answer.header("content-type").starts_with("text/plain"));
    let (call, body) = deployment.calls().remove(0);
    assert_eq!(call, "POST /openvidu/api/sessions/SessionA/connection");
    assert_eq!(body["role"], "SUBSCRIBER");
    assert_eq!(body["data"], "server data");
    assert_eq!(
        body["rtspUri"],
        json!(null),
        "only what is understood is passed on"
    );
}

#[tokio::test]
async fn a_connection_to_a_session_that_ended_is_not_found() {
    let deployment = FakeDeployment::always(StatusCode::NOT_FOUND, "").await;
    let answer = post(
        &api(address(&deployment.url)),
        "/api/sessions/SessionA/connections",
        "{}",
    )
    .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.json()["error"], "no_such_session");
}

#[tokio::test]
async fn a_token_takes_one_round_trip() {
    let deployment = FakeDeployment::start(|call| match call {
        "POST /openvidu/api/sessions" => Reply::With(StatusCode::CONFLICT, ""),
        _ => Reply::With(StatusCode::OK, CONNECTION),
    })
    .await;
    let answer = post(
        &api(address(&deployment.url)),
        "/api/tokens",
        r#"{"customSessionId":"SessionA"}"#,
    )
    .await;
    assert_eq!((answer.status, answer.text()), (StatusCode::OK, TOKEN));
}

#[tokio::test]
async fn a_token_for_a_session_that_ends_meanwhile_opens_it_again() {
    let connections = AtomicUsize::new(0);
    let deployment = FakeDeployment::start(move |call| match call {
        "POST /openvidu/api/sessions" => Reply::With(StatusCode::OK, SESSION),
        _ if connections.fetch_add(1, Ordering::Relaxed) == 0 => Reply::With(StatusCode::NOT_FOUND, ""),
        _ => Reply::With(StatusCode::OK, CONNECTION),
    })
    .await;
    let answer = post(
        &api(address(&deployment.url)),
        "/api/tokens",
        r#"{"customSessionId":"SessionA"}"#,
    )
    .await;
    assert_eq!((answer.status, answer.text()), (StatusCode::OK, TOKEN));
    assert_eq!(deployment.calls().len(), 4);
}

#[tokio::test]
async fn what_a_page_sends_is_checked_before_the_deployment_hears_of_it() {
    let deployment = FakeDeployment::always(StatusCode::OK, SESSION).await;
    let api = api(address(&deployment.url));
    let long = format!(r#"{{"customSessionId":"{}"}}"#, "a".repeat(257));
    let connections = "/api/sessions/SessionA/connections";
    for (path, body, code) in [
        ("/api/sessions", "{", "invalid_body"),
        ("/api/sessions", "[]", "invalid_body"),
        ("/api/sessions", r#"{"customSessionId":7}"#, "invalid_body"),
        (
            "/api/sessions",
            r#"{"customSessionId":"a b"}"#,
            "invalid_session_id",
        ),
        (
            "/api/sessions",
            r#"{"customSessionId":"../config"}"#,
            "invalid_session_id",
        ),
        ("/api/sessions", &long, "invalid_session_id"),
        ("/api/sessions", r#"{"mediaMode":"SOMEHOW"}"#, "invalid_property"),
        (
            "/api/sessions",
            r#"{"forcedVideoCodec":"H999"}"#,
            "invalid_property",
        ),
        (
            "/api/tokens",
            r#"{"customSessionId":"a/b"}"#,
            "invalid_session_id",
        ),
        ("/api/sessions/a%2Fb/connections", "{}", "invalid_session_id"),
        ("/api/sessions/a%20b/connections", "{}", "invalid_session_id"),
        (connections, r#"{"role":"KING"}"#, "invalid_property"),
        (connections, r#"{"type":"IPCAM"}"#, "invalid_property"),
        (connections, r#"{"data":{}}"#, "invalid_body"),
    ] {
        let answer = post(&api, path, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}");
        assert_eq!(answer.json()["error"], code, "{path} {body}");
        assert!(
            answer.json()["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty())
        );
    }
    assert_eq!(deployment.calls(), []);
}

#[tokio::test]
async fn a_body_has_a_type_and_a_largest_size() {
    let deployment = FakeDeployment::always(StatusCode::OK, SESSION).await;
    let api = api(address(&deployment.url));
    let answer = send(
        &api,
        Request::post("/api/sessions").header("content-type", "text/plain"),
        "{}",
    )
    .await;
    assert_eq!(
        (answer.status, &answer.json()["error"]),
        (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            &json!("unsupported_media_type")
        )
    );

    let large = format!(r#"{{"data":"{}"}}"#, "a".repeat(64 * 1024));
    let answer = post(&api, "/api/sessions/SessionA/connections", &large).await;
    assert_eq!(
        (answer.status, &answer.json()["error"]),
        (StatusCode::PAYLOAD_TOO_LARGE, &json!("payload_too_large"))
    );
    assert_eq!(deployment.calls(), []);
}

#[tokio::test]
async fn what_the_deployment_does_wrong_is_not_the_pages_fault() {
    for (status, body, expected, code) in [
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            "",
            StatusCode::BAD_GATEWAY,
            "deployment_refused",
        ),
        (
            StatusCode::UNAUTHORIZED,
            "",
            StatusCode::BAD_GATEWAY,
            "deployment_refused",
        ),
        (
            StatusCode::FOUND,
            "",
            StatusCode::BAD_GATEWAY,
            "deployment_refused",
        ),
        (
            StatusCode::OK,
            "not JSON",
            StatusCode::BAD_GATEWAY,
            "deployment_refused",
        ),
        (
            StatusCode::OK,
            "{}",
            StatusCode::BAD_GATEWAY,
            "deployment_refused",
        ),
        (
            StatusCode::BAD_REQUEST,
            "",
            StatusCode::BAD_REQUEST,
            "refused_parameters",
        ),
    ] {
        let deployment = FakeDeployment::always(status, body).await;
        let api = api(address(&deployment.url));
        for path in ["/api/sessions", "/api/sessions/SessionA/connections"] {
            let answer = post(&api, path, "{}").await;
            assert_eq!(
                (answer.status, &answer.json()["error"]),
                (expected, &json!(code)),
                "{status} {body}"
            );
        }
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let endless: &'static str =
        Box::leak(format!(r#"{{"id":"{}"}}"#, "a".repeat(2 * 1024 * 1024)).into_boxed_str());
    let deployment = FakeDeployment::always(StatusCode::OK, endless).await;
    let answer = post(&api(address(&deployment.url)), "/api/sessions", "{}").await;
    assert_eq!(answer.json()["error"], "deployment_refused");
}

#[tokio::test]
async fn a_deployment_that_is_gone_is_told_from_one_that_is_silent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let answer = post(&api(address(&gone)), "/api/sessions", "{}").await;
    assert_eq!(
        (answer.status, &answer.json()["error"]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!("deployment_unreachable"))
    );

    let silent = FakeDeployment::start(|_| Reply::Never).await;
    let answer = post(&api(address(&silent.url)), "/api/sessions", "{}").await;
    assert_eq!(
        (answer.status, &answer.json()["error"]),
        (StatusCode::GATEWAY_TIMEOUT, &json!("deployment_timeout"))
    );
}

#[tokio::test]
async fn health_says_whether_calls_can_work() {
    let up = FakeDeployment::always(
        StatusCode::OK,
        r#"{"VERSION":"2.32.2","OPENVIDU_PUBLICURL":"https://example.org/"}"#,
    )
    .await;
    let answer = get(&api(address(&up.url)), "/api/health", &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.json(),
        json!({ "status": "ok", "deployment": { "status": "up", "version": "2.32.2" } })
    );
    assert_eq!(answer.header("cache-control"), "no-store");

    let silent = FakeDeployment::start(|_| Reply::Never).await;
    let mut stranger = address(&up.url);
    stranger.secret = application_server::Secret::new("wrong");
    for (address, reason) in [(address(&silent.url), "timeout"), (stranger, "unauthorized")] {
        let answer = get(&api(address), "/api/health", &[]).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.json()["deployment"]["reason"], reason);
        assert!(!answer.text().contains(SECRET));
    }
}

#[tokio::test]
async fn pages_of_any_origin_may_call() {
    let api = api(address("http://127.0.0.1:1"));
    let preflight = Request::options("/api/sessions")
        .header("origin", "http://localhost:8080")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    let answer = send(&api, preflight, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(answer.header("access-control-allow-methods").contains("POST"));
    assert!(
        answer
            .header("access-control-allow-headers")
            .contains("content-type")
    );

    let answer = send(
        &api,
        Request::post("/api/sessions").header("origin", "http://localhost:8080"),
        "{",
    )
    .await;
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "*",
        "errors have to be readable too"
    );
}

#[tokio::test]
async fn unknown_paths_and_methods_are_errors_in_json() {
    let api = api(address("http://127.0.0.1:1"));
    let answer = get(&api, "/api/nothing", &[("accept", "text/html")]).await;
    assert_eq!(
        (answer.status, &answer.json()["error"]),
        (StatusCode::NOT_FOUND, &json!("not_found"))
    );
    let answer = get(&api, "/api/sessions", &[]).await;
    assert_eq!(
        (answer.status, &answer.json()["error"]),
        (StatusCode::METHOD_NOT_ALLOWED, &json!("method_not_allowed"))
    );
}
