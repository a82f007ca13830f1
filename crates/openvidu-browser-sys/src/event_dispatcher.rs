use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The base class of everything that emits events.
    ///
    /// The SDK keeps one wrapper for each handler function: use a function for one event only, or it can't be removed.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = ::js_sys::Object)]
    pub type EventDispatcher;

    /// Registers a handler. May call this handler and all the others of that event before it returns.
    #[wasm_bindgen(method, catch)]
    pub fn on(this: &EventDispatcher, kind: &str, handler: &Function) -> Result<JsValue, JsValue>;

    /// Removes a handler from the event for which it was registered.
    #[wasm_bindgen(method, catch)]
    pub fn off(this: &EventDispatcher, kind: &str, handler: &Function) -> Result<JsValue, JsValue>;
}
