use openvidu_browser_sys as sys;
use wasm_bindgen::JsValue;

use crate::ids::StreamId;
use crate::js;
use crate::kinds::Dimensions;
use crate::reason::PropertyReason;
use crate::stream::Stream;

/// A property of a stream changed: a local one after the server knows, or a remote one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StreamChange {
    /// The stream's id; `None` for a local stream that was not published yet.
    pub id: Option<StreamId>,
    /// The stream.
    pub stream: Stream,
    /// What changed.
    pub change: PropertyChange,
    /// Why.
    pub reason: PropertyReason,
}

/// Which property of a stream changed, and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PropertyChange {
    /// The sound was switched on or off. (`audioActive`)
    AudioActive(bool),
    /// The picture was switched on or off. (`videoActive`)
    VideoActive(bool),
    /// The sound comes from another track. (`audioTrack`)
    AudioTrack {
        /// The name of the device, as its owner's browser calls it.
        label: Box<str>,
    },
    /// The picture comes from another track. (`videoTrack`)
    VideoTrack {
        /// The name of the device, as its owner's browser calls it.
        label: Box<str>,
    },
    /// The picture has another size. (`videoDimensions`)
    VideoDimensions(Dimensions),
    /// A filter was applied, changed or removed. (`filter`)
    Filter,
    /// A property that these bindings don't know, or a value that can't be read.
    Other {
        /// Its name.
        property: Box<str>,
    },
}

impl StreamChange {
    pub(crate) fn from_js(event: JsValue) -> Option<Self> {
        let event: sys::StreamPropertyChangedEvent = js::class(event)?;
        let stream = Stream::from_raw(js::class(event.stream())?);
        Some(Self {
            id: stream.id(),
            stream,
            change: PropertyChange::from_js(&js::text(&event.changed_property()), &event.new_value()),
            reason: PropertyReason::from_word(&js::text(&event.reason())),
        })
    }
}

impl PropertyChange {
    fn from_js(property: &str, value: &JsValue) -> Self {
        let label = || js::text(&js::get(value, "label"));
        let known = match property {
            "audioActive" => value.as_bool().map(Self::AudioActive),
            "videoActive" => value.as_bool().map(Self::VideoActive),
            "audioTrack" => Some(Self::AudioTrack { label: label() }),
            "videoTrack" => Some(Self::VideoTrack { label: label() }),
            "videoDimensions" => js::dimensions(value).map(Self::VideoDimensions),
            "filter" => Some(Self::Filter),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Other {
            property: property.into(),
        })
    }
}
