//! What the tests with the real SDK share: the SDK, the fake signalling server, and recorded events.
#![allow(dead_code, reason = "each test file uses a part")]

use std::cell::RefCell;
use std::rc::Rc;

use openvidu_browser::{OpenVidu, Sdk, Session, SessionEvent, Stream, Subscriptions};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStream, MediaStreamConstraints, MediaStreamTrack, MediaStreamTrackState};

/// Served by the test runner from this crate's directory.
pub(crate) const SDK: &str = "/sdk/openvidu-browser.js";
/// What to do when it is not there.
pub(crate) const NO_SDK: &str =
    "crates/openvidu-browser/sdk/openvidu-browser.js is needed: `cargo xtask sdk` makes it";

#[wasm_bindgen(module = "/tests/fake_signalling.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = TOKEN)]
    static TOKEN_TEXT: String;
    pub(crate) fn start();
    #[wasm_bindgen(js_name = isOurs)]
    pub(crate) fn is_ours() -> bool;
    pub(crate) fn reachable(value: bool);
    #[wasm_bindgen(js_name = neverOpen)]
    pub(crate) fn never_open();
    #[wasm_bindgen(js_name = openAttempts)]
    pub(crate) fn open_attempts() -> u32;
    pub(crate) fn hold(method: &str);
    pub(crate) fn release(method: &str);
    pub(crate) fn refuse(method: &str, code: i32, message: &str);
    #[wasm_bindgen(js_name = addOther)]
    pub(crate) fn add_other(connection_id: &str, stream_id: &str, metadata: &str);
    pub(crate) fn notify(method: &str, params: &str);
    #[wasm_bindgen(js_name = dropSockets)]
    pub(crate) fn drop_sockets();
    #[wasm_bindgen(js_name = openSockets)]
    pub(crate) fn open_sockets() -> u32;
    pub(crate) fn count(method: &str) -> u32;
    pub(crate) fn last(method: &str) -> Option<String>;
    #[wasm_bindgen(js_name = holdOffers)]
    pub(crate) fn hold_offers();
    #[wasm_bindgen(js_name = releaseOffers)]
    pub(crate) fn release_offers();
    #[wasm_bindgen(js_name = passQuickly)]
    pub(crate) fn pass_quickly();
    #[wasm_bindgen(js_name = passNormally)]
    pub(crate) fn pass_normally();
}

pub(crate) fn token() -> String {
    TOKEN_TEXT.with(Clone::clone)
}

/// A fresh server and an `OpenVidu` of the real SDK.
pub(crate) async fn openvidu() -> OpenVidu {
    start();
    let sdk = Sdk::load(SDK).await.expect(NO_SDK);
    let openvidu = OpenVidu::new(&sdk).expect("the SDK constructs");
    openvidu.enable_prod_mode().expect("the SDK falls silent");
    openvidu
}

pub(crate) async fn joined() -> (OpenVidu, Session) {
    let openvidu = openvidu().await;
    let session = openvidu.init_session().expect("first session");
    session.connect(&token(), "me", 5_000).await.expect("joins");
    (openvidu, session)
}

pub(crate) type Events = Rc<RefCell<Vec<SessionEvent>>>;

pub(crate) fn record(session: &Session) -> (Events, Subscriptions) {
    let events = Events::default();
    let sink = Rc::clone(&events);
    let subscriptions = session
        .subscribe_events(move |event| sink.borrow_mut().push(event))
        .expect("subscribes");
    (events, subscriptions)
}

/// The first remote stream that was announced.
pub(crate) fn announced(events: &Events) -> Stream {
    let events = events.borrow();
    let stream = events.iter().find_map(|event| match event {
        SessionEvent::StreamCreated { stream, .. } => Some(stream.clone()),
        _ => None,
    });
    stream.expect("a stream was announced")
}

/// Opens the browser's fake devices.
pub(crate) async fn user_media(audio: bool, video: bool) -> MediaStream {
    let devices = web_sys::window()
        .expect("a page")
        .navigator()
        .media_devices()
        .expect("a secure page");
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&audio.into());
    constraints.set_video(&video.into());
    let promise = devices
        .get_user_media_with_constraints(&constraints)
        .expect("asks");
    JsFuture::from(promise)
        .await
        .expect("webdriver.json gives fake devices")
        .unchecked_into()
}

pub(crate) async fn camera_track() -> MediaStreamTrack {
    user_media(false, true)
        .await
        .get_video_tracks()
        .get(0)
        .unchecked_into()
}

pub(crate) async fn microphone_track() -> MediaStreamTrack {
    user_media(true, false)
        .await
        .get_audio_tracks()
        .get(0)
        .unchecked_into()
}

pub(crate) fn ended(track: &MediaStreamTrack) -> bool {
    track.ready_state() == MediaStreamTrackState::Ended
}
