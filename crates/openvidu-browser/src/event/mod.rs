//! Typed events, one enum an emitter.

mod manager;
mod property;
mod session;

pub(crate) use manager::{END_EVENTS, PUBLISHER_EVENTS, SUBSCRIBER_EVENTS};
pub use manager::{PublisherEvent, SubscriberEvent};
pub use property::{PropertyChange, StreamChange};
pub use session::SessionEvent;
pub(crate) use session::{SESSION_EVENTS, STATE_EVENTS, is_disconnection};
