use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;

use crate::Session;

#[wasm_bindgen]
extern "C" {
    /// The entry point of the SDK. Serves one live session.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = ::js_sys::Object)]
    pub type OpenVidu;

    /// Makes a session object and puts it in the single session slot of this `OpenVidu`.
    #[wasm_bindgen(method, catch, js_name = "initSession")]
    pub fn init_session(this: &OpenVidu) -> Result<Session, JsValue>;

    /// Asks for media and resolves to a [`Publisher`](crate::Publisher). `target` is an element, an id, or `undefined`.
    #[wasm_bindgen(method, catch, js_name = "initPublisherAsync")]
    pub fn init_publisher_async(
        this: &OpenVidu,
        target: &JsValue,
        properties: &Object,
    ) -> Result<Promise, JsValue>;

    /// Resolves to an array of plain `{ kind, deviceId, label }` objects: cameras and microphones only.
    #[wasm_bindgen(method, catch, js_name = "getDevices")]
    pub fn get_devices(this: &OpenVidu) -> Result<Promise, JsValue>;

    /// Silences all logging below error level, for every `OpenVidu` of the page.
    #[wasm_bindgen(method, catch, js_name = "enableProdMode")]
    pub fn enable_prod_mode(this: &OpenVidu) -> Result<(), JsValue>;

    /// Whether the SDK knows this browser, by its user agent.
    #[wasm_bindgen(method, catch, js_name = "checkSystemRequirements")]
    pub fn check_system_requirements(this: &OpenVidu) -> Result<JsValue, JsValue>;

    /// Hidden member: closes the websocket. Throws when there never was one.
    #[wasm_bindgen(method, catch, js_name = "closeWs")]
    pub fn close_ws(this: &OpenVidu) -> Result<(), JsValue>;

    /// Hidden member: the version of the SDK, a string.
    #[wasm_bindgen(method, getter, js_name = "libraryVersion")]
    pub fn library_version(this: &OpenVidu) -> JsValue;
}
