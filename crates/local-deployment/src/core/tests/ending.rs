use std::time::Duration;

use serde_json::json;

use super::world::World;
use crate::core::{Closed, Input, RestCall};

#[test]
fn the_others_hear_that_somebody_left_before_the_leaver_gets_the_result() {
    let mut world = World::new();
    let a = world.join("S");
    world.publish(&a);
    let b = world.join("S");
    world.take_log();
    world.call(a.socket, "leaveRoom", json!({}));
    assert_eq!(world.take_log(), ["B: participantLeft disconnect", "A: result"]);
    assert!(world.peers.is_empty() && world.sources.is_empty());
    assert_eq!(world.call(a.socket, "leaveRoom", json!({}))["error"]["code"], 803);
    world.close(a.socket, Closed::ByClient(4102));
    assert!(world.session_exists("S"));
    world.call(b.socket, "leaveRoom", json!({}));
    assert!(!world.session_exists("S"), "the last one is out");
}

#[test]
fn a_session_ends_with_its_tokens_and_its_id_is_free_again() {
    let mut world = World::new();
    let a = world.join("S");
    let session = world.create_session("S");
    let token = world
        .create_connection(&session, Default::default())
        .token
        .unwrap();
    world.call(a.socket, "leaveRoom", json!({}));
    let socket = world.open();
    let params = World::join_params(&session, &token);
    assert_eq!(
        world.call(socket, "joinRoom", params.clone())["error"]["code"],
        202
    );
    world.create_session("S");
    assert_eq!(world.call(socket, "joinRoom", params)["error"]["code"], 401);
}

#[test]
fn a_moderator_disconnects_somebody() {
    let mut world = World::new();
    let moderator = world.join_as("S", "MODERATOR");
    let victim = world.join("S");
    let witness = world.join("S");
    world.take_log();
    let params = json!({"connectionId": victim.id});
    assert_eq!(
        world.call(witness.socket, "forceDisconnect", params.clone())["error"]["code"],
        401
    );
    let unknown = json!({"connectionId": "con_none"});
    assert_eq!(
        world.call(moderator.socket, "forceDisconnect", unknown)["error"]["code"],
        102
    );
    world.take_log();
    world.call(moderator.socket, "forceDisconnect", params);
    assert_eq!(
        world.take_log(),
        [
            "A: participantLeft forceDisconnectByUser",
            "C: participantLeft forceDisconnectByUser",
            "A: result",
            "B: participantEvicted forceDisconnectByUser",
            "A: participantEvicted forceDisconnectByUser",
            "C: participantEvicted forceDisconnectByUser",
        ]
    );
    // The victim has ten seconds to close its socket itself.
    world.advance_pinging(Duration::from_secs(9), &[&moderator, &victim, &witness]);
    assert!(world.take_log().is_empty());
    world.advance_pinging(Duration::from_secs(1), &[&moderator, &witness]);
    assert_eq!(world.take_log(), ["B: closed Farewell"]);
}

#[test]
fn a_moderator_ends_a_stream() {
    let mut world = World::new();
    let moderator = world.join_as("S", "MODERATOR");
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let params = json!({"streamId": stream});
    assert_eq!(
        world.call(publisher.socket, "forceUnpublish", params.clone())["error"]["code"],
        401
    );
    world.take_log();
    world.call(moderator.socket, "forceUnpublish", params.clone());
    assert_eq!(
        world.take_log(),
        [
            "A: result",
            "A: participantUnpublished forceUnpublishByUser",
            "B: participantUnpublished forceUnpublishByUser",
        ]
    );
    assert!(world.peers.is_empty() && world.sources.is_empty());
    assert_eq!(
        world.call(moderator.socket, "forceUnpublish", params)["error"]["code"],
        102
    );
}

#[test]
fn the_application_server_ends_connections_streams_and_sessions() {
    let mut world = World::new();
    let session = world.create_session("S");
    let a = world.join("S");
    let stream = openvidu_protocol::StreamId::new(world.publish(&a));
    let b = world.join("S");
    world.join("S");
    world.take_log();
    world
        .rest(RestCall::DeleteStream {
            session: session.clone(),
            stream,
        })
        .unwrap();
    assert_eq!(
        world.take_log(),
        [
            "A: participantUnpublished forceUnpublishByServer",
            "B: participantUnpublished forceUnpublishByServer",
            "C: participantUnpublished forceUnpublishByServer",
        ]
    );
    world
        .rest(RestCall::DeleteConnection {
            session: session.clone(),
            connection: b.id,
        })
        .unwrap();
    assert_eq!(
        world.take_log(),
        [
            "A: participantLeft forceDisconnectByServer",
            "C: participantLeft forceDisconnectByServer",
            "B: participantEvicted forceDisconnectByServer",
            "A: participantEvicted forceDisconnectByServer",
            "C: participantEvicted forceDisconnectByServer",
        ]
    );
    world.rest(RestCall::DeleteSession { session }).unwrap();
    assert_eq!(
        world.take_log(),
        [
            "C: participantLeft sessionClosedByServer",
            "A: participantEvicted sessionClosedByServer",
            "C: participantEvicted sessionClosedByServer",
            "C: participantEvicted sessionClosedByServer",
        ]
    );
    assert!(!world.session_exists("S"));
}

#[test]
fn sessions_that_nobody_joins_are_collected_and_others_are_not() {
    let mut world = World::new();
    world.create_session("Empty");
    let a = world.join("Joined");
    world.advance_pinging(Duration::from_secs(3_599), &[&a]);
    assert!(world.session_exists("Empty"));
    world.advance_pinging(Duration::from_secs(901), &[&a]);
    assert!(!world.session_exists("Empty"));
    assert!(world.session_exists("Joined"));
}

#[test]
fn a_conversation_can_be_ended_at_the_library_level() {
    let mut world = World::new();
    let a = world.join("S");
    world.join("S");
    world.take_log();
    assert_eq!(
        world.call(a.socket, "closeSession", json!({}))["result"]["value"],
        "bye"
    );
    assert_eq!(
        world.take_log(),
        [
            "A: result",
            "B: participantLeft networkDisconnect",
            "B: participantEvicted networkDisconnect"
        ]
    );
}

#[test]
fn everybody_is_told_when_the_deployment_stops() {
    let mut world = World::new();
    world.join("S");
    world.join("T");
    world.take_log();
    world.input(Input::Shutdown);
    assert_eq!(
        world.take_log(),
        [
            "A: participantEvicted sessionClosedByServer",
            "B: participantEvicted sessionClosedByServer"
        ]
    );
}
