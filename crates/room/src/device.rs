//! What became of one's own camera and microphone.

use crate::Message;

/// Which device is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceKind {
    /// The camera.
    Camera,
    /// The microphone.
    Microphone,
}

/// What became of asking for a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceState {
    /// Not asked for, or given back.
    #[default]
    Off,
    /// Asked for; the browser may be showing a question that nobody has answered yet.
    Waiting,
    /// Open.
    Ok,
    /// There is none.
    None,
    /// The person, the browser or the operating system said no.
    Denied,
    /// It is there, but another program holds it.
    Busy,
    /// The page isn't allowed devices at all, because it was not loaded over https.
    Insecure,
    /// It failed in another way, or stopped on its own (unplugged).
    Failed,
}

impl DeviceState {
    /// Whether the device is open and delivers.
    #[must_use]
    pub const fn is_ok(self) -> bool {
        matches!(self, Self::Ok)
    }

    /// Whether somebody should be told: it was wanted and it isn't there.
    #[must_use]
    pub const fn is_trouble(self) -> bool {
        match self {
            Self::Off | Self::Waiting | Self::Ok => false,
            Self::None | Self::Denied | Self::Busy | Self::Insecure | Self::Failed => true,
        }
    }

    /// A short, stable word for style sheets and tests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Waiting => "waiting",
            Self::Ok => "ok",
            Self::None => "none",
            Self::Denied => "denied",
            Self::Busy => "busy",
            Self::Insecure => "insecure",
            Self::Failed => "failed",
        }
    }
}

/// One's own camera and microphone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnDevices {
    /// The camera.
    pub camera: DeviceState,
    /// The microphone.
    pub microphone: DeviceState,
}

impl OwnDevices {
    /// Both asked for.
    pub const WAITING: Self = Self {
        camera: DeviceState::Waiting,
        microphone: DeviceState::Waiting,
    };

    /// What to tell about them, at most one text each: nothing where all is well.
    #[must_use]
    pub fn troubles(self) -> Vec<Message> {
        [
            (DeviceKind::Camera, self.camera),
            (DeviceKind::Microphone, self.microphone),
        ]
        .into_iter()
        .filter(|(_, state)| state.is_trouble())
        .map(|(kind, state)| Message::Device { kind, state })
        .collect()
    }

    /// Whether both are open.
    #[must_use]
    pub const fn both_ok(self) -> bool {
        self.camera.is_ok() && self.microphone.is_ok()
    }

    /// Whether asking the browser once more may change anything: a device is missing for a reason that a person can remove
    /// without loading another page.
    #[must_use]
    pub fn can_be_retried(self) -> bool {
        [self.camera, self.microphone]
            .into_iter()
            .any(|state| state.is_trouble() && state != DeviceState::Insecure)
    }

    /// The same with one device in another state.
    #[must_use]
    pub const fn with(mut self, kind: DeviceKind, state: DeviceState) -> Self {
        match kind {
            DeviceKind::Camera => self.camera = state,
            DeviceKind::Microphone => self.microphone = state,
        }
        self
    }
}
