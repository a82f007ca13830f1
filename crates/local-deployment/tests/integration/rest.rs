use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::server::Server;

#[tokio::test]
async fn only_those_with_the_secret_come_in() {
    let server = Server::start().await;
    for path in ["/sessions", "/sessions/S", "/config", "/health", "/recordings"] {
        let refused = server.anonymous(Method::GET, path).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED, "{path}");
        assert!(
            refused.headers()[header::WWW_AUTHENTICATE]
                .to_str()
                .unwrap()
                .starts_with("Basic")
        );
        for (user, password) in [
            ("OPENVIDUAPP", "wrong"),
            ("OPENVIDUAPP", ""),
            ("root", crate::server::SECRET),
        ] {
            let request = server
                .anonymous(Method::GET, path)
                .basic_auth(user, Some(password));
            assert_eq!(
                request.send().await.unwrap().status(),
                StatusCode::UNAUTHORIZED,
                "{user}:{password}"
            );
        }
    }
    for value in ["Basic", "Basic !!!", "Bearer abc", "Basic T1BFTlZJRFVBUFA="] {
        let request = server
            .anonymous(Method::GET, "/sessions")
            .header(header::AUTHORIZATION, value);
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::UNAUTHORIZED,
            "{value}"
        );
    }
    let open = server
        .anonymous(Method::GET, "/config/openvidu-publicurl")
        .send()
        .await
        .unwrap();
    assert_eq!(
        open.text().await.unwrap(),
        format!("http://localhost:{}/", server.address.port())
    );
}

#[tokio::test]
async fn a_page_may_call_the_api_itself() {
    let server = Server::start().await;
    let preflight = server
        .anonymous(Method::OPTIONS, "/sessions")
        .header(header::ORIGIN, "http://elsewhere")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(
            header::ACCESS_CONTROL_REQUEST_HEADERS,
            "authorization,content-type",
        );
    let response = preflight.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert_eq!(
        response.headers()[header::ACCESS_CONTROL_ALLOW_HEADERS],
        "authorization,content-type"
    );
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_METHODS], "POST");
    let request = server
        .anonymous(Method::GET, "/sessions")
        .header(header::ORIGIN, "http://elsewhere");
    let refused = request.send().await.unwrap();
    assert_eq!(
        refused.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN],
        "*",
        "a page must be able to read the 401"
    );
}

#[tokio::test]
async fn sessions_live_and_die() {
    let server = Server::start().await;
    let body = json!({"customSessionId": "S"});
    let made = server.post("/sessions", &body).await;
    assert_eq!(made.status(), StatusCode::OK);
    let made: Value = made.json().await.unwrap();
    assert_eq!(made["sessionId"], "S");
    assert_eq!(
        server.post("/sessions", &body).await.status(),
        StatusCode::CONFLICT
    );
    let read: Value = server
        .get("/sessions/S?pendingConnections=true")
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(read, made);
    let listed: Value = server.get("/sessions").await.json().await.unwrap();
    assert_eq!(listed["numberOfElements"], 1);
    assert_eq!(server.delete("/sessions/S").await, StatusCode::NO_CONTENT);
    assert_eq!(server.delete("/sessions/S").await, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/sessions/S").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        server.post("/sessions", &body).await.status(),
        StatusCode::OK,
        "the id is free again"
    );
}

#[tokio::test]
async fn each_failure_has_its_status() {
    let server = Server::start().await;
    server.token("S").await;
    for (method, path, status) in [
        (Method::GET, "/sessions/none", 404),
        (Method::GET, "/sessions/none/connection", 404),
        (Method::POST, "/sessions/none/connection", 404),
        (Method::GET, "/sessions/none/connection/con_X", 400),
        (Method::GET, "/sessions/S/connection/con_X", 404),
        (Method::DELETE, "/sessions/none/connection/con_X", 400),
        (Method::DELETE, "/sessions/S/connection/con_X", 404),
        (Method::PATCH, "/sessions/S/connection/con_X", 404),
        (Method::DELETE, "/sessions/none/stream/str_X", 400),
        (Method::DELETE, "/sessions/S/stream/str_X", 404),
        (Method::PUT, "/sessions", 405),
        (Method::GET, "/signal", 405),
        (Method::GET, "/nonsense", 404),
        (Method::GET, "/recordings", 501),
        (Method::POST, "/recordings/start", 501),
        (Method::POST, "/recordings/stop/S", 501),
        (Method::DELETE, "/recordings/S", 501),
        (Method::POST, "/broadcast/start", 501),
        (Method::GET, "/health", 200),
    ] {
        let response = server.request(method.clone(), path).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{method} {path}");
    }
    let signal = |session: &str| json!({"session": session, "type": "signal:t", "data": "d"});
    assert_eq!(
        server.post("/signal", &signal("none")).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        server.post("/signal", &signal("S")).await.status(),
        StatusCode::NOT_ACCEPTABLE
    );
}

