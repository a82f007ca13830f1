//! Sending one's own media.

use crate::{PublishError, StreamId};

/// Whether the others get one's own media.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Publishing {
    /// Nothing is sent, and nothing is meant to be.
    #[default]
    Idle,
    /// Being negotiated.
    Starting,
    /// The others can see and hear it.
    Live(StreamId),
    /// It could not be sent. The devices have been given back.
    Failed(PublishError),
    /// A moderator or the server stopped it. The devices have been given back.
    StoppedByModerator,
}

/// A change of the camera under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CameraSwitch {
    /// None.
    #[default]
    Idle,
    /// The next camera is being opened; a second request is ignored.
    Switching,
    /// The next camera could not be used; the one before is back.
    Failed,
    /// Neither the next camera nor the one before can be used.
    Lost,
}

/// Whether a track is sent, as the SDK confirmed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Toggle {
    /// Sent.
    #[default]
    On,
    /// Muted.
    Off,
}

impl Toggle {
    /// The other one.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::On => Self::Off,
            Self::Off => Self::On,
        }
    }

    /// Whether it is on.
    #[must_use]
    pub const fn is_on(self) -> bool {
        matches!(self, Self::On)
    }
}

impl From<bool> for Toggle {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}
