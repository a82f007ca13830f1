//! Joining and leaving with the real SDK and a signalling server inside the page.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod page;
mod until;

use openvidu_browser::{
    ConnectError, ConnectionReason, Error, SessionEvent, SignalOptions, SubscriberOptions,
};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use self::page::*;
use self::until::until;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = "
    export function registered(dispatcher) { return Object.values(dispatcher.ee._events ?? {}).flat().length; }
")]
extern "C" {
    /// How many handlers the SDK's dispatcher holds.
    fn registered(dispatcher: &JsValue) -> u32;
}

/// Looks again 15 times: longer than the SDK waits between two attempts to reconnect once time passes quickly.
async fn a_while_later() {
    let mut looks = 0;
    until("some time", || {
        looks += 1;
        looks > 15
    })
    .await;
}

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

#[wasm_bindgen_test]
async fn subscribing_need_not_wait_for_the_join() {
    let openvidu = openvidu().await;
    add_other("con_1", "str_1", "x");
    let session = Rc::new(openvidu.init_session().expect("first session"));
    let subscriber = Rc::new(RefCell::new(None));
    let _subscriptions = session
        .subscribe_events({
            let (session, subscriber) = (Rc::downgrade(&session), Rc::clone(&subscriber));
            move |event| {
                if let (SessionEvent::StreamCreated { stream, .. }, Some(session)) =
                    (event, session.upgrade())
                {
                    subscriber.replace(Some(session.subscribe(&stream, SubscriberOptions::default())));
                }
            }
        })
        .expect("subscribes");
    session.connect(&token(), "me", 5_000).await.expect("joins");
    let subscriber = subscriber.take().expect("announced").expect("subscribed");
    subscriber.ready().await.expect("negotiated");
    subscriber.ready().await.expect("still negotiated");
    assert!(subscriber.stream().media_stream().is_some());
    assert!(subscriber.stream().peer_connection().is_ok());
    subscriber.subscribe_to_audio(false).expect("there is audio");
    assert!(!subscriber.stream().audio_active());
    session.unsubscribe(&subscriber).await.expect("unsubscribed");
}

#[wasm_bindgen_test]
async fn a_refused_subscription_is_told() {
    let openvidu = openvidu().await;
    add_other("con_1", "str_1", "x");
    refuse("receiveVideoFrom", 305, "no such stream");
    let session = openvidu.init_session().expect("first session");
    let (events, _subscriptions) = record(&session);
    session.connect(&token(), "me", 5_000).await.expect("joins");
    let stream = announced(&events);
    let result = session
        .subscribe_async(&stream, SubscriberOptions::default())
        .await;
    assert_eq!(
        result,
        Err(Error::Rpc {
            code: 305,
            message: "no such stream".into()
        })
    );

    hold("receiveVideoFrom");
    let pending = session.subscribe_async(&stream, SubscriberOptions::default());
    session.disconnect();
    assert_eq!(
        pending.await,
        Err(Error::Ended {
            reason: ConnectionReason::Disconnect
        })
    );
}

#[wasm_bindgen_test]
async fn no_handler_remains() {
    let openvidu = openvidu().await;
    add_other("con_1", "str_1", "x");
    let session = openvidu.init_session().expect("first session");
    let raw: JsValue = session.as_raw().into();
    let own = registered(&raw);
    let (events, subscriptions) = record(&session);
    session.connect(&token(), "me", 5_000).await.expect("joins");
    let stream = announced(&events);
    for _ in 0..500 {
        let (_, _subscriptions) = record(&session);
    }
    for _ in 0..5 {
        let subscriber = session
            .subscribe_async(&stream, SubscriberOptions::default())
            .await
            .expect("subscribes");
        let emitter: JsValue = subscriber.as_raw().into();
        let listening = subscriber.subscribe_events(|_| {}).expect("listens");
        assert_eq!(registered(&emitter), 2);
        drop(listening);
        assert_eq!(registered(&emitter), 0);
        session.unsubscribe(&subscriber).await.expect("unsubscribes");
    }
    drop(subscriptions);
    assert_eq!(registered(&raw), own);
    drop(session);
    until("the session's own are gone", || registered(&raw) == 0).await;
}