#[tokio::test]
async fn a_bad_request_is_explained() {
    let server = Server::start().await;
    for (path, body, word) in [
        ("/sessions", "{", "body"),
        ("/sessions", "[]", "body"),
        ("/sessions", r#"{"mediaMode":7}"#, "string"),
        (
            "/sessions",
            r#"{"customSessionId":"not allowed"}"#,
            "customSessionId",
        ),
        ("/signal", "{}", "session"),
        ("/tokens", "{}", "session"),
    ] {
        let response = server
            .request(Method::POST, path)
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{body}");
        let explained: Value = response.json().await.unwrap();
        assert_eq!(explained["status"], 400);
        assert_eq!(explained["error"], "Bad Request");
        assert_eq!(explained["path"], format!("/openvidu/api{path}"));
        assert!(explained["timestamp"].is_u64());
        assert!(
            explained["message"].as_str().unwrap().contains(word),
            "{explained}"
        );
    }
    let large = "x".repeat(200_000);
    let response = server
        .request(Method::POST, "/sessions")
        .body(large)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn bodies_are_read_whatever_they_are_called() {
    let server = Server::start().await;
    for (content_type, body) in [
        ("application/x-www-form-urlencoded", ""),
        ("application/x-www-form-urlencoded", r#"{"role":"SUBSCRIBER"}"#),
        ("application/json", "{}"),
        ("application/json", r#"{"role":null,"data":null,"unknown":1}"#),
    ] {
        server.post("/sessions", &json!({"customSessionId": "S"})).await;
        let request = server.request(Method::POST, "/sessions/S/connection");
        let response = request
            .header(header::CONTENT_TYPE, content_type)
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{content_type} {body}");
    }
}

#[tokio::test]
async fn the_configuration_is_told() {
    let server = Server::start().await;
    let config: Value = server.get("/config").await.json().await.unwrap();
    assert_eq!(config["VERSION"], "2.32.2");
    assert_eq!(config["DOMAIN_OR_PUBLIC_IP"], "localhost");
    assert_eq!(config["HTTPS_PORT"], server.address.port());
    assert_eq!(config["OPENVIDU_STREAMS_FORCED_VIDEO_CODEC"], "VP8");
    assert_eq!(config["OPENVIDU_RECORDING"], false);
    assert_eq!(
        server.get("/config/openvidu-version").await.text().await.unwrap(),
        "2.32.2"
    );
    assert_eq!(
        server
            .get("/config/openvidu-recording")
            .await
            .text()
            .await
            .unwrap(),
        "false"
    );
}

#[tokio::test]
async fn nobody_is_served_after_the_end() {
    let server = Server::start().await;
    let url = format!("http://{}/openvidu/api/sessions", server.address);
    let http = server.http.clone();
    server.deployment.shutdown().await;
    let request = http
        .get(url)
        .basic_auth("OPENVIDUAPP", Some(crate::server::SECRET));
    assert_eq!(
        request.send().await.unwrap().status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[tokio::test]
async fn a_configuration_that_can_not_work_is_refused() {
    use local_deployment::{Config, LocalDeployment, StartError};
    let start = |secret: &str, url: &str| LocalDeployment::start(Config::new(secret, url));
    assert!(matches!(
        start("S", "localhost:5000").await,
        Err(StartError::PublicUrl { .. })
    ));
    assert!(matches!(
        start("S", "http://[::1]:5000").await,
        Err(StartError::PublicUrl { .. })
    ));
    assert!(matches!(
        start("", "http://localhost").await,
        Err(StartError::Secret)
    ));
    assert!(matches!(
        start("a b", "http://localhost").await,
        Err(StartError::Secret)
    ));
    let server = Server::start().await;
    let mut config = Config::new("S", "http://localhost");
    config.media_port = server.deployment.media_addresses()[0].port();
    config.media_addresses = vec![server.deployment.media_addresses()[0].ip()];
    assert!(!format!("{:?}", Config::new("MY_SECRET", "http://localhost")).contains("MY_SECRET"));
    assert!(
        matches!(
            LocalDeployment::start(config).await,
            Err(StartError::Media { .. })
        ),
        "the port is taken"
    );
}
