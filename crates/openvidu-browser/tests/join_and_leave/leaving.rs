//! Leaving, of one's own will or not.

use openvidu_browser::{ConnectionReason, Error, SessionEvent, SignalOptions};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::*;
use crate::until::until;

#[wasm_bindgen_test]
async fn leaving_tells_the_server_once() {
    let (_openvidu, session) = joined().await;
    let (events, _subscriptions) = record(&session);
    session.disconnect();
    session.disconnect();
    assert_eq!(
        *events.borrow(),
        [SessionEvent::Disconnected {
            reason: ConnectionReason::Disconnect
        }]
    );
    assert_eq!(session.connection(), None);
    drop(session);
    until("the socket is closed", || open_sockets() == 0).await;
    assert_eq!((count("leaveRoom"), open_attempts()), (1, 1));
}

#[wasm_bindgen_test]
async fn a_dropped_session_leaves() {
    let (_openvidu, session) = joined().await;
    drop(session);
    until("the socket is closed", || open_sockets() == 0).await;
    assert_eq!(count("leaveRoom"), 1);
}

#[wasm_bindgen_test]
async fn an_eviction_is_told_once() {
    let (_openvidu, session) = joined().await;
    let (events, _subscriptions) = record(&session);
    let pending = {
        hold("sendMessage");
        session.signal(SignalOptions::default())
    };
    notify(
        "participantEvicted",
        r#"{"connectionId":"con_me","reason":"forceDisconnectByUser"}"#,
    );
    assert_eq!(
        pending.await,
        Err(Error::Ended {
            reason: ConnectionReason::ForceDisconnectByUser
        })
    );
    session.disconnect();
    assert_eq!(
        *events.borrow(),
        [SessionEvent::Disconnected {
            reason: ConnectionReason::ForceDisconnectByUser
        }]
    );
    until("the socket is closed", || open_sockets() == 0).await;
    assert_eq!((count("leaveRoom"), open_attempts()), (0, 1));
}

#[wasm_bindgen_test]
async fn two_sessions_do_not_disturb_each_other() {
    let (_first_openvidu, first) = joined().await;
    let sdk = openvidu_browser::Sdk::from_global().expect("loaded");
    let second_openvidu = openvidu_browser::OpenVidu::new(&sdk).expect("constructs");
    let second = second_openvidu.init_session().expect("first session");
    second.connect(&token(), "me", 5_000).await.expect("joins");
    assert_eq!(open_sockets(), 2);
    first.disconnect();
    until("the first socket is closed", || open_sockets() == 1).await;
    second.signal(SignalOptions::default()).await.expect("sent");
}
