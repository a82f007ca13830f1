use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What every event object has.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = ::js_sys::Object)]
    pub type Event;

    /// The name of the event, a string.
    #[wasm_bindgen(method, getter, js_name = "type")]
    pub fn kind(this: &Event) -> JsValue;

    /// The emitter.
    #[wasm_bindgen(method, getter)]
    pub fn target(this: &Event) -> JsValue;

    /// Whether `preventDefault` has an effect.
    #[wasm_bindgen(method, getter)]
    pub fn cancelable(this: &Event) -> JsValue;

    /// Prevents the SDK's own clean-up that follows the handlers. Only effective while the handler runs.
    #[wasm_bindgen(method, catch, js_name = "preventDefault")]
    pub fn prevent_default(this: &Event) -> Result<(), JsValue>;

    /// `connectionCreated` and `connectionDestroyed`.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = Event, extends = ::js_sys::Object)]
    pub type ConnectionEvent;

    /// The [`Connection`](crate::Connection).
    #[wasm_bindgen(method, getter)]
    pub fn connection(this: &ConnectionEvent) -> JsValue;

    /// Why, a string; empty for `connectionCreated`.
    #[wasm_bindgen(method, getter)]
    pub fn reason(this: &ConnectionEvent) -> JsValue;

    /// `streamCreated` and `streamDestroyed`.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = Event, extends = ::js_sys::Object)]
    pub type StreamEvent;

    /// The [`Stream`](crate::Stream).
    #[wasm_bindgen(method, getter)]
    pub fn stream(this: &StreamEvent) -> JsValue;

    /// Why, a string; empty for `streamCreated`.
    #[wasm_bindgen(method, getter)]
    pub fn reason(this: &StreamEvent) -> JsValue;

    /// `streamPropertyChanged`.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = Event, extends = ::js_sys::Object)]
    pub type StreamPropertyChangedEvent;

    /// The [`Stream`](crate::Stream).
    #[wasm_bindgen(method, getter)]
    pub fn stream(this: &StreamPropertyChangedEvent) -> JsValue;

    /// The name of the property, a string.
    #[wasm_bindgen(method, getter, js_name = "changedProperty")]
    pub fn changed_property(this: &StreamPropertyChangedEvent) -> JsValue;

    /// Its new value: a boolean, `{ label }`, `{ width, height }` or a filter.
    #[wasm_bindgen(method, getter, js_name = "newValue")]
    pub fn new_value(this: &StreamPropertyChangedEvent) -> JsValue;

    /// Why, a string.
    #[wasm_bindgen(method, getter)]
    pub fn reason(this: &StreamPropertyChangedEvent) -> JsValue;

    /// `sessionDisconnected`.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = Event, extends = ::js_sys::Object)]
    pub type SessionDisconnectedEvent;

    /// Why, a string.
    #[wasm_bindgen(method, getter)]
    pub fn reason(this: &SessionDisconnectedEvent) -> JsValue;

    /// `signal` and `signal:<type>`.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = Event, extends = ::js_sys::Object)]
    pub type SignalEvent;

    /// What was sent, a string.
    #[wasm_bindgen(method, getter)]
    pub fn data(this: &SignalEvent) -> JsValue;

    /// The sender's [`Connection`](crate::Connection); `undefined` when the server sent it.
    #[wasm_bindgen(method, getter)]
    pub fn from(this: &SignalEvent) -> JsValue;

    /// `exception`.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = Event, extends = ::js_sys::Object)]
    pub type ExceptionEvent;

    /// Which one, a string.
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &ExceptionEvent) -> JsValue;

    /// What went wrong, a string for logs.
    #[wasm_bindgen(method, getter)]
    pub fn message(this: &ExceptionEvent) -> JsValue;

    /// A session, stream or subscriber, depending on the name.
    #[wasm_bindgen(method, getter)]
    pub fn origin(this: &ExceptionEvent) -> JsValue;
}
