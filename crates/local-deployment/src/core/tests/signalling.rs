use serde_json::{Value, json};

use super::world::World;
use crate::core::{Limits, RestAnswer, RestCall, RestError};

fn message(signal: &Value) -> Value {
    json!({"message": signal.to_string()})
}

#[test]
fn a_signal_reaches_its_receivers_before_the_sender_gets_the_result() {
    let mut world = World::new();
    let a = world.join("S");
    let b = world.join("S");
    world.join("S");
    world.take_log();
    world.call(
        a.socket,
        "sendMessage",
        message(&json!({"to": [], "data": "hi", "type": "signal:chat"})),
    );
    assert_eq!(
        world.take_log(),
        ["A: sendMessage", "B: sendMessage", "C: sendMessage", "A: result"]
    );
    let (_, frame) = world.notifications.last().unwrap();
    assert_eq!(
        frame["params"],
        json!({"from": a.id, "data": "hi", "type": "signal:chat"})
    );
    world.call(a.socket, "sendMessage", message(&json!({"to": [b.id, b.id]})));
    assert_eq!(world.take_log(), ["B: sendMessage", "A: result"]);
    let (_, frame) = world.notifications.last().unwrap();
    assert_eq!(frame["params"], json!({"from": a.id, "type": "signal:signal"}));
}

#[test]
fn a_signal_that_can_not_be_delivered_reaches_nobody() {
    let mut world = World::with_limits(Limits {
        signal: 100,
        ..Limits::default()
    });
    let a = world.join_as("S", "SUBSCRIBER");
    let b = world.join("S");
    world.take_log();
    for (params, code) in [
        (json!({"message": "rubbish"}), 600),
        (message(&json!({"data": {"not": "text"}})), 600),
        (message(&json!({"data": "x".repeat(100)})), 600),
        (message(&json!({"to": [b.id, null]})), 601),
        (message(&json!({"to": [b.id, "con_none"]})), 601),
        (json!({}), -1),
    ] {
        assert_eq!(world.call(a.socket, "sendMessage", params)["error"]["code"], code);
        assert_eq!(world.take_log(), [format!("A: error {code}")]);
    }
}

#[test]
fn the_application_server_signals_too() {
    let mut world = World::new();
    let session = world.create_session("S");
    let signal = |to: Value| {
        RestCall::Signal(
            serde_json::from_value(json!({"session": "S", "to": to, "type": "signal:t", "data": "d"}))
                .unwrap(),
        )
    };
    assert_eq!(
        world.rest(signal(json!([]))).unwrap_err(),
        RestError::NotAcceptable,
        "nobody is there"
    );
    let a = world.join("S");
    world.join("S");
    world.take_log();
    assert!(matches!(world.rest(signal(json!([]))), Ok(RestAnswer::Done)));
    assert_eq!(world.take_log(), ["A: sendMessage", "B: sendMessage"]);
    assert!(matches!(world.rest(signal(json!([a.id]))), Ok(RestAnswer::Done)));
    assert_eq!(world.take_log(), ["A: sendMessage"]);
    let (_, frame) = world.notifications.last().unwrap();
    assert_eq!(
        frame["params"],
        json!({"type": "signal:t", "data": "d"}),
        "no sender"
    );
    assert_eq!(
        world.rest(signal(json!([a.id, "con_none"]))).unwrap_err(),
        RestError::NotAcceptable
    );
    world.rest(RestCall::DeleteSession { session }).unwrap();
    assert_eq!(world.rest(signal(json!([]))).unwrap_err(), RestError::NotFound);
}
