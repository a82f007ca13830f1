//! Subscribing to whoever is there.

use std::cell::RefCell;
use std::rc::Rc;

use openvidu_browser::{ConnectionReason, Error, SessionEvent, SubscriberOptions};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::*;
use crate::until::until;

#[wasm_bindgen(inline_js = "
    export function registered(dispatcher) { return Object.values(dispatcher.ee._events ?? {}).flat().length; }
")]
extern "C" {
    /// How many handlers the SDK's dispatcher holds.
    fn registered(dispatcher: &JsValue) -> u32;
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
