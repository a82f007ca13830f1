use serde_json::json;

use super::world::{Media, World};
use crate::sfu::NegotiationError;

#[test]
fn subscribing_disturbs_nobody() {
    let mut world = World::new();
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let subscriber = world.join("S");
    world.take_log();
    let params = json!({"sender": stream, "sdpOffer": "offer"});
    let response = world.call(subscriber.socket, "receiveVideoFrom", params);
    assert_eq!(response["result"]["sdpAnswer"], "answer");
    assert_eq!(world.take_log(), ["B: result"]);
}

#[test]
fn what_can_not_be_received_is_refused() {
    let mut world = World::new();
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let client = world.join("S");
    for (caller, method, params, code) in [
        (
            &client,
            "receiveVideoFrom",
            json!({"sender": "str_none", "sdpOffer": "o"}),
            105,
        ),
        (
            &publisher,
            "receiveVideoFrom",
            json!({"sender": stream, "sdpOffer": "o"}),
            105,
        ),
        (
            &client,
            "receiveVideoFrom",
            json!({"sender": stream, "sdpAnswer": "a"}),
            302,
        ),
        (&client, "receiveVideoFrom", json!({"sender": stream}), 302),
        (
            &client,
            "prepareReceiveVideoFrom",
            json!({"sender": stream, "reconnect": false}),
            303,
        ),
        (
            &client,
            "reconnectStream",
            json!({"stream": "str_none", "sdpOffer": "o"}),
            105,
        ),
        (
            &client,
            "reconnectStream",
            json!({"stream": stream, "sdpString": "an answer"}),
            302,
        ),
        (
            &client,
            "unsubscribeFromVideo",
            json!({"sender": "con_none"}),
            102,
        ),
    ] {
        assert_eq!(
            world.call(caller.socket, method, params)["error"]["code"],
            code,
            "{method}"
        );
    }
    assert_eq!(world.peers.len(), 1);
}

#[test]
fn unsubscribing_is_always_possible_and_reversible() {
    let mut world = World::new();
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let client = world.join("S");
    let (subscribe, unsubscribe) = (
        json!({"sender": stream, "sdpOffer": "o"}),
        json!({"sender": publisher.id.as_str()}),
    );
    for _ in 0..2 {
        assert!(world.call(client.socket, "unsubscribeFromVideo", unsubscribe.clone())["result"].is_object());
        assert_eq!(world.peers.len(), 1);
        assert!(world.call(client.socket, "receiveVideoFrom", subscribe.clone())["result"].is_object());
        assert_eq!(world.peers.len(), 2);
    }
}

#[test]
fn a_later_subscription_takes_the_place_of_an_earlier_one() {
    let mut world = World::new();
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let client = world.join("S");
    world.media = Media::Waits;
    let first = world.request(
        client.socket,
        "receiveVideoFrom",
        json!({"sender": stream, "sdpOffer": "o"}),
    );
    let second = world.request(
        client.socket,
        "reconnectStream",
        json!({"stream": stream, "sdpOffer": "o", "forciblyReconnect": false}),
    );
    assert_eq!(
        world.response(client.socket, first).unwrap()["error"]["code"],
        303
    );
    world.negotiate(Ok((true, true)));
    assert!(world.response(client.socket, second).is_none());
    world.negotiate(Ok((true, true)));
    assert_eq!(
        world.response(client.socket, second).unwrap()["result"]["sdpAnswer"],
        "answer"
    );
    assert_eq!(world.peers.len(), 2);
}

#[test]
fn a_refused_offer_leaves_nothing_behind() {
    for (error, code) in [
        (NegotiationError::MissingCodec, 800),
        (NegotiationError::Invalid(String::new()), 302),
        (NegotiationError::UnknownSource, 105),
    ] {
        let mut world = World::new();
        let publisher = world.join("S");
        let stream = world.publish(&publisher);
        let client = world.join("S");
        world.media = Media::Waits;
        let request = world.request(
            client.socket,
            "receiveVideoFrom",
            json!({"sender": stream, "sdpOffer": "o"}),
        );
        world.negotiate(Err(error));
        assert_eq!(
            world.response(client.socket, request).unwrap()["error"]["code"],
            code
        );
        assert_eq!(world.peers.len(), 1);
    }
}

#[test]
fn whoever_waits_for_a_stream_that_ends_is_told() {
    let mut world = World::new();
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let client = world.join("S");
    world.media = Media::Waits;
    world.request(
        client.socket,
        "receiveVideoFrom",
        json!({"sender": stream, "sdpOffer": "o"}),
    );
    world.take_log();
    world.call(publisher.socket, "leaveRoom", json!({}));
    assert_eq!(
        world.take_log(),
        ["B: error 105", "B: participantLeft disconnect", "A: result"]
    );
    world.negotiate(Ok((true, true)));
    assert!(world.take_log().is_empty() && world.peers.is_empty());
}

#[test]
fn candidates_statistics_and_echo_are_acknowledged() {
    let mut world = World::new();
    let client = world.join("S");
    for (method, params) in [
        (
            "onIceCandidate",
            json!({"endpointName": client.id, "candidate": "candidate:1 1 udp 1 x.local 9 typ host",
            "sdpMid": "0", "sdpMLineIndex": 0}),
        ),
        (
            "onIceCandidate",
            json!({"endpointName": "con_none", "candidate": "", "sdpMid": null}),
        ),
        (
            "videoData",
            json!({"height": 480, "width": 640, "videoActive": true, "audioActive": true}),
        ),
        ("videoData", json!({})),
        ("echo", json!({})),
    ] {
        let response = world.call(client.socket, method, params);
        assert_eq!(
            response["result"],
            json!({"sessionId": client.rpc_session}),
            "{method}"
        );
    }
}
