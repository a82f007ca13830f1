//! A websocket that is lost.

use openvidu_browser::{ConnectionReason, Error, SessionEvent, SignalOptions};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::a_while_later;
use crate::page::*;
use crate::until::until;

#[wasm_bindgen_test]
async fn a_lost_socket_comes_back() {
    let (_openvidu, session) = joined().await;
    let (events, _subscriptions) = record(&session);
    hold("sendMessage");
    let pending = session.signal(SignalOptions::default());
    drop_sockets();
    assert_eq!(*events.borrow(), [SessionEvent::Reconnecting]);
    assert_eq!(pending.await, Err(Error::ConnectionLost), "the SDK forgets it");
    assert_eq!(
        session.signal(SignalOptions::default()).await,
        Err(Error::ConnectionLost)
    );
    until("back", || events.borrow().contains(&SessionEvent::Reconnected)).await;
    release("sendMessage");
    session.signal(SignalOptions::default()).await.expect("sent");
    assert!(is_ours());
}

#[wasm_bindgen_test]
async fn leaving_while_the_socket_is_lost_ends_the_attempts() {
    let (_openvidu, session) = joined().await;
    let (events, _subscriptions) = record(&session);
    pass_quickly();
    reachable(false);
    drop_sockets();
    until("several attempts", || open_attempts() > 3).await;
    session.disconnect();
    let attempts = open_attempts();
    reachable(true);
    a_while_later().await;
    pass_normally();
    assert_eq!(open_attempts(), attempts);
    assert_eq!(open_sockets(), 0);
    assert_eq!(
        (count("connect"), count("leaveRoom")),
        (0, 0),
        "the participant is not taken back"
    );
    let disconnected = SessionEvent::Disconnected {
        reason: ConnectionReason::Disconnect,
    };
    assert_eq!(*events.borrow(), [SessionEvent::Reconnecting, disconnected]);
    assert!(is_ours());
}

#[wasm_bindgen_test]
async fn dropping_everything_while_the_socket_is_lost_ends_the_attempts() {
    let (openvidu, session) = joined().await;
    pass_quickly();
    reachable(false);
    drop_sockets();
    until("several attempts", || open_attempts() > 3).await;
    drop((openvidu, session));
    let attempts = open_attempts();
    reachable(true);
    a_while_later().await;
    pass_normally();
    assert_eq!((open_attempts(), open_sockets()), (attempts, 0));
    assert!(is_ours());
}

#[wasm_bindgen_test]
async fn a_socket_that_is_lost_while_leaving_does_not_come_back() {
    let (_openvidu, session) = joined().await;
    hold("leaveRoom");
    pass_quickly();
    session.disconnect();
    until("told", || count("leaveRoom") == 1).await;
    drop_sockets();
    a_while_later().await;
    pass_normally();
    assert_eq!((open_attempts(), open_sockets()), (1, 0));
}
