//! What the SDK emits, as values.

use js_sys::Reflect;
use openvidu_browser::{
    ConnectionReason, Dimensions, ExceptionName, PropertyChange, PropertyReason, SessionEvent, StreamReason,
    TypeOfVideo,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_sdk::{emit, joined, object, record, remote_stream, with};

#[wasm_bindgen_test]
async fn session_events_are_values() {
    let session = joined().await;
    let raw: JsValue = session.as_raw().into();
    let (events, _subscriptions) = record(&session);
    let stream = remote_stream("str_1", "con_1", &r#"{"clientData":"Ana"}%/%srv"#.into());
    let connection = Reflect::get(&stream, &"connection".into()).expect("it has one");

    emit(
        &raw,
        "connectionCreated",
        &[with(r#"{"reason":""}"#, "connection", &connection)],
    );
    emit(
        &raw,
        "streamCreated",
        &[with(r#"{"reason":""}"#, "stream", &stream)],
    );
    let changes = [
        (
            r#"{"changedProperty":"videoActive","newValue":true,"reason":"publishVideo"}"#,
            PropertyChange::VideoActive(true),
        ),
        (
            r#"{"changedProperty":"videoDimensions","newValue":{"width":4,"height":3},"reason":"trackReplaced"}"#,
            PropertyChange::VideoDimensions(Dimensions { width: 4, height: 3 }),
        ),
        (
            r#"{"changedProperty":"videoTrack","newValue":{"label":"Cam"},"reason":"new"}"#,
            PropertyChange::VideoTrack { label: "Cam".into() },
        ),
        (
            r#"{"changedProperty":"audioActive","newValue":"yes"}"#,
            PropertyChange::Other {
                property: "audioActive".into(),
            },
        ),
    ];
    for (json, _) in &changes {
        emit(&raw, "streamPropertyChanged", &[with(json, "stream", &stream)]);
    }
    emit(
        &raw,
        "signal",
        &[with(r#"{"type":"chat","data":"hi"}"#, "from", &connection)],
    );
    emit(&raw, "signal", &[object(r#"{"type":"chat"}"#).into()]);
    emit(
        &raw,
        "exception",
        &[object(r#"{"name":"ICE_CONNECTION_FAILED","message":"m"}"#).into()],
    );
    emit(
        &raw,
        "streamDestroyed",
        &[with(r#"{"reason":"forceUnpublishByUser"}"#, "stream", &stream)],
    );
    emit(
        &raw,
        "connectionDestroyed",
        &[with(r#"{"reason":"somethingNew"}"#, "connection", &connection)],
    );
    emit(&raw, "reconnecting", &[]);
    emit(&raw, "reconnected", &[]);
    emit(
        &raw,
        "sessionDisconnected",
        &[object(r#"{"reason":"sessionClosedByServer"}"#).into()],
    );
    emit(&raw, "reconnected", &[]);

    let events = events.take();
    let mut events = events.iter();
    let Some(SessionEvent::ConnectionCreated { id, connection }) = events.next() else {
        panic!("connectionCreated")
    };
    assert_eq!(
        (id.as_str(), connection.role(), connection.is_local()),
        ("con_1", None, false)
    );
    assert_eq!(connection.data().display_name(), Some("Ana"));
    let Some(SessionEvent::StreamCreated {
        id,
        stream,
        connection: owner,
    }) = events.next()
    else {
        panic!("streamCreated")
    };
    assert_eq!((id.as_str(), owner), ("str_1", connection));
    assert_eq!(stream.type_of_video(), Some(TypeOfVideo::Camera));
    assert_eq!(
        stream.dimensions(),
        Some(Dimensions {
            width: 640,
            height: 480
        })
    );
    assert_eq!((stream.audio_active(), stream.video_active()), (true, false));
    assert_eq!(
        (
            stream.media_stream(),
            stream.track(openvidu_browser::TrackKind::Video)
        ),
        (None, None)
    );
    assert!(stream.peer_connection().is_err());
    for (_, change) in &changes {
        let Some(SessionEvent::StreamPropertyChanged(event)) = events.next() else {
            panic!("streamPropertyChanged")
        };
        assert_eq!(&event.change, change);
        if let PropertyChange::VideoTrack { .. } = change {
            assert_eq!(event.reason, PropertyReason::Other("new".into()));
        }
    }
    assert_eq!(
        events.next(),
        Some(&SessionEvent::Signal {
            kind: "chat".into(),
            data: "hi".into(),
            from: Some(connection.clone())
        })
    );
    assert_eq!(
        events.next(),
        Some(&SessionEvent::Signal {
            kind: "chat".into(),
            data: "".into(),
            from: None
        })
    );
    let exception = SessionEvent::Exception {
        name: ExceptionName::IceConnectionFailed,
        message: "m".into(),
    };
    assert_eq!(events.next(), Some(&exception));
    let Some(SessionEvent::StreamDestroyed { reason, .. }) = events.next() else {
        panic!("streamDestroyed")
    };
    assert_eq!(reason, &StreamReason::ForceUnpublishByUser);
    let Some(SessionEvent::ConnectionDestroyed { reason, .. }) = events.next() else {
        panic!("connectionDestroyed")
    };
    assert_eq!(reason, &ConnectionReason::Other("somethingNew".into()));
    assert_eq!(events.next(), Some(&SessionEvent::Reconnecting));
    assert_eq!(events.next(), Some(&SessionEvent::Reconnected));
    assert_eq!(
        events.next(),
        Some(&SessionEvent::Disconnected {
            reason: ConnectionReason::SessionClosedByServer
        })
    );
    assert_eq!(events.next(), None, "nothing follows the end");
}

#[wasm_bindgen_test]
async fn broken_events_are_values_too() {
    let session = joined().await;
    let raw: JsValue = session.as_raw().into();
    let (events, _subscriptions) = record(&session);
    let broken = [
        JsValue::UNDEFINED,
        JsValue::NULL,
        "text".into(),
        1.into(),
        object("{}").into(),
        object(r#"{"stream":null,"connection":5}"#).into(),
        object(r#"{"stream":{},"connection":{}}"#).into(),
        object(r#"{"stream":{"streamId":7},"connection":{"connectionId":{}}}"#).into(),
    ];
    for event in &broken {
        for kind in ["connectionCreated", "streamCreated", "streamDestroyed"] {
            emit(&raw, kind, std::slice::from_ref(event));
            assert_eq!(
                events.borrow_mut().pop(),
                Some(SessionEvent::Malformed { event: kind })
            );
        }
        for kind in ["streamPropertyChanged", "signal", "exception"] {
            emit(&raw, kind, std::slice::from_ref(event));
            assert!(events.borrow_mut().pop().is_some());
        }
    }
}
