use openvidu_protocol::{
    ConnectionId, SessionId,
    rest::{Connection, ConnectionProperties, ConnectionUpdate, SessionProperties, TokenProperties},
};
use serde_json::{Value, json};

use super::world::{START, World};
use crate::core::{Limits, RestAnswer, RestCall, RestError};

fn session_properties(body: Value) -> RestCall {
    RestCall::CreateSession(serde_json::from_value::<SessionProperties>(body).unwrap())
}

fn described(answer: Result<RestAnswer, RestError>) -> Value {
    match answer.unwrap() {
        RestAnswer::Session(session) => serde_json::to_value(session).unwrap(),
        RestAnswer::Sessions(sessions) => serde_json::to_value(sessions).unwrap(),
        RestAnswer::Connection(connection) => serde_json::to_value(connection).unwrap(),
        RestAnswer::Connections(connections) => serde_json::to_value(connections).unwrap(),
        RestAnswer::Token(token) => serde_json::to_value(token).unwrap(),
        RestAnswer::Done | RestAnswer::Deleted => Value::Null,
    }
}

#[test]
fn a_session_is_described_alike_when_it_is_made_and_later() {
    let mut world = World::new();
    let made = described(world.rest(session_properties(
        json!({"customSessionId": "S", "mediaMode": "RELAYED"}),
    )));
    assert_eq!(made["customSessionId"], "S");
    assert_eq!(made["mediaMode"], "RELAYED");
    assert_eq!(made["createdAt"], START);
    assert_eq!(made["connections"], json!({"numberOfElements": 0, "content": []}));
    let read = described(world.rest(RestCall::GetSession {
        session: SessionId::new("S"),
        pending: false,
    }));
    assert_eq!(made.to_string(), read.to_string());
    assert_eq!(
        world
            .rest(session_properties(json!({"customSessionId": "S"})))
            .unwrap_err(),
        RestError::Conflict
    );
}

#[test]
fn a_session_without_an_id_of_its_own_gets_one() {
    let mut world = World::new();
    for body in [
        json!({}),
        json!({"customSessionId": ""}),
        json!({"customSessionId": null}),
    ] {
        let made = described(world.rest(session_properties(body)));
        let id = made["id"].as_str().unwrap();
        assert!(id.len() == 14 && id.starts_with("ses_"), "{id}");
        assert_eq!(
            (&made["sessionId"], &made["customSessionId"]),
            (&made["id"], &json!(""))
        );
    }
    assert_eq!(
        described(world.rest(RestCall::ListSessions { pending: false }))["numberOfElements"],
        3
    );
}

#[test]
fn wrong_values_are_named() {
    let mut world = World::new();
    for (body, parameter) in [
        (json!({"customSessionId": "not allowed"}), "customSessionId"),
        (json!({"mediaMode": "X"}), "mediaMode"),
        (json!({"recordingMode": "X"}), "recordingMode"),
        (json!({"forcedVideoCodec": "X"}), "forcedVideoCodec"),
        (
            json!({"defaultRecordingProperties": {"outputMode": "X"}}),
            "outputMode",
        ),
        (
            json!({"defaultRecordingProperties": {"recordingLayout": "X"}}),
            "recordingLayout",
        ),
    ] {
        let RestError::BadRequest(message) = world.rest(session_properties(body)).unwrap_err() else {
            panic!("{parameter}")
        };
        assert!(message.contains(parameter), "{message}");
    }
    let session = world.create_session("S");
    for (body, parameter) in [
        (json!({"role": "KING"}), "role"),
        (json!({"type": "PIGEON"}), "type"),
        (json!({"data": "x".repeat(50_000)}), "data"),
        (
            json!({"customIceServers": [{"url": "ftp:host"}]}),
            "customIceServers",
        ),
    ] {
        let properties = serde_json::from_value::<ConnectionProperties>(body).unwrap();
        let call = RestCall::CreateConnection {
            session: session.clone(),
            properties,
        };
        let RestError::BadRequest(message) = world.rest(call).unwrap_err() else {
            panic!("{parameter}")
        };
        assert!(message.contains(parameter), "{message}");
    }
    let camera = serde_json::from_value(json!({"type": "IPCAM", "rtspUri": "rtsp://host"})).unwrap();
    let call = RestCall::CreateConnection {
        session,
        properties: camera,
    };
    assert!(matches!(world.rest(call), Err(RestError::NotImplemented(_))));
}

