//! With the embedded deployment, as the program has it: one listener for both.

use application_server::{AppConfig, ContentSecurityPolicy, Deployment, app};
use local_deployment::{Config, LocalDeployment};
use openvidu_protocol::{
    SessionId,
    rest::{Connection, ConnectionProperties, ConnectionStatus, List, USER},
    token::Token,
};
use serde_json::json;
use tokio::net::TcpListener;

use crate::common::{SECRET, address};

#[tokio::test]
async fn a_token_of_the_page_is_a_pending_connection_of_the_deployment() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let embedded = LocalDeployment::start(Config::new(SECRET, url.as_str()))
        .await
        .unwrap();
    let config = AppConfig {
        static_files: None,
        policy: ContentSecurityPolicy::own_origin(),
        https: false,
    };
    let deployment = Deployment::new(address(&url)).unwrap();
    let router = app(config, Some(deployment.clone())).merge(embedded.router());
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });

    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let health = http.get(format!("{url}/api/health")).send().await.unwrap();
    assert_eq!(health.status(), 200);

    let session = json!({ "customSessionId": "SessionA" });
    for _ in 0..2 {
        let answer = http
            .post(format!("{url}/api/sessions"))
            .json(&session)
            .send()
            .await
            .unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.text().await.unwrap().as_str()),
            (200, "SessionA")
        );
    }
    let connections = format!("{url}/api/sessions/SessionA/connections");
    let properties = json!({ "role": "SUBSCRIBER", "data": "server data" });
    let token = http
        .post(connections)
        .json(&properties)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let parsed: Token = token.parse().unwrap();
    assert_eq!(parsed.session_id.as_str(), "SessionA");
    assert_eq!(format!("http://{}", parsed.origin.authority()), url);

    let list = http
        .get(format!("{url}/openvidu/api/sessions/SessionA/connection"))
        .basic_auth(USER, Some(SECRET));
    let list: List<Connection> = list.send().await.unwrap().json().await.unwrap();
    let [connection] = list.content.as_slice() else {
        panic!("{list:?}")
    };
    assert_eq!(connection.status, ConnectionStatus::Pending);
    assert_eq!(connection.token.as_deref(), Some(token.as_str()));
    assert_eq!(connection.server_data.as_deref(), Some("server data"));
    assert_eq!(
        connection.role.as_ref().map(|role| role.as_str()),
        Some("SUBSCRIBER")
    );

    // A session that nobody opened.
    let unknown = format!("{url}/api/sessions/SessionB/connections");
    assert_eq!(http.post(unknown).send().await.unwrap().status(), 404);
    // One that has ended is forgotten at once, and can be opened again.
    let session = format!("{url}/openvidu/api/sessions/SessionA");
    assert_eq!(
        http.delete(session)
            .basic_auth(USER, Some(SECRET))
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
    let id = SessionId::new("SessionA");
    let ended = deployment
        .create_connection(&id, &ConnectionProperties::default())
        .await;
    assert!(
        matches!(ended, Err(application_server::ConnectError::NoSuchSession)),
        "{ended:?}"
    );

    serving.abort();
    embedded.shutdown().await;
}
