//! Requests of a session, and how they fail.

use js_sys::Object;
use openvidu_browser::{
    ConnectError, ConnectionReason, Error, OpenViduErrorName, Recipients, Role, SessionEvent, SignalOptions,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_sdk::{
    emit, hurry, joined, log_of, never_answer, object, openvidu_error, record, reject_with, session,
    take_your_time, throw_with,
};

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
    let cases: [(JsValue, Error); 10] = [
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
        (
            js_sys::Error::new(r#"Error on publishVideo: {"code":302,"message":"bad SDP","requestTime":1}"#)
                .into(),
            Error::Rpc {
                code: 302,
                message: "bad SDP".into(),
            },
        ),
        (
            "Error on publishVideo: {\"code\":302".into(),
            Error::Other {
                name: "Error".into(),
                message: "Error on publishVideo: {\"code\":302".into(),
            },
        ),
        (
            js_sys::Error::new(r#"{"message":"no code"}"#).into(),
            Error::Other {
                name: "Error".into(),
                message: r#"{"message":"no code"}"#.into(),
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
