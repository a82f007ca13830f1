//! The bindings against a fake SDK: events, subscriptions, errors.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod until;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{JSON, Object, Reflect};
use openvidu_browser::{
    AudioSource, ConnectError, ConnectionReason, DeviceId, DeviceKind, Dimensions, Error, ExceptionName,
    OpenVidu, OpenViduErrorName, PropertyChange, PropertyReason, PublisherEvent, PublisherOptions,
    Recipients, Role, Sdk, Session, SessionEvent, SignalOptions, StreamReason, Subscriptions, TypeOfVideo,
    VideoSource,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use self::until::until;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/fake_sdk.js")]
extern "C" {
    fn install();
    fn uninstall();
    fn listeners(dispatcher: &JsValue) -> u32;
    #[wasm_bindgen(variadic)]
    fn emit(dispatcher: &JsValue, kind: &str, args: &[JsValue]);
    #[wasm_bindgen(js_name = publishNow)]
    fn publish_now(publisher: &JsValue, id: &str);
    #[wasm_bindgen(js_name = logOf)]
    fn log_of(session: &JsValue) -> String;
    #[wasm_bindgen(js_name = rejectWith)]
    fn reject_with(target: &JsValue, value: &JsValue);
    #[wasm_bindgen(js_name = neverAnswer)]
    fn never_answer(target: &JsValue);
    #[wasm_bindgen(js_name = throwWith)]
    fn throw_with(target: &JsValue, value: &JsValue);
    #[wasm_bindgen(js_name = remoteStream)]
    fn remote_stream(stream_id: &str, connection_id: &str, data: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = openViduError)]
    fn openvidu_error(name: &str, message: &str) -> JsValue;
    fn hurry();
    #[wasm_bindgen(js_name = takeYourTime)]
    fn take_your_time();
}

fn openvidu() -> OpenVidu {
    install();
    OpenVidu::new(&Sdk::from_global().expect("the fake is installed")).expect("the fake constructs")
}

fn session() -> Session {
    openvidu().init_session().expect("first session")
}

async fn joined() -> Session {
    let session = session();
    session
        .connect("wss://host?sessionId=S&token=tok", "{}", 10_000)
        .await
        .expect("the fake joins");
    session
}

fn record(session: &Session) -> (Rc<RefCell<Vec<SessionEvent>>>, Subscriptions) {
    let events = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&events);
    let subscriptions = session
        .subscribe_events(move |event| sink.borrow_mut().push(event))
        .expect("subscribes");
    (events, subscriptions)
}

fn object(json: &str) -> Object {
    JSON::parse(json).expect("JSON").unchecked_into()
}

fn with(json: &str, key: &str, value: &JsValue) -> JsValue {
    let object = object(json);
    Reflect::set(&object, &key.into(), value).expect("a plain object");
    object.into()
}

#[wasm_bindgen_test]
fn without_a_script_there_is_no_sdk() {
    uninstall();
    assert_eq!(Sdk::from_global(), None);
}

#[wasm_bindgen_test]
fn an_openvidu_has_one_session() {
    let openvidu = openvidu();
    let _session = openvidu.init_session().expect("first session");
    assert_eq!(openvidu.init_session().err(), Some(Error::Busy));
    assert_eq!(openvidu.version().as_deref(), Some("0.0.0-fake"));
}

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

