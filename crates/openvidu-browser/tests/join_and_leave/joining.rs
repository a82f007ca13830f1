//! Joining, and all that can become of it.

use openvidu_browser::{ConnectError, SessionEvent};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::a_while_later;
use crate::page::*;
use crate::until::until;

#[wasm_bindgen_test]
async fn joining_tells_of_everybody_first() {
    let openvidu = openvidu().await;
    add_other("con_1", "str_1", r#"{"clientData":"Ana"}%/%srv"#);
    let session = openvidu.init_session().expect("first session");
    let (events, _subscriptions) = record(&session);

    session
        .connect(&token(), r#"{"clientData":"Me"}"#, 5_000)
        .await
        .expect("joins");

    let names: Vec<_> = events
        .take()
        .into_iter()
        .map(|event| match event {
            SessionEvent::ConnectionCreated { connection, .. } => {
                format!("connection {:?}", connection.data().display_name())
            }
            SessionEvent::StreamCreated { id, .. } => format!("stream {id}"),
            other => panic!("unexpected: {other:?}"),
        })
        .collect();
    assert_eq!(
        names,
        [
            r#"connection Some("Me")"#,
            r#"connection Some("Ana")"#,
            "stream str_1"
        ]
    );
    let request = last("joinRoom").expect("sent");
    assert!(
        request.contains(r#""metadata":"{\"clientData\":\"Me\"}""#) && request.contains("tok_secret"),
        "{request}"
    );
    assert_eq!(session.connection().expect("connected").id().as_str(), "con_me");
    assert!(session.capabilities().expect("joined").publish);
    assert_eq!(session.id().expect("joined").as_str(), "S");
    assert!(is_ours(), "the page's WebSocket is in its place");
    assert!(
        openvidu
            .version()
            .is_some_and(|version| version.starts_with("2."))
    );
}

#[wasm_bindgen_test]
async fn a_refused_join_closes_its_socket() {
    let openvidu = openvidu().await;
    refuse("joinRoom", 401, "Token wss://h?token=tok_secret is not valid");
    let session = openvidu.init_session().expect("first session");
    let result = session.connect(&token(), "me", 5_000).await;
    assert_eq!(
        result,
        Err(ConnectError::Refused {
            code: 401,
            message: "Token wss://h?token=… is not valid".into()
        })
    );
    until("the socket is closed", || open_sockets() == 0).await;
    assert_eq!((open_attempts(), session.connection()), (1, None));
}

#[wasm_bindgen_test]
async fn a_malformed_token_is_told() {
    let openvidu = openvidu().await;
    let session = openvidu.init_session().expect("first session");
    assert_eq!(
        session.connect("nonsense", "me", 5_000).await,
        Err(ConnectError::MalformedToken)
    );
    assert_eq!(open_attempts(), 0);
}

#[wasm_bindgen_test]
async fn an_unreachable_server_is_told_and_left_alone() {
    let openvidu = openvidu().await;
    reachable(false);
    let session = openvidu.init_session().expect("first session");
    let (events, _subscriptions) = record(&session);
    pass_quickly();
    let result = session.connect(&token(), "me", 60_000).await;
    a_while_later().await;
    pass_normally();
    assert_eq!(result, Err(ConnectError::Unreachable));
    assert_eq!(
        (open_attempts(), open_sockets()),
        (1, 0),
        "no reconnection goes on"
    );
    assert!(events.borrow().is_empty(), "{events:?}");
    assert!(is_ours());
}

#[wasm_bindgen_test]
async fn a_server_that_does_not_answer_costs_the_given_time() {
    let openvidu = openvidu().await;
    hold("joinRoom");
    let session = openvidu.init_session().expect("first session");
    assert_eq!(
        session.connect(&token(), "me", 50).await,
        Err(ConnectError::Timeout)
    );
    // It answers after all: the participant it made leaves.
    release("joinRoom");
    until("left", || count("leaveRoom") == 1).await;
    until("the socket is closed", || open_sockets() == 0).await;
}

#[wasm_bindgen_test]
async fn a_socket_that_never_opens_is_given_up() {
    let openvidu = openvidu().await;
    never_open();
    let session = openvidu.init_session().expect("first session");
    pass_quickly();
    let result = session.connect(&token(), "me", 50).await;
    assert_eq!(result, Err(ConnectError::Timeout));
    until("the socket is closed", || open_sockets() == 0).await;
    a_while_later().await;
    pass_normally();
    assert_eq!(open_attempts(), 1);
}
