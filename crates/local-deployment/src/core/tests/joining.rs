use openvidu_protocol::rest::{ConnectionProperties, IceServer};
use serde_json::{Value, json};

use super::world::{SECRET, START, World};
use crate::core::{Limits, RestCall};

fn code(response: &Value) -> i64 {
    response["error"]["code"].as_i64().unwrap_or(0)
}

#[test]
fn the_others_hear_of_somebody_before_the_joiner_gets_the_result() {
    let mut world = World::new();
    world.join("S");
    world.join("S");
    world.take_log();
    world.join("S");
    assert_eq!(
        world.take_log(),
        ["A: participantJoined", "B: participantJoined", "C: result"]
    );
}

#[test]
fn the_result_has_all_that_the_sdk_needs() {
    let mut world = World::new();
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let silent = world.join("S");
    let session = world.create_session("S");
    let properties = ConnectionProperties {
        data: Some("server data".to_owned()),
        custom_ice_servers: vec![IceServer {
            url: "stun:example.org".to_owned(),
            ..IceServer::default()
        }],
        ..ConnectionProperties::default()
    };
    let pending = world.create_connection(&session, properties);
    let socket = world.open();
    let response = world.call(
        socket,
        "joinRoom",
        World::join_params(&session, &pending.token.unwrap()),
    );
    let result = &response["result"];
    assert!(result["sessionId"].as_str().unwrap().len() >= 26);
    assert_eq!(
        *result,
        json!({"id": pending.connection_id, "createdAt": START, "metadata": "client data%/%server data",
            "value": [
                {"id": publisher.id, "createdAt": START, "metadata": "client data", "streams": [
                    {"id": stream, "createdAt": START, "hasAudio": true, "hasVideo": true, "audioActive": true,
                        "videoActive": false, "typeOfVideo": "CAMERA", "frameRate": 30,
                        "videoDimensions": "{\"width\":640,\"height\":480}", "filter": {}}]},
                {"id": silent.id, "createdAt": START, "metadata": "client data"}],
            "session": "S", "version": "2.30.0", "mediaServer": "kurento", "videoSimulcast": false, "record": true,
            "role": "PUBLISHER", "customIceServers": [{"url": "stun:example.org"}],
            "sessionId": result["sessionId"]})
    );
}

#[test]
fn an_sdk_without_a_version_hears_ours() {
    let mut world = World::new();
    let session = world.create_session("S");
    let token = world
        .create_connection(&session, ConnectionProperties::default())
        .token;
    let socket = world.open();
    let response = world.call(
        socket,
        "joinRoom",
        json!({"token": token, "sdkVersion": "newest"}),
    );
    assert_eq!(response["result"]["version"], "2.32.2");
}

#[test]
fn a_token_is_good_for_one_attempt() {
    let mut world = World::new();
    world.join("S");
    let session = world.create_session("S");
    let token = world
        .create_connection(&session, ConnectionProperties::default())
        .token
        .unwrap();
    let params = World::join_params(&session, &token);
    let (first, second) = (world.open(), world.open());
    assert_eq!(code(&world.call(first, "joinRoom", params.clone())), 0);
    let refused = world.call(second, "joinRoom", params);
    assert_eq!(code(&refused), 401);
    assert!(refused["error"]["message"].as_str().unwrap().contains(&token));
}

#[test]
fn a_token_is_used_up_even_if_something_else_is_wrong() {
    let mut world = World::with_limits(Limits {
        metadata: 5,
        ..Limits::default()
    });
    let session = world.create_session("S");
    let token = world
        .create_connection(&session, ConnectionProperties::default())
        .token
        .unwrap();
    let socket = world.open();
    let mut params = World::join_params(&session, &token);
    assert_eq!(code(&world.call(socket, "joinRoom", params.clone())), 500);
    params["metadata"] = "".into();
    assert_eq!(code(&world.call(socket, "joinRoom", params)), 401);
}

