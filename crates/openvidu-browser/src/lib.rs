//! Safe, typed bindings to the [openvidu-browser] SDK 2.32, for any WebAssembly framework.
//!
//! ```no_run
//! use openvidu_browser::{ConnectionData, OpenVidu, PublisherOptions, Sdk, SessionEvent, SubscriberOptions};
//!
//! # async fn call(token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let sdk = Sdk::load("/openvidu-browser.js").await?;
//! let openvidu = OpenVidu::new(&sdk)?;
//! openvidu.enable_prod_mode()?;
//! let session = std::rc::Rc::new(openvidu.init_session()?);
//!
//! let remote = std::rc::Rc::downgrade(&session);
//! let _events = session.subscribe_events(move |event| {
//!     if let (SessionEvent::StreamCreated { stream, .. }, Some(session)) = (event, remote.upgrade()) {
//!         // Keep the subscriber, and `attach` it to a `<video>`.
//!         let _subscriber = session.subscribe(&stream, SubscriberOptions::default());
//!     }
//! })?;
//!
//! session.connect(token, &ConnectionData::client_json("Ana"), 15_000).await?;
//! let publisher = openvidu.init_publisher(&PublisherOptions::default()).await?;
//! session.publish(&publisher).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Rules of the house
//!
//! - **Requests start at once.** A method that returns a future has sent its request when it returns; the future only reports the
//!   outcome, and dropping it does not take the request back. [`Session::connect`] is the exception: dropping its
//!   future cancels the join. No future stays pending for ever, and none borrows.
//! - **Events are values.** A listener gets an enum with what happened. Keep the [`Subscriptions`]: dropping it ends the listening. A
//!   listener may call anything, drop anything and be called again while it runs.
//! - **Dropping cleans up.** A dropped [`Session`] leaves; a dropped [`Publisher`] that is not published stops its tracks; a dropped
//!   [`Attachment`] empties its `<video>`.
//! - **No element is ever made by the SDK.** You make the `<video>` elements and [attach](Subscriber::attach) them.
//! - `as_raw` is the way to what these bindings don't offer: the types of `openvidu-browser-sys`.
//!
//! # Loading the SDK
//!
//! [`Sdk::load`] loads it when you call it; [`Sdk::from_global`] takes the one that the page has loaded. The official script
//! (`openvidu-browser-2.32.2.min.js`) works as it is, and so does a module that sets `globalThis.OpenViduBrowser` to all exports of the npm package.
//!
//! [openvidu-browser]: https://docs.openvidu.io/en/stable/reference-docs/openvidu-browser/

mod attachment;
mod connection;
mod connection_data;
mod error;
mod event;
mod ids;
mod js;
mod kinds;
mod openvidu;
mod options;
mod publisher;
mod reason;
mod sdk;
mod session;
mod stream;
mod subscriber;
mod subscription;
mod text;

pub use attachment::Attachment;
pub use connection::Connection;
pub use connection_data::ConnectionData;
pub use error::{ConnectError, Error, LoadError, OpenViduErrorName};
pub use event::{PropertyChange, PublisherEvent, SessionEvent, StreamChange, SubscriberEvent};
pub use ids::{ConnectionId, DeviceId, SessionId, StreamId};
pub use kinds::{Capabilities, Dimensions, ExceptionName, Role, TrackKind, TypeOfVideo};
pub use openvidu::{Device, DeviceKind, OpenVidu};
pub use options::{AudioSource, PublisherOptions, Recipients, SignalOptions, SubscriberOptions, VideoSource};
pub use publisher::Publisher;
pub use reason::{ConnectionReason, PropertyReason, StreamReason};
pub use sdk::{LoadOptions, ScriptKind, Sdk};
pub use session::Session;
pub use stream::Stream;
pub use subscriber::Subscriber;
pub use subscription::Subscriptions;
