//! Bodies of the REST API: exact keys outwards, tolerance inwards.

use openvidu_protocol::{
    Role,
    rest::{
        Connection, ConnectionProperties, IceServer, IceServerError, List, MediaMode, OutputMode,
        RecordingProperties, Session, SessionProperties, Signal, TokenProperties,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn pending_connection() -> Value {
    json!({"id": "con_Qa1b2c3d4e", "object": "connection", "status": "pending", "connectionId": "con_Qa1b2c3d4e",
        "sessionId": "SessionA", "createdAt": 1_700_000_000_000_u64, "type": "WEBRTC", "record": true,
        "role": "PUBLISHER", "kurentoOptions": null, "customIceServers": [], "rtspUri": null,
        "adaptativeBitrate": null, "onlyPlayWithSubscribers": null, "networkCache": null, "serverData": "",
        "token": "wss://host?sessionId=SessionA&token=tok_Ab12", "activeAt": null, "location": null, "ip": null,
        "platform": null, "clientData": null, "publishers": null, "subscribers": null})
}

#[test]
fn a_pending_connection_keeps_every_key_and_every_null() {
    let connection: Connection = serde_json::from_value(pending_connection()).unwrap();
    assert_eq!(serde_json::to_value(connection).unwrap(), pending_connection());
}

#[test]
fn a_session_keeps_every_key() {
    let body = json!({"id": "SessionA", "object": "session", "sessionId": "SessionA", "createdAt": 1, "recording": false,
        "broadcasting": false, "mediaMode": "ROUTED", "recordingMode": "MANUAL",
        "defaultRecordingProperties": {"name": "", "hasAudio": true, "hasVideo": true, "outputMode": "COMPOSED",
            "recordingLayout": "BEST_FIT", "resolution": "1280x720", "frameRate": 25, "shmSize": 536_870_912},
        "customSessionId": "SessionA", "forcedVideoCodec": "MEDIA_SERVER_PREFERRED", "allowTranscoding": false,
        "connections": {"numberOfElements": 1, "content": [pending_connection()]}});
    let session: Session = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(
        session.default_recording_properties,
        RecordingProperties::default().with_defaults()
    );
    assert_eq!(serde_json::to_value(session).unwrap(), body);
}

#[test]
fn requests_take_null_for_absent_and_ignore_what_they_do_not_know() {
    let session: SessionProperties = serde_json::from_value(json!({"mediaMode": null, "customSessionId": "",
        "defaultRecordingProperties": null, "mediaNode": null, "unknown": {}}))
    .unwrap();
    assert!(session.media_mode.is_none());
    let connection: ConnectionProperties =
        serde_json::from_value(json!({"type": null, "record": null, "role": null,
        "kurentoOptions": {"videoMaxRecvBandwidth": null, "allowedFilters": null}, "customIceServers": null,
        "rtspUri": null}))
        .unwrap();
    assert!(connection.custom_ice_servers.is_empty());
    let signal: Signal = serde_json::from_value(json!({"session": "S", "to": null, "type": null})).unwrap();
    assert!(signal.to.is_empty() && signal.kind.is_none());
    let token: TokenProperties = serde_json::from_value(json!({"session": "S", "role": null})).unwrap();
    assert!(token.role.is_none());
}

#[test]
fn an_unknown_value_is_kept_and_recognised_as_such() {
    let session: SessionProperties = serde_json::from_value(json!({"mediaMode": "SMOKE_SIGNALS"})).unwrap();
    let mode = session.media_mode.unwrap();
    assert_eq!(mode, MediaMode::Other("SMOKE_SIGNALS".into()));
    assert!(!mode.is_known());
    assert!(!Role::from("KING").may_publish());
}

#[test]
fn an_individual_recording_has_no_layout() {
    let properties = RecordingProperties {
        output_mode: Some(OutputMode::Individual),
        ..Default::default()
    }
    .with_defaults();
    assert_eq!(
        serde_json::to_value(properties).unwrap(),
        json!({"name": "", "hasAudio": true, "hasVideo": true, "outputMode": "INDIVIDUAL"})
    );
}

#[test]
fn ice_servers_are_checked() {
    let stun = |url: &str| IceServer {
        url: url.to_owned(),
        ..IceServer::default()
    };
    let turn = |url: &str| IceServer {
        username: Some("u".to_owned()),
        credential: Some("c".to_owned()),
        ..stun(url)
    };
    let secret = |url: &str| IceServer {
        static_auth_secret: Some("s".to_owned()),
        ..stun(url)
    };
    for (server, expected) in [
        (stun("stun:example.org"), Ok(())),
        (stun("stuns:[2001:db8::1]:5349"), Ok(())),
        (turn("turn:192.0.2.1:3478?transport=udp"), Ok(())),
        (secret("turns:host"), Ok(())),
        (stun("http://host"), Err(IceServerError::Scheme)),
        (stun("host"), Err(IceServerError::Scheme)),
        (stun("stun:"), Err(IceServerError::Host)),
        (stun("stun:[::1"), Err(IceServerError::Host)),
        (stun("stun:ho st"), Err(IceServerError::Host)),
        (stun("stun:host:0"), Err(IceServerError::Port)),
        (stun("stun:host:65536"), Err(IceServerError::Port)),
        (stun("stun:host?transport=udp"), Err(IceServerError::Query)),
        (turn("turn:host?transport=sctp"), Err(IceServerError::Query)),
        (stun("turn:host"), Err(IceServerError::MissingCredentials)),
        (turn("stun:host"), Err(IceServerError::UnexpectedCredentials)),
        (secret("stun:host"), Err(IceServerError::UnexpectedCredentials)),
    ] {
        assert_eq!(server.validate(), expected, "{}", server.url);
    }
}

#[test]
fn lists_count_themselves() {
    assert_eq!(
        serde_json::to_value(List::from(vec![1, 2])).unwrap(),
        json!({"numberOfElements": 2, "content": [1, 2]})
    );
}

proptest! {
    #[test]
    fn no_body_panics(text in any::<String>(), url in any::<String>()) {
        let _ = serde_json::from_str::<SessionProperties>(&text);
        let _ = serde_json::from_str::<ConnectionProperties>(&text);
        let _ = serde_json::from_str::<Signal>(&text);
        let _ = IceServer { url, ..IceServer::default() }.validate();
    }
}