#[test]
fn who_may_not_join_learns_why() {
    let mut world = World::with_limits(Limits {
        participants: 2,
        ..Limits::default()
    });
    let joined = world.join("S");
    let session = world.create_session("S");
    let socket = world.open();
    let elsewhere = openvidu_protocol::SessionId::new("Elsewhere");
    assert_eq!(
        code(&world.call(socket, "joinRoom", World::join_params(&elsewhere, "tok_X"))),
        202
    );
    assert_eq!(
        code(&world.call(socket, "joinRoom", World::join_params(&session, "tok_X"))),
        401
    );
    assert_eq!(
        code(&world.call(socket, "joinRoom", World::join_params(&session, ""))),
        401
    );
    let token = world
        .create_connection(&session, ConnectionProperties::default())
        .token
        .unwrap();
    let params = World::join_params(&session, &token);
    assert_eq!(
        code(&world.call(joined.socket, "joinRoom", params.clone())),
        104,
        "joined already"
    );
    world.join("S");
    assert_eq!(code(&world.call(socket, "joinRoom", params)), 203, "full");
}

#[test]
fn a_token_opens_only_its_own_session() {
    let mut world = World::new();
    let (ours, theirs) = (world.create_session("Ours"), world.create_session("Theirs"));
    let token = world
        .create_connection(&ours, ConnectionProperties::default())
        .token
        .unwrap();
    let socket = world.open();
    assert_eq!(
        code(&world.call(socket, "joinRoom", World::join_params(&theirs, &token))),
        401
    );
}

#[test]
fn a_recorder_sees_without_being_seen() {
    let mut world = World::new();
    let client = world.join("S");
    let session = world.create_session("S");
    world.take_log();
    let mut params = World::join_params(&session, "");
    params["secret"] = SECRET.into();
    params["recorder"] = true.into();
    let recorder = world.open();
    let joined = world.call(recorder, "joinRoom", params.clone());
    assert_eq!(joined["result"]["id"], "RECORDER");
    assert_eq!(joined["result"]["role"], "SUBSCRIBER");
    assert_eq!(world.take_log(), ["B: result"], "nobody hears of it");
    let second = world.open();
    assert_eq!(code(&world.call(second, "joinRoom", params.clone())), 104);

    params["secret"] = "guess".into();
    assert_eq!(code(&world.call(second, "joinRoom", params)), 401);

    let Ok(crate::core::RestAnswer::Session(described)) = world.rest(RestCall::GetSession {
        session,
        pending: true,
    }) else {
        panic!("the session exists")
    };
    assert_eq!(described.connections.number_of_elements, 1);
    world.take_log();
    world.publish(&client);
    assert_eq!(world.take_log(), ["A: result", "B: participantPublished"]);
    world.call(client.socket, "leaveRoom", json!({}));
    assert_eq!(
        world.take_log(),
        [
            "B: participantLeft disconnect",
            "A: result",
            "B: participantEvicted sessionClosedByServer"
        ],
        "a session of recorders only is over"
    );
    assert!(!world.session_exists("S"));
}

#[test]
fn methods_for_participants_need_a_participant() {
    let mut world = World::new();
    let socket = world.open();
    for (method, params) in [
        ("leaveRoom", json!({})),
        ("echo", json!({})),
        ("publishVideo", json!({"sdpOffer": ""})),
        ("sendMessage", json!({"message": "{}"})),
    ] {
        assert_eq!(code(&world.call(socket, method, params)), 803, "{method}");
    }
    assert_eq!(
        world.call(socket, "ping", json!({"interval": 5000}))["result"],
        json!({"value": "pong"})
    );
}

#[test]
fn the_media_server_hears_that_somebody_will_want_what_is_there() {
    let mut world = World::new();
    let publisher = world.join("S");
    world.join("S");
    assert!(world.expected.is_empty(), "nothing is there");
    world.publish(&publisher);
    world.media = super::world::Media::Waits;
    let late = world.join("S");
    world.request(late.socket, "publishVideo", super::world::publish_params());
    world.join("S");
    assert_eq!(
        world.expected.len(),
        2,
        "twice the first stream; the second is not there yet"
    );
}