#[test]
fn a_pending_connection_is_described_with_every_key() {
    let mut world = World::new();
    let session = world.create_session("S");
    let made =
        serde_json::to_value(world.create_connection(&session, ConnectionProperties::default())).unwrap();
    let id = made["connectionId"].as_str().unwrap().to_owned();
    assert!(
        made["token"]
            .as_str()
            .unwrap()
            .starts_with("ws://localhost:5000?sessionId=S&token=tok_")
    );
    assert_eq!(
        made,
        json!({"id": id, "object": "connection", "status": "pending", "connectionId": id, "sessionId": "S",
            "createdAt": START, "type": "WEBRTC", "record": true, "role": "PUBLISHER", "kurentoOptions": null,
            "customIceServers": [], "rtspUri": null, "adaptativeBitrate": null, "onlyPlayWithSubscribers": null,
            "networkCache": null, "serverData": "", "token": made["token"], "activeAt": null, "location": null,
            "ip": null, "platform": null, "clientData": null, "publishers": null, "subscribers": null})
    );
    let connection = ConnectionId::new(id);
    assert_eq!(
        described(world.rest(RestCall::GetConnection {
            session: session.clone(),
            connection
        })),
        made
    );
    let listed = |world: &mut World, pending| {
        described(world.rest(RestCall::ListConnections {
            session: session.clone(),
            pending,
        }))
    };
    assert_eq!(listed(&mut world, true)["content"][0], made);
    assert_eq!(listed(&mut world, false)["numberOfElements"], 0);
}

#[test]
fn an_active_connection_tells_what_it_publishes_and_receives() {
    let mut world = World::new();
    let session = world.create_session("S");
    let a = world.join("S");
    let stream = world.publish(&a);
    let b = world.join("S");
    world.call(
        b.socket,
        "receiveVideoFrom",
        json!({"sender": stream, "sdpOffer": "o"}),
    );
    let describe = |world: &mut World, client: &super::world::Client| {
        let (session, connection) = (session.clone(), client.id.clone());
        described(world.rest(RestCall::GetConnection { session, connection }))
    };
    let publisher = describe(&mut world, &a);
    assert_eq!(
        publisher["publishers"],
        json!([{"createdAt": START, "streamId": stream, "mediaOptions": {"hasAudio": true, "audioActive": true,
            "hasVideo": true, "videoActive": false, "typeOfVideo": "CAMERA", "frameRate": 30,
            "videoDimensions": "{\"width\":640,\"height\":480}", "filter": {}}}])
    );
    let subscriber = describe(&mut world, &b);
    assert_eq!(subscriber["status"], "active");
    assert_eq!(subscriber["activeAt"], START);
    assert_eq!(subscriber["platform"], "Test");
    assert_eq!(subscriber["clientData"], "client data");
    assert_eq!(subscriber["location"], "unknown");
    assert_eq!(subscriber["publishers"], json!([]));
    assert_eq!(
        subscriber["subscribers"],
        json!([{"createdAt": START, "streamId": stream}])
    );
}

#[test]
fn unknown_things_are_not_found_in_openvidus_way() {
    let mut world = World::new();
    let session = world.create_session("S");
    let (nowhere, nobody) = (SessionId::new("Nowhere"), ConnectionId::new("con_none"));
    let stream = openvidu_protocol::StreamId::new("str_none");
    let properties = ConnectionProperties::default();
    let is_bad = |result: Result<RestAnswer, RestError>| matches!(result, Err(RestError::BadRequest(_)));
    let is_missing = |result: Result<RestAnswer, RestError>| matches!(result, Err(RestError::NotFound));
    assert!(is_missing(world.rest(RestCall::GetSession {
        session: nowhere.clone(),
        pending: true
    })));
    assert!(is_missing(world.rest(RestCall::DeleteSession {
        session: nowhere.clone()
    })));
    assert!(is_missing(world.rest(RestCall::CreateConnection {
        session: nowhere.clone(),
        properties
    })));
    assert!(is_missing(world.rest(RestCall::ListConnections {
        session: nowhere.clone(),
        pending: true
    })));
    for (session, has_session) in [(nowhere, false), (session, true)] {
        let get = RestCall::GetConnection {
            session: session.clone(),
            connection: nobody.clone(),
        };
        let delete = RestCall::DeleteConnection {
            session: session.clone(),
            connection: nobody.clone(),
        };
        let unpublish = RestCall::DeleteStream {
            session,
            stream: stream.clone(),
        };
        for call in [get, delete, unpublish] {
            let result = world.rest(call);
            assert!(if has_session {
                is_missing(result)
            } else {
                is_bad(result)
            });
        }
    }
}

