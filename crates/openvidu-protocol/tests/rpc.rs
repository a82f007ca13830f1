//! Frames of the websocket: what is read, what is written, and that nothing panics.

#![allow(clippy::unwrap_used, reason = "a helper of a test may fail loudly")]

use openvidu_protocol::{
    ConnectionId, Role, RpcSessionId, SessionId, StreamId,
    rpc::{
        ErrorCode, FrameError, JoinRoomResult, Method, Notification, Outcome, ParticipantGone, Reason,
        RemoteParticipant, Reply, Request, RequestId, Response, RpcError, StreamProperty,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parse(frame: &Value) -> Result<Request, FrameError> {
    Request::parse(&frame.to_string())
}

fn answer(text: &str) -> Option<Value> {
    let response = Request::parse(text).unwrap_err().into_response()?;
    Some(serde_json::from_str(&response.to_frame()).unwrap())
}

#[test]
fn the_first_ping_tells_its_interval_and_later_ones_have_no_params() {
    let first =
        parse(&json!({"jsonrpc": "2.0", "method": "ping", "params": {"interval": 5000}, "id": 0})).unwrap();
    assert_eq!(first.id, RequestId::from(0));
    assert!(matches!(first.method, Method::Ping(ping) if ping.interval == Some(5000)));
    let later = parse(&json!({"jsonrpc": "2.0", "method": "ping", "id": 3})).unwrap();
    assert!(matches!(later.method, Method::Ping(ping) if ping.interval.is_none()));
}

#[test]
fn nulls_and_unknown_keys_are_tolerated() {
    let request = parse(
        &json!({"jsonrpc": "2.0", "id": 4, "method": "onIceCandidate", "params": {
        "endpointName": "con_A", "candidate": null, "sdpMid": null, "sdpMLineIndex": null, "usernameFragment": "x"}}),
    );
    assert!(matches!(request.unwrap().method, Method::OnIceCandidate(ice) if ice.candidate.is_empty()));
    let join = parse(
        &json!({"jsonrpc": "2.0", "id": 1, "method": "joinRoom", "params": {"token": "t", "secret": null}}),
    );
    assert!(
        matches!(join.unwrap().method, Method::JoinRoom(join) if join.secret.is_empty() && !join.recorder)
    );
}

#[test]
fn each_bad_frame_has_its_answer() {
    for (text, expected) in [
        ("rubbish", Some((-32700, Value::Null))),
        ("[]", Some((-32600, Value::Null))),
        (
            r#"{"jsonrpc":"1.0","method":"ping","id":1}"#,
            Some((-32600, json!(1))),
        ),
        (r#"{"jsonrpc":"2.0","id":"a"}"#, Some((-32600, json!("a")))),
        (
            r#"{"jsonrpc":"2.0","method":"sing","id":1}"#,
            Some((-32601, json!(1))),
        ),
        (
            r#"{"jsonrpc":"2.0","method":"publishVideo","params":{},"id":1}"#,
            Some((-1, json!(1))),
        ),
        (r#"{"jsonrpc":"2.0","method":"echo","id":1.5}"#, None),
        (r#"{"jsonrpc":"2.0","method":"ping"}"#, None),
        (r#"{"jsonrpc":"2.0","id":1,"result":"push"}"#, None),
        (r#"{"jsonrpc":"2.0","id":1,"error":{}}"#, None),
    ] {
        let code_and_id =
            answer(text).map(|frame| (frame["error"]["code"].as_i64().unwrap(), frame["id"].clone()));
        assert_eq!(code_and_id, expected, "{text}");
    }
}

#[test]
fn a_response_has_exactly_one_of_result_and_error() {
    let result = Response::result(7.into(), Reply::Empty {}, Some(RpcSessionId::new("abc")));
    assert_eq!(
        result.to_frame(),
        r#"{"jsonrpc":"2.0","id":7,"result":{"sessionId":"abc"}}"#
    );
    let pong = Response::result(
        0.into(),
        Reply::Text {
            value: "pong".to_owned(),
        },
        None,
    );
    assert_eq!(
        pong.to_frame(),
        r#"{"jsonrpc":"2.0","id":0,"result":{"value":"pong"}}"#
    );
    let error = Response::error(
        Some(1.into()),
        RpcError::new(ErrorCode::RoomNotFound, "No session"),
    );
    assert_eq!(
        error.to_frame(),
        r#"{"jsonrpc":"2.0","id":1,"error":{"code":202,"message":"No session. Code: 202"}}"#
    );
}

#[test]
fn a_silent_participant_has_no_streams_key_and_nobody_remote_has_a_role() {
    let joined = JoinRoomResult {
        id: ConnectionId::new("con_B"),
        created_at: 2,
        metadata: String::new(),
        value: vec![RemoteParticipant {
            id: ConnectionId::new("con_A"),
            created_at: 1,
            metadata: String::new(),
            streams: Vec::new(),
        }],
        session: SessionId::new("S"),
        version: "2.32.2".to_owned(),
        media_server: "kurento".to_owned(),
        video_simulcast: false,
        record: true,
        role: Role::Publisher,
        custom_ice_servers: Vec::new(),
    };
    let response = Response::result(
        1.into(),
        Reply::Joined(joined.into()),
        Some(RpcSessionId::new("rpc")),
    );
    let frame: Value = serde_json::from_str(&response.to_frame()).unwrap();
    assert_eq!(
        frame["result"],
        json!({"id": "con_B", "createdAt": 2, "metadata": "", "session": "S", "version": "2.32.2",
            "value": [{"id": "con_A", "createdAt": 1, "metadata": ""}], "mediaServer": "kurento",
            "videoSimulcast": false, "record": true, "role": "PUBLISHER", "customIceServers": [],
            "sessionId": "rpc"})
    );
    let outcome: Outcome = serde_json::from_value(json!({"result": frame["result"]})).unwrap();
    assert_eq!(outcome, response.outcome);
}

#[test]
fn notifications_are_frames_without_an_id() {
    let gone = ParticipantGone {
        connection_id: ConnectionId::new("con_A"),
        reason: Reason::NetworkDisconnect,
    };
    assert_eq!(
        Notification::ParticipantLeft(gone).to_frame(),
        r#"{"jsonrpc":"2.0","method":"participantLeft","params":{"connectionId":"con_A","reason":"networkDisconnect"}}"#
    );
    let changed = Notification::StreamPropertyChanged {
        connection_id: ConnectionId::new("con_A"),
        stream_id: StreamId::new("str_A"),
        property: StreamProperty::AudioActive,
        new_value: "true".into(),
        reason: "publishAudio".to_owned(),
    };
    let frame: Value = serde_json::from_str(&changed.to_frame()).unwrap();
    assert_eq!(
        frame["params"],
        json!({"connectionId": "con_A", "streamId": "str_A", "property": "audioActive", "newValue": "true",
            "reason": "publishAudio"})
    );
    assert_eq!(serde_json::from_value::<Notification>(frame).unwrap(), changed);
}

/// JSON that resembles a request closely enough to reach the parsing of parameters.
fn requests() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|half| Value::from(f64::from(half) / 2.0)),
        any::<String>().prop_map(Value::from),
        Just(json!([null])),
        Just(json!({})),
    ];
    let key = prop::sample::select(vec![
        "token",
        "secret",
        "recorder",
        "sdpOffer",
        "sdpString",
        "stream",
        "sender",
        "hasAudio",
        "frameRate",
        "typeOfVideo",
        "filter",
        "endpointName",
        "sdpMLineIndex",
        "message",
        "property",
        "newValue",
        "connectionId",
        "streamId",
        "interval",
        "sessionId",
    ]);
    let method = prop::sample::select(vec![
        "ping",
        "connect",
        "joinRoom",
        "leaveRoom",
        "publishVideo",
        "receiveVideoFrom",
        "onIceCandidate",
        "reconnectStream",
        "sendMessage",
        "streamPropertyChanged",
        "videoData",
        "forceDisconnect",
        "applyFilter",
        "nonsense",
    ]);
    (method, prop::collection::hash_map(key, leaf.clone(), 0..6), leaf).prop_map(|(method, params, id)| {
        let params: serde_json::Map<_, _> = params
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        json!({"jsonrpc": "2.0", "method": method, "params": params, "id": id})
    })
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = Request::parse(&text).map_err(FrameError::into_response);
    }

    #[test]
    fn what_is_written_is_read_again(frame in requests()) {
        match parse(&frame) {
            Ok(request) => prop_assert_eq!(Request::parse(&request.to_frame()), Ok(request)),
            Err(error) => {
                let _ = error.into_response();
            }
        }
    }
}
