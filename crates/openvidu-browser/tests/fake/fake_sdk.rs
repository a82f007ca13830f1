//! The stand-in for the SDK, and what is made of it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{JSON, Object, Reflect};
use openvidu_browser::{OpenVidu, Sdk, Session, SessionEvent, Subscriptions};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/fake_sdk.js")]
extern "C" {
    pub(crate) fn install();
    pub(crate) fn uninstall();
    pub(crate) fn listeners(dispatcher: &JsValue) -> u32;
    #[wasm_bindgen(variadic)]
    pub(crate) fn emit(dispatcher: &JsValue, kind: &str, args: &[JsValue]);
    #[wasm_bindgen(js_name = publishNow)]
    pub(crate) fn publish_now(publisher: &JsValue, id: &str);
    #[wasm_bindgen(js_name = logOf)]
    pub(crate) fn log_of(session: &JsValue) -> String;
    #[wasm_bindgen(js_name = rejectWith)]
    pub(crate) fn reject_with(target: &JsValue, value: &JsValue);
    #[wasm_bindgen(js_name = neverAnswer)]
    pub(crate) fn never_answer(target: &JsValue);
    #[wasm_bindgen(js_name = throwWith)]
    pub(crate) fn throw_with(target: &JsValue, value: &JsValue);
    #[wasm_bindgen(js_name = remoteStream)]
    pub(crate) fn remote_stream(stream_id: &str, connection_id: &str, data: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = openViduError)]
    pub(crate) fn openvidu_error(name: &str, message: &str) -> JsValue;
    pub(crate) fn hurry();
    #[wasm_bindgen(js_name = takeYourTime)]
    pub(crate) fn take_your_time();
}

pub(crate) fn openvidu() -> OpenVidu {
    install();
    OpenVidu::new(&Sdk::from_global().expect("the fake is installed")).expect("the fake constructs")
}

pub(crate) fn session() -> Session {
    openvidu().init_session().expect("first session")
}

pub(crate) async fn joined() -> Session {
    let session = session();
    session
        .connect("wss://host?sessionId=S&token=tok", "{}", 10_000)
        .await
        .expect("the fake joins");
    session
}

pub(crate) fn record(session: &Session) -> (Rc<RefCell<Vec<SessionEvent>>>, Subscriptions) {
    let events = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&events);
    let subscriptions = session
        .subscribe_events(move |event| sink.borrow_mut().push(event))
        .expect("subscribes");
    (events, subscriptions)
}

pub(crate) fn object(json: &str) -> Object {
    JSON::parse(json).expect("JSON").unchecked_into()
}

pub(crate) fn with(json: &str, key: &str, value: &JsValue) -> JsValue {
    let object = object(json);
    Reflect::set(&object, &key.into(), value).expect("a plain object");
    object.into()
}
