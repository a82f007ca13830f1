//! Raw `wasm-bindgen` declarations of the [openvidu-browser] SDK, version 2.32.
//!
//! Nothing but extern blocks: one file a JavaScript class, names as in the SDK. The crate `openvidu-browser` is the safe and
//! typed layer above; use this one only to reach what that layer does not offer.
//!
//! Three things hold for the whole crate.
//!
//! - **No imports.** Nothing here makes the generated JavaScript import or name the SDK, so the SDK can be loaded later, or
//!   not at all. That is why [`OpenVidu`] has no constructor: look the class up on the global object (the official script
//!   sets `globalThis.OpenVidu`) and call it with `Reflect.construct`.
//! - **No `instanceof`.** Of all classes, the script build makes only `OpenVidu` reachable, so `dyn_into` always fails for
//!   the types of this crate. Only unchecked casts work.
//! - **Honest types.** A property that the SDK's own declarations call a `string` but that is `undefined` at times, or that is
//!   passed on unchecked from the server, is a [`JsValue`](wasm_bindgen::JsValue) here. A getter still throws when it is called on `undefined`.
//!
//! [openvidu-browser]: https://docs.openvidu.io/en/stable/reference-docs/openvidu-browser/

mod connection;
mod event;
mod event_dispatcher;
mod openvidu;
mod session;
mod stream;
mod stream_manager;

pub use connection::Connection;
pub use event::{
    ConnectionEvent, Event, ExceptionEvent, SessionDisconnectedEvent, SignalEvent, StreamEvent,
    StreamPropertyChangedEvent,
};
pub use event_dispatcher::EventDispatcher;
pub use openvidu::OpenVidu;
pub use session::{Capabilities, Session};
pub use stream::Stream;
pub use stream_manager::{Publisher, StreamManager, Subscriber};
