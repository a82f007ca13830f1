use std::time::Duration;

use serde_json::{Value, json};

use super::world::{Client, Media, World, publish_params};
use crate::core::{Closed, Limits, SocketId};

fn connect(world: &mut World, client: &Client) -> (SocketId, Value) {
    let socket = world.open();
    let params = json!({"sessionId": client.rpc_session, "reconnect": true});
    let response = world.call(socket, "connect", params);
    (socket, response)
}

#[test]
fn a_client_that_comes_back_in_time_has_missed_nothing() {
    let mut world = World::new();
    let a = world.join("S");
    let b = world.join("S");
    world.close(b.socket, Closed::ByClient(1001));
    world.take_log();
    world.publish(&a);
    world.call(
        a.socket,
        "sendMessage",
        json!({"message": "{\"to\":[],\"data\":\"x\"}"}),
    );
    world.advance_pinging(Duration::from_secs(9), &[&a]);
    assert_eq!(world.take_log(), ["A: result", "A: sendMessage", "A: result"]);
    let (_, response) = connect(&mut world, &b);
    assert_eq!(
        response["result"],
        json!({"value": "reconnection successful", "sessionId": b.rpc_session})
    );
    assert_eq!(
        world.take_log(),
        ["C: result", "C: participantPublished", "C: sendMessage"]
    );
    world.advance_pinging(
        Duration::from_secs(11),
        &[
            &a,
            &Client {
                socket: SocketId(2),
                ..b
            },
        ],
    );
    assert!(world.take_log().is_empty(), "nobody is thrown out");
}

#[test]
fn a_client_that_stays_away_is_thrown_out() {
    for (closed, patience) in [
        (Closed::ByClient(1001), 10),
        (Closed::Lost, 10),
        (Closed::ByClient(4102), 0),
        (Closed::TooSlow, 0),
    ] {
        let mut world = World::new();
        let a = world.join("S");
        let b = world.join("S");
        world.publish(&b);
        world.take_log();
        world.close(b.socket, closed);
        if patience > 0 {
            world.advance_pinging(Duration::from_secs(patience - 1), &[&a]);
            assert!(world.take_log().is_empty(), "{closed:?}");
            world.advance_pinging(Duration::from_secs(1), &[&a]);
        }
        assert_eq!(
            world.take_log(),
            [
                "A: participantLeft networkDisconnect",
                "A: participantEvicted networkDisconnect"
            ],
            "{closed:?}"
        );
        assert!(world.peers.is_empty());
        let (_, response) = connect(&mut world, &b);
        assert_eq!(
            response["error"],
            json!({"code": 40007, "message": "reconnection error"})
        );
    }
}

#[test]
fn a_client_that_stops_pinging_loses_its_socket_first() {
    let mut world = World::new();
    let a = world.join("S");
    let b = world.join("S");
    world.call(b.socket, "ping", json!({"interval": 5000}));
    world.take_log();
    world.advance_pinging(Duration::from_secs(14), &[&a]);
    assert!(world.take_log().is_empty());
    world.advance_pinging(Duration::from_secs(1), &[&a]);
    assert_eq!(world.take_log(), ["B: closed MissingPing"]);
    world.advance_pinging(Duration::from_secs(9), &[&a]);
    assert!(world.take_log().is_empty());
    world.advance_pinging(Duration::from_secs(1), &[&a]);
    assert_eq!(
        world.take_log(),
        [
            "A: participantLeft networkDisconnect",
            "A: participantEvicted networkDisconnect"
        ]
    );
}

#[test]
fn a_socket_that_never_pings_is_closed() {
    let mut world = World::new();
    world.open();
    world.advance(Duration::from_secs(59));
    assert!(world.take_log().is_empty());
    world.advance(Duration::from_secs(1));
    assert_eq!(world.take_log(), ["A: closed MissingPing"]);
}

#[test]
fn a_half_open_socket_does_not_stand_in_the_way() {
    let mut world = World::new();
    let a = world.join("S");
    let b = world.join("S");
    let (socket, response) = connect(&mut world, &b);
    assert!(response["result"].is_object());
    world.take_log();
    world.publish(&a);
    assert_eq!(world.take_log(), ["A: result", "C: participantPublished"]);
    assert_eq!(
        world.call(b.socket, "echo", json!({}))["error"]["code"],
        803,
        "the old socket speaks for nobody"
    );
    world.close(b.socket, Closed::ByClient(4104));
    world.advance_pinging(Duration::from_secs(20), &[&a, &Client { socket, ..b }]);
    world.take_log();
    world.call(a.socket, "unpublishVideo", json!({}));
    assert_eq!(
        world.take_log(),
        ["A: result", "C: participantUnpublished unpublish"]
    );
}

#[test]
fn nobody_resumes_a_conversation_without_its_id_or_on_top_of_another() {
    let mut world = World::new();
    let a = world.join("S");
    let b = world.join("S");
    world.close(b.socket, Closed::Lost);
    let socket = world.open();
    for params in [
        json!({}),
        json!({"sessionId": null}),
        json!({"sessionId": "guess"}),
    ] {
        assert_eq!(world.call(socket, "connect", params)["error"]["code"], 40007);
    }
    let params = json!({"sessionId": b.rpc_session});
    assert_eq!(world.call(a.socket, "connect", params)["error"]["code"], 40007);
}

#[test]
fn a_client_that_was_thrown_out_while_away_learns_why() {
    let mut world = World::new();
    let moderator = world.join_as("S", "MODERATOR");
    let victim = world.join("S");
    world.close(victim.socket, Closed::Lost);
    world.call(
        moderator.socket,
        "forceDisconnect",
        json!({"connectionId": victim.id}),
    );
    world.take_log();
    let (socket, _) = connect(&mut world, &victim);
    assert_eq!(
        world.take_log(),
        ["C: result", "C: participantEvicted forceDisconnectByUser"]
    );
    assert_eq!(world.call(socket, "echo", json!({}))["error"]["code"], 803);
}

#[test]
fn too_many_notifications_to_keep_end_the_grace() {
    let mut world = World::with_limits(Limits {
        backlog: 3,
        ..Limits::default()
    });
    let a = world.join("S");
    let b = world.join("S");
    world.close(b.socket, Closed::Lost);
    for _ in 0..4 {
        world.call(a.socket, "sendMessage", json!({"message": "{}"}));
    }
    world.take_log();
    world.advance(Duration::from_millis(1));
    assert_eq!(
        world.take_log(),
        [
            "A: participantLeft networkDisconnect",
            "A: participantEvicted networkDisconnect"
        ]
    );
}

#[test]
fn a_stream_whose_id_never_reached_its_publisher_is_not_announced() {
    let mut world = World::new();
    let a = world.join("S");
    let b = world.join("S");
    world.media = Media::Waits;
    world.request(b.socket, "publishVideo", publish_params());
    world.close(b.socket, Closed::Lost);
    let (socket, _) = connect(&mut world, &b);
    world.take_log();
    world.negotiate(Ok((true, true)));
    assert!(world.take_log().is_empty());
    assert!(world.peers.is_empty() && world.sources.is_empty());
    world.media = Media::Agrees;
    world.publish(&Client { socket, ..b });
    assert_eq!(world.take_log(), ["C: result", "A: participantPublished"]);
    let _ = a;
}
