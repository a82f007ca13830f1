//! Our own picture in front of the form.

use crate::Message;

/// What can be done about the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewAction {
    /// Open the devices.
    Start,
    /// Ask once more for what is missing.
    Retry,
    /// Give the devices back.
    Stop,
}

impl PreviewAction {
    /// What its button says.
    #[must_use]
    pub const fn message(self) -> Message {
        match self {
            Self::Start => Message::StartPreview,
            Self::Retry => Message::TryAgain,
            Self::Stop => Message::StopPreview,
        }
    }

    /// A short, stable word for tests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Retry => "retry",
            Self::Stop => "stop",
        }
    }
}