#[wasm_bindgen_test]
async fn a_session_joins_once_and_leaves_once() {
    let session = session();
    assert_eq!(
        (session.id(), session.connection(), session.capabilities()),
        (None, None, None)
    );
    let signal = session.signal(SignalOptions::default()).await;
    assert_eq!(signal, Err(Error::NotConnected));

    let (events, _subscriptions) = record(&session);
    session.connect("token", "me", 10_000).await.expect("joins");
    assert!(
        matches!(&*events.take(), [SessionEvent::ConnectionCreated { connection, .. }] if connection.is_local())
    );
    let me = session.connection().expect("connected");
    assert_eq!((me.id().as_str(), me.role()), ("con_me", Some(Role::Publisher)));
    assert_eq!(me.data().client(), "me");
    assert_eq!(session.id().expect("joined").as_str(), "S");
    assert!(
        session
            .capabilities()
            .is_some_and(|may| may.publish && !may.force_disconnect)
    );
    assert_eq!(
        session.connect("token", "me", 10_000).await,
        Err(ConnectError::AlreadyUsed)
    );

    session.disconnect();
    session.disconnect();
    let raw: JsValue = session.as_raw().into();
    assert_eq!(session.connection(), None);
    assert_eq!(
        session.signal(SignalOptions::default()).await,
        Err(Error::NotConnected)
    );
    drop(session);
    assert_eq!(log_of(&raw), r#"[["connect","token","me"],["disconnect"]]"#);
    assert_eq!(
        *events.borrow(),
        [SessionEvent::Disconnected {
            reason: ConnectionReason::Disconnect
        }]
    );
}

#[wasm_bindgen_test]
async fn whatever_is_rejected_becomes_an_error() {
    let session = joined().await;
    let raw: JsValue = session.as_raw().into();
    let frozen = Object::freeze(&object(r#"{"code":401,"message":"no"}"#));
    let dom =
        web_sys::DomException::new_with_message_and_name("taken", "NotReadableError").expect("constructible");
    let cases: [(JsValue, Error); 7] = [
        (
            openvidu_error("OPENVIDU_PERMISSION_DENIED", "no"),
            Error::OpenVidu {
                name: OpenViduErrorName::OpenViduPermissionDenied,
                message: "no".into(),
            },
        ),
        (
            frozen.into(),
            Error::Rpc {
                code: 401,
                message: "no".into(),
            },
        ),
        (
            js_sys::TypeError::new("t").into(),
            Error::Other {
                name: "TypeError".into(),
                message: "t".into(),
            },
        ),
        (
            dom.into(),
            Error::Dom {
                name: "NotReadableError".into(),
                message: "taken".into(),
            },
        ),
        (
            "Error on publishVideo: {\"code\":302}".into(),
            Error::Rpc {
                code: 302,
                message: "".into(),
            },
        ),
        (500.into(), Error::Http { status: 500 }),
        (js_sys::Error::new("Request has timed out").into(), Error::Timeout),
    ];
    for (value, error) in &cases {
        reject_with(&raw, value);
        assert_eq!(
            session.signal(SignalOptions::default()).await.as_ref(),
            Err(error)
        );
        throw_with(&raw, value);
        assert_eq!(
            session.signal(SignalOptions::default()).await.as_ref(),
            Err(error)
        );
    }
    for value in [
        JsValue::UNDEFINED,
        JsValue::NULL,
        object("{}").into(),
        true.into(),
    ] {
        reject_with(&raw, &value);
        assert!(session.signal(SignalOptions::default()).await.is_err());
    }
}

#[wasm_bindgen_test]
async fn no_request_is_pending_for_ever() {
    let session = joined().await;
    let raw: JsValue = session.as_raw().into();
    never_answer(&raw);

    let pending = session.signal(SignalOptions::default());
    emit(&raw, "reconnecting", &[]);
    assert_eq!(pending.await, Err(Error::ConnectionLost));
    assert_eq!(
        session.signal(SignalOptions::default()).await,
        Err(Error::ConnectionLost),
        "while reconnecting"
    );
    emit(&raw, "reconnected", &[]);

    hurry();
    let timed_out = session.signal(SignalOptions::default()).await;
    take_your_time();
    assert_eq!(timed_out, Err(Error::Timeout));

    let pending = session.signal(SignalOptions::default());
    session.disconnect();
    assert_eq!(
        pending.await,
        Err(Error::Ended {
            reason: ConnectionReason::Disconnect
        })
    );
}

#[wasm_bindgen_test]
async fn a_signal_to_nobody_is_not_sent_to_everybody() {
    let session = joined().await;
    let raw: JsValue = session.as_raw().into();
    let to_nobody = SignalOptions {
        to: Recipients::Only(&[]),
        ..SignalOptions::default()
    };
    assert_eq!(session.signal(to_nobody).await, Err(Error::NoRecipients));
    let me = [session.connection().expect("connected")];
    let to_me = SignalOptions {
        kind: "chat",
        data: "hi",
        to: Recipients::Only(&me),
    };
    session.signal(to_me).await.expect("sent");
    let log = log_of(&raw);
    assert!(log.ends_with(r#"["signal",{"data":"hi","type":"chat","to":[{"connectionId":"con_me","role":"PUBLISHER","data":"{}"}]}]]"#), "{log}");
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

#[wasm_bindgen_test]
async fn options_reach_the_sdk() {
    let openvidu = openvidu();
    let options = PublisherOptions {
        audio_source: AudioSource::None,
        video_source: VideoSource::Device(DeviceId::new("cam")),
        publish_audio: false,
        frame_rate: Some(15),
        resolution: Dimensions {
            width: 1280,
            height: 720,
        },
        ..PublisherOptions::default()
    };
    openvidu
        .init_publisher(&options)
        .await
        .expect("the fake gives one");
    let properties = Reflect::get(openvidu.as_raw(), &"properties".into()).expect("recorded");
    let json: String = JSON::stringify(&properties).expect("plain").into();
    assert_eq!(
        json,
        r#"{"audioSource":false,"videoSource":"cam","publishAudio":false,"publishVideo":true,"resolution":"1280x720","frameRate":15,"mirror":true}"#
    );
}

#[wasm_bindgen_test]
async fn a_publisher_can_fail_in_every_way() {
    let openvidu = openvidu();
    let raw: JsValue = openvidu.as_raw().into();
    let denied = openvidu_error("DEVICE_ACCESS_DENIED", "no");
    let error = Error::OpenVidu {
        name: OpenViduErrorName::DeviceAccessDenied,
        message: "no".into(),
    };
    reject_with(&raw, &denied);
    assert_eq!(
        openvidu.init_publisher(&PublisherOptions::default()).await,
        Err(error.clone())
    );
    throw_with(&raw, &denied);
    assert_eq!(
        openvidu.init_publisher(&PublisherOptions::default()).await,
        Err(error)
    );
}

#[wasm_bindgen_test]
async fn devices_are_cameras_and_microphones() {
    let devices = openvidu().get_devices().await.expect("the fake has some");
    let devices: Vec<_> = devices
        .iter()
        .map(|device| (device.kind, device.id.as_str(), &*device.label))
        .collect();
    assert_eq!(
        devices,
        [
            (DeviceKind::AudioInput, "mic", "Mic"),
            (DeviceKind::VideoInput, "cam", "")
        ]
    );
}
