use openvidu_browser_sys as sys;
use wasm_bindgen::JsValue;

use super::property::StreamChange;
use crate::error::Error;
use crate::ids::StreamId;
use crate::js;
use crate::reason::StreamReason;

/// What happens to a publisher.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PublisherEvent {
    /// Your stream is published: others can subscribe. Each listener gets it once for each publication, also when it is
    /// registered afterwards. (`streamCreated`)
    StreamCreated {
        /// Its id.
        id: StreamId,
    },
    /// Your stream ended. Its tracks are stopped right after this event. (`streamDestroyed`)
    StreamDestroyed {
        /// Why.
        reason: StreamReason,
    },
    /// The first attached video element plays. May come more than once. (`streamPlaying`)
    StreamPlaying,
    /// Your stream changed, and the server knows. (`streamPropertyChanged`)
    StreamPropertyChanged(StreamChange),
    /// The media is there. May come more than once. (`accessAllowed`)
    AccessAllowed,
    /// The media could not be had. (`accessDenied`)
    AccessDenied {
        /// Why; `None` when the SDK repeats the event.
        error: Option<Error>,
    },
    /// The SDK emitted this event without what belongs to it.
    Malformed {
        /// The name of the event.
        event: &'static str,
    },
}

/// What happens to a subscriber.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SubscriberEvent {
    /// The first attached video element plays. May come more than once. (`streamPlaying`)
    StreamPlaying,
    /// The stream changed. (`streamPropertyChanged`)
    StreamPropertyChanged(StreamChange),
    /// The SDK emitted this event without what belongs to it.
    Malformed {
        /// The name of the event.
        event: &'static str,
    },
}

const STREAM_CREATED: &str = "streamCreated";
const STREAM_DESTROYED: &str = "streamDestroyed";
const STREAM_PLAYING: &str = "streamPlaying";
const STREAM_PROPERTY_CHANGED: &str = "streamPropertyChanged";
const ACCESS_ALLOWED: &str = "accessAllowed";
const ACCESS_DENIED: &str = "accessDenied";

pub(crate) const PUBLISHER_EVENTS: &[&str] = &[
    STREAM_CREATED,
    STREAM_DESTROYED,
    STREAM_PLAYING,
    STREAM_PROPERTY_CHANGED,
    ACCESS_ALLOWED,
    ACCESS_DENIED,
];

/// The event that a publisher needs itself.
pub(crate) const END_EVENTS: &[&str] = &[STREAM_DESTROYED];

pub(crate) const SUBSCRIBER_EVENTS: &[&str] = &[STREAM_PLAYING, STREAM_PROPERTY_CHANGED];

impl PublisherEvent {
    pub(crate) fn from_js(kind: &'static str, event: JsValue) -> Self {
        Self::read(kind, event).unwrap_or(Self::Malformed { event: kind })
    }

    fn read(kind: &'static str, event: JsValue) -> Option<Self> {
        Some(match kind {
            STREAM_CREATED => {
                let event: sys::StreamEvent = js::class(event)?;
                let stream: sys::Stream = js::class(event.stream())?;
                Self::StreamCreated {
                    id: StreamId::new(&js::some_text(&stream.stream_id())?),
                }
            }
            STREAM_DESTROYED => {
                let event: sys::StreamEvent = js::class(event)?;
                Self::StreamDestroyed {
                    reason: StreamReason::from_word(&js::text(&event.reason())),
                }
            }
            STREAM_PLAYING => Self::StreamPlaying,
            STREAM_PROPERTY_CHANGED => Self::StreamPropertyChanged(StreamChange::from_js(event)?),
            ACCESS_ALLOWED => Self::AccessAllowed,
            ACCESS_DENIED => Self::AccessDenied {
                error: (!event.is_undefined()).then(|| Error::from_js(&event)),
            },
            _ => return None,
        })
    }
}

impl SubscriberEvent {
    pub(crate) fn from_js(kind: &'static str, event: JsValue) -> Self {
        match kind {
            STREAM_PLAYING => Some(Self::StreamPlaying),
            STREAM_PROPERTY_CHANGED => StreamChange::from_js(event).map(Self::StreamPropertyChanged),
            _ => None,
        }
        .unwrap_or(Self::Malformed { event: kind })
    }
}
