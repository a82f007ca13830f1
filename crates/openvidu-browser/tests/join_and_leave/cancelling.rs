//! A join that is not wanted any more.

use std::rc::Rc;

use openvidu_browser::{ConnectError, ConnectionReason, SessionEvent};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::a_while_later;
use crate::page::*;
use crate::until::until;

#[wasm_bindgen_test]
async fn dropping_the_join_leaves_no_participant() {
    let openvidu = openvidu().await;
    hold("joinRoom");
    let session = openvidu.init_session().expect("first session");
    let (events, _subscriptions) = record(&session);
    let join = session.connect(&token(), "me", 5_000);
    until("asked", || count("joinRoom") == 1).await;
    drop(join);
    release("joinRoom");
    until("left", || count("leaveRoom") == 1).await;
    until("the socket is closed", || open_sockets() == 0).await;
    assert!(events.borrow().is_empty(), "{events:?}");
}

#[wasm_bindgen_test]
async fn dropping_the_join_before_the_server_heard_of_it() {
    let openvidu = openvidu().await;
    never_open();
    let session = openvidu.init_session().expect("first session");
    drop(session.connect(&token(), "me", 5_000));
    until("the socket is closed", || open_sockets() == 0).await;
    assert_eq!((count("joinRoom"), open_attempts()), (0, 1));
}

#[wasm_bindgen_test]
async fn leaving_while_joining_cancels() {
    let openvidu = openvidu().await;
    hold("joinRoom");
    let session = openvidu.init_session().expect("first session");
    let join = session.connect(&token(), "me", 5_000);
    until("asked", || count("joinRoom") == 1).await;
    session.disconnect();
    assert_eq!(
        join.await,
        Err(ConnectError::Ended {
            reason: ConnectionReason::Disconnect
        })
    );
    release("joinRoom");
    until("left", || count("leaveRoom") == 1).await;
}

#[wasm_bindgen_test]
async fn leaving_in_an_event_of_the_join() {
    let openvidu = openvidu().await;
    hold("leaveRoom");
    let session = Rc::new(openvidu.init_session().expect("first session"));
    let inside = Rc::downgrade(&session);
    let _subscriptions = session
        .subscribe_events(move |event| {
            if let (SessionEvent::ConnectionCreated { .. }, Some(session)) = (event, inside.upgrade()) {
                session.disconnect();
            }
        })
        .expect("subscribes");
    let result = session.connect(&token(), "me", 5_000).await;
    assert_eq!(
        result,
        Err(ConnectError::Ended {
            reason: ConnectionReason::Disconnect
        })
    );
    a_while_later().await;
    assert_eq!(count("leaveRoom"), 1);
    release("leaveRoom");
    until("the socket is closed", || open_sockets() == 0).await;
}