#[test]
fn a_pending_connection_can_be_revoked() {
    let mut world = World::new();
    let session = world.create_session("S");
    let Connection {
        connection_id: connection,
        token,
        ..
    } = world.create_connection(&session, ConnectionProperties::default());
    world
        .rest(RestCall::DeleteConnection {
            session: session.clone(),
            connection,
        })
        .unwrap();
    let socket = world.open();
    let params = World::join_params(&session, &token.unwrap());
    assert_eq!(world.call(socket, "joinRoom", params)["error"]["code"], 401);
}

#[test]
fn a_participant_learns_of_a_new_role() {
    let mut world = World::new();
    let session = world.create_session("S");
    let a = world.join("S");
    world.join("S");
    world.take_log();
    let update = |world: &mut World, body: Value| {
        let update: ConnectionUpdate = serde_json::from_value(body).unwrap();
        world.rest(RestCall::UpdateConnection {
            session: session.clone(),
            connection: a.id.clone(),
            update,
        })
    };
    let updated = described(update(&mut world, json!({"role": "SUBSCRIBER", "record": false})));
    assert_eq!(
        (&updated["role"], &updated["record"]),
        (&json!("SUBSCRIBER"), &json!(false))
    );
    assert_eq!(
        world.take_log(),
        ["A: connectionPropertyChanged", "A: connectionPropertyChanged"]
    );
    let (_, frame) = world.notifications.last().unwrap();
    assert_eq!(
        frame["params"],
        json!({"property": "record", "newValue": "false"})
    );
    update(&mut world, json!({"role": "SUBSCRIBER", "record": null})).unwrap();
    assert!(world.take_log().is_empty(), "nothing changed");
    assert!(matches!(
        update(&mut world, json!({"role": "KING"})),
        Err(RestError::BadRequest(_))
    ));
    let refused = world.call(a.socket, "publishVideo", super::world::publish_params());
    assert_eq!(refused["error"]["code"], 401);
}

#[test]
fn the_deprecated_token_call_makes_a_connection() {
    let mut world = World::new();
    let session = world.create_session("S");
    let body = json!({"session": "S", "role": "MODERATOR", "data": "d"});
    let properties: TokenProperties = serde_json::from_value(body).unwrap();
    let token = described(world.rest(RestCall::CreateToken(properties)));
    assert_eq!(token["id"], token["token"]);
    assert_eq!(
        (&token["role"], &token["data"], &token["session"]),
        (&json!("MODERATOR"), &json!("d"), &json!("S"))
    );
    let socket = world.open();
    let params = World::join_params(&session, token["token"].as_str().unwrap());
    assert_eq!(
        world.call(socket, "joinRoom", params)["result"]["id"],
        token["connectionId"]
    );
}

#[test]
fn sessions_and_unused_tokens_are_limited() {
    let mut world = World::with_limits(Limits {
        sessions: 2,
        pending: 2,
        ..Limits::default()
    });
    let session = world.create_session("S");
    world.create_session("T");
    assert_eq!(
        world.rest(session_properties(json!({}))).unwrap_err(),
        RestError::Full
    );
    let tokens: Vec<_> = (0..3)
        .map(|_| {
            world
                .create_connection(&session, ConnectionProperties::default())
                .token
                .unwrap()
        })
        .collect();
    for (token, is_good) in tokens.iter().zip([false, true, true]) {
        let socket = world.open();
        let response = world.call(socket, "joinRoom", World::join_params(&session, token));
        assert_eq!(response["result"].is_object(), is_good);
    }
}
