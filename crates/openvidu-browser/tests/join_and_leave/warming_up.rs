//! Opening the websocket before the token is there.

use openvidu_browser::SessionId;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::a_while_later;
use crate::page::*;
use crate::until::until;

/// Where [`token`] leads.
const DEPLOYMENT: &str = "wss://signalling.test:4443";

fn session_id() -> SessionId {
    SessionId::new("S")
}

#[wasm_bindgen_test]
async fn a_websocket_that_is_open_already_is_used() {
    let openvidu = openvidu().await;
    let session = openvidu.init_session().expect("first session");
    session.warm_up(DEPLOYMENT, &session_id());
    until("it is open", || open_sockets() == 1).await;
    session.connect(&token(), "me", 5_000).await.expect("joins");
    assert_eq!(open_attempts(), 1);
    session.disconnect();
    until("it is closed", || open_sockets() == 0).await;
}

#[wasm_bindgen_test]
async fn a_websocket_that_is_being_opened_is_used() {
    let openvidu = openvidu().await;
    let session = openvidu.init_session().expect("first session");
    session.warm_up(DEPLOYMENT, &session_id());
    session.connect(&token(), "me", 5_000).await.expect("joins");
    assert_eq!(open_attempts(), 1);
}

#[wasm_bindgen_test]
async fn a_wrong_guess_is_of_no_consequence() {
    for (deployment, id) in [
        ("wss://elsewhere:4443", "S"),
        (DEPLOYMENT, "T"),
        ("no address", "S"),
        ("", ""),
    ] {
        let openvidu = openvidu().await;
        let session = openvidu.init_session().expect("first session");
        session.warm_up(deployment, &SessionId::new(id));
        session.connect(&token(), "me", 5_000).await.expect("joins");
        until("only what is used stays open", || open_sockets() == 1).await;
    }
}

#[wasm_bindgen_test]
async fn a_websocket_that_broke_meanwhile_is_of_no_consequence() {
    let openvidu = openvidu().await;
    let session = openvidu.init_session().expect("first session");
    session.warm_up(DEPLOYMENT, &session_id());
    until("it is open", || open_sockets() == 1).await;
    drop_sockets();
    session.connect(&token(), "me", 5_000).await.expect("joins");
    assert_eq!(open_attempts(), 2);
}

#[wasm_bindgen_test]
async fn what_nobody_used_is_closed() {
    let openvidu = openvidu().await;
    let session = openvidu.init_session().expect("first session");
    session.warm_up(DEPLOYMENT, &session_id());
    until("it is open", || open_sockets() == 1).await;
    session.disconnect();
    until("it is closed", || open_sockets() == 0).await;

    // Too late: it would stay open for ever.
    session.warm_up(DEPLOYMENT, &session_id());
    a_while_later().await;
    assert_eq!(open_sockets(), 0);
}
