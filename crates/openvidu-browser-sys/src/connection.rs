use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// One participant's slot in a session, your own or a remote one.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = ::js_sys::Object)]
    pub type Connection;

    /// The id given by the deployment: a string.
    #[wasm_bindgen(method, getter, js_name = "connectionId")]
    pub fn connection_id(this: &Connection) -> JsValue;

    /// When it was created, in milliseconds since 1970 by the server's clock: a number.
    #[wasm_bindgen(method, getter, js_name = "creationTime")]
    pub fn creation_time(this: &Connection) -> JsValue;

    /// Client and server metadata, joined by `%/%` when there are both: a string or `undefined`.
    #[wasm_bindgen(method, getter)]
    pub fn data(this: &Connection) -> JsValue;

    /// `SUBSCRIBER`, `PUBLISHER` or `MODERATOR`; `undefined` for remote connections.
    #[wasm_bindgen(method, getter)]
    pub fn role(this: &Connection) -> JsValue;
}
