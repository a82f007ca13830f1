//! Listeners: who hears what, how often, and until when.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use openvidu_browser::{PublisherEvent, PublisherOptions, Subscriptions};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_sdk::{emit, listeners, openvidu, publish_now, record, session};
use crate::until::until;

#[wasm_bindgen_test]
fn dropping_removes_every_handler() {
    let session = session();
    let raw: JsValue = session.as_raw().into();
    let own = listeners(&raw);
    for _ in 0..50 {
        let (events, first) = record(&session);
        let (_, second) = record(&session);
        assert!(listeners(&raw) > own);
        drop(first);
        emit(&raw, "reconnected", &[]);
        assert!(events.borrow().is_empty(), "called after the drop");
        drop(second);
        assert_eq!(listeners(&raw), own);
    }
    drop(session);
    assert_eq!(listeners(&raw), 0);
}

#[wasm_bindgen_test]
fn a_subscription_may_be_dropped_in_its_own_callback() {
    let session = session();
    let raw: JsValue = session.as_raw().into();
    let own = listeners(&raw);
    let calls = Rc::new(Cell::new(0));
    let slot: Rc<RefCell<Option<Subscriptions>>> = Rc::default();
    let subscriptions = session.subscribe_events({
        let (slot, calls) = (Rc::clone(&slot), Rc::clone(&calls));
        move |_| {
            calls.set(calls.get() + 1);
            drop(slot.borrow_mut().take());
        }
    });
    *slot.borrow_mut() = Some(subscriptions.expect("subscribes"));
    emit(&raw, "reconnected", &[]);
    emit(&raw, "reconnected", &[]);
    assert_eq!((calls.get(), listeners(&raw)), (1, own));
}

#[wasm_bindgen_test]
fn a_subscription_may_be_dropped_in_anothers_callback() {
    let session = session();
    let raw: JsValue = session.as_raw().into();
    let slot: Rc<RefCell<Option<Subscriptions>>> = Rc::default();
    let first = session.subscribe_events({
        let slot = Rc::clone(&slot);
        move |_| drop(slot.borrow_mut().take())
    });
    let calls = Rc::new(Cell::new(0));
    let second = session.subscribe_events({
        let calls = Rc::clone(&calls);
        move |_| calls.set(calls.get() + 1)
    });
    *slot.borrow_mut() = Some(second.expect("subscribes"));
    // The emitter calls the second from its copy of the list. That must neither throw nor reach the listener.
    emit(&raw, "reconnected", &[]);
    assert_eq!(calls.get(), 0);
    drop(first);
}

#[wasm_bindgen_test]
fn a_listener_may_be_entered_again() {
    let session = session();
    let raw: JsValue = session.as_raw().into();
    let depth = Rc::new(Cell::new(0));
    let _subscriptions = session
        .subscribe_events({
            let (depth, raw) = (Rc::clone(&depth), raw.clone());
            move |_| {
                depth.set(depth.get() + 1);
                if depth.get() < 3 {
                    emit(&raw, "reconnected", &[]);
                }
            }
        })
        .expect("subscribes");
    emit(&raw, "reconnected", &[]);
    assert_eq!(depth.get(), 3);
}

#[wasm_bindgen_test]
async fn a_listener_that_holds_the_session_goes_with_its_subscription() {
    let session = Rc::new(session());
    let raw: JsValue = session.as_raw().into();
    let inside = Rc::clone(&session);
    let subscriptions = session
        .subscribe_events(move |_| inside.disconnect())
        .expect("subscribes");
    drop(session);
    assert!(listeners(&raw) > 0);
    drop(subscriptions);
    until("the session is freed with its own listeners", || {
        listeners(&raw) == 0
    })
    .await;
}

#[wasm_bindgen_test]
async fn each_listener_of_a_publisher_hears_once_of_each_publication() {
    let publisher = openvidu()
        .init_publisher(&PublisherOptions::default())
        .await
        .expect("the fake gives one");
    let raw: JsValue = publisher.as_raw().into();
    let own = listeners(&raw);
    let created = |event: &PublisherEvent| matches!(event, PublisherEvent::StreamCreated { .. });
    let record = || {
        let events = Rc::new(RefCell::new(Vec::new()));
        let sink = Rc::clone(&events);
        (
            events,
            publisher
                .subscribe_events(move |event| sink.borrow_mut().push(event))
                .expect("subscribes"),
        )
    };
    let (first, first_subscriptions) = record();
    assert!(
        first.borrow().contains(&PublisherEvent::AccessAllowed),
        "repeated to late listeners"
    );
    let (second, second_subscriptions) = record();
    publish_now(&raw, "str_me");
    let (late, late_subscriptions) = record();
    for events in [&first, &second, &late] {
        assert_eq!(events.borrow().iter().filter(|event| created(event)).count(), 1);
    }
    publish_now(&raw, "str_me_again");
    assert_eq!(first.borrow().iter().filter(|event| created(event)).count(), 2);
    drop((first_subscriptions, second_subscriptions, late_subscriptions));
    assert_eq!(listeners(&raw), own);
    drop(publisher);
    assert_eq!(listeners(&raw), 0);
}
