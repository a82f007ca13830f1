use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;

use crate::{Connection, EventDispatcher, Publisher, Stream, Subscriber};

#[wasm_bindgen]
extern "C" {
    /// A video call.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = EventDispatcher, extends = ::js_sys::Object)]
    pub type Session;

    /// The local [`Connection`], or `undefined` before the join was answered. Stays defined after leaving.
    #[wasm_bindgen(method, getter)]
    pub fn connection(this: &Session) -> JsValue;

    /// The session's id, a string; `undefined` before `connect`.
    #[wasm_bindgen(method, getter, js_name = "sessionId")]
    pub fn session_id(this: &Session) -> JsValue;

    /// What this participant may do: [`Capabilities`], or `undefined` before the join was answered.
    #[wasm_bindgen(method, getter)]
    pub fn capabilities(this: &Session) -> JsValue;

    /// Joins. The promise may never settle when the server can't be reached.
    #[wasm_bindgen(method, catch)]
    pub fn connect(this: &Session, token: &str, metadata: &str) -> Result<Promise, JsValue>;

    /// Leaves. Does nothing before the join was answered, and throws while the websocket reconnects.
    #[wasm_bindgen(method, catch)]
    pub fn disconnect(this: &Session) -> Result<(), JsValue>;

    /// Hidden member: leaves. With `forced`, without telling the server.
    #[wasm_bindgen(method, catch)]
    pub fn leave(this: &Session, forced: bool, reason: &str) -> Result<(), JsValue>;

    /// Subscribes to a remote stream. Calls `subscribe` before it returns; the promise settles when media is negotiated.
    #[wasm_bindgen(method, catch, js_name = "subscribeAsync")]
    pub fn subscribe_async(
        this: &Session,
        stream: &Stream,
        target: &JsValue,
        properties: &Object,
    ) -> Result<Promise, JsValue>;

    /// Ends a subscription.
    #[wasm_bindgen(method, catch)]
    pub fn unsubscribe(this: &Session, subscriber: &Subscriber) -> Result<Promise, JsValue>;

    /// Publishes local media.
    #[wasm_bindgen(method, catch)]
    pub fn publish(this: &Session, publisher: &Publisher) -> Result<Promise, JsValue>;

    /// Ends a publication. Stops the publisher's tracks unless its `streamDestroyed` event is prevented.
    #[wasm_bindgen(method, catch)]
    pub fn unpublish(this: &Session, publisher: &Publisher) -> Result<Promise, JsValue>;

    /// Evicts a participant.
    #[wasm_bindgen(method, catch, js_name = "forceDisconnect")]
    pub fn force_disconnect(this: &Session, connection: &Connection) -> Result<Promise, JsValue>;

    /// Ends somebody's publication.
    #[wasm_bindgen(method, catch, js_name = "forceUnpublish")]
    pub fn force_unpublish(this: &Session, stream: &Stream) -> Result<Promise, JsValue>;

    /// Sends `{ data?, to?, type? }` to other participants.
    #[wasm_bindgen(method, catch)]
    pub fn signal(this: &Session, options: &Object) -> Result<Promise, JsValue>;

    /// What a participant's role allows. Not updated when the role changes.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = ::js_sys::Object)]
    pub type Capabilities;

    /// May subscribe.
    #[wasm_bindgen(method, getter)]
    pub fn subscribe(this: &Capabilities) -> JsValue;

    /// May publish.
    #[wasm_bindgen(method, getter)]
    pub fn publish(this: &Capabilities) -> JsValue;

    /// May end other people's publications.
    #[wasm_bindgen(method, getter, js_name = "forceUnpublish")]
    pub fn force_unpublish(this: &Capabilities) -> JsValue;

    /// May evict other people.
    #[wasm_bindgen(method, getter, js_name = "forceDisconnect")]
    pub fn force_disconnect(this: &Capabilities) -> JsValue;
}
