//! What goes wrong inside a browser on purpose.

use serde::Serialize;

/// What goes wrong inside a browser on purpose, in addition to the [`Devices`](crate::Devices) it has.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Faults {
    /// Requests for a device that fail.
    pub media: Vec<MediaFault>,
    /// Whether requests for devices stay unanswered, like a permission prompt that nobody looks at.
    /// [`Browser::answer_media_requests`](crate::Browser::answer_media_requests) lets them go on.
    pub hold_media: bool,
    /// A negotiation with the media server that doesn't come off.
    pub negotiation: Option<NegotiationFault>,
}

/// A request for a device fails.
#[derive(Clone, Debug, Serialize)]
pub struct MediaFault {
    /// Requests that ask for this kind of device fail.
    pub kind: DeviceKind,
    /// The name of the `DOMException`: `NotReadableError` when another program holds the device, and so on.
    pub name: &'static str,
    /// The device, as the browser names it, that can be opened all the same when it is asked for by this name.
    pub except: Option<String>,
}

impl MediaFault {
    /// Another program holds the devices of this kind.
    #[must_use]
    pub const fn busy(kind: DeviceKind) -> Self {
        Self {
            kind,
            name: "NotReadableError",
            except: None,
        }
    }

    /// The same, but it doesn't hold this one.
    #[must_use]
    pub fn except(mut self, device: &str) -> Self {
        self.except = Some(device.to_owned());
        self
    }
}

impl Faults {
    /// The devices of this kind are held by another program.
    #[must_use]
    pub fn busy(kind: DeviceKind) -> Self {
        Self {
            media: vec![MediaFault::busy(kind)],
            ..Self::default()
        }
    }

    /// Nobody answers the browser's question about camera and microphone.
    #[must_use]
    pub fn unanswered() -> Self {
        Self {
            hold_media: true,
            ..Self::default()
        }
    }

    /// The media server's answer is not taken.
    #[must_use]
    pub fn negotiation(side: Side, outcome: Outcome) -> Self {
        Self {
            negotiation: Some(NegotiationFault { side, outcome }),
            ..Self::default()
        }
    }
}

/// Kind of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    /// A microphone.
    Audio,
    /// A camera.
    Video,
}

/// The answer of the media server is not taken.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NegotiationFault {
    /// For which media.
    pub side: Side,
    /// What happens instead.
    pub outcome: Outcome,
}

/// Which media a negotiation is about.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// One's own.
    Publish,
    /// Somebody else's.
    Subscribe,
}

/// What happens instead of what should.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It is refused at once.
    Reject,
    /// It never ends.
    Hang,
}
