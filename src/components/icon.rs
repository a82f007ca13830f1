//! The few pictograms that the app uses, drawn for it on a grid of 24.

use yew::prelude::*;

/// Which pictogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// A microphone.
    Microphone,
    /// A microphone, struck through.
    MicrophoneOff,
    /// A camera.
    Camera,
    /// A camera, struck through.
    CameraOff,
    /// A triangle with an exclamation mark.
    Warning,
}

impl IconName {
    /// Its strokes, as SVG path data.
    const fn path(self) -> &'static str {
        match self {
            Self::Microphone => {
                "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M8.5 21h7"
            }
            Self::MicrophoneOff => {
                "M15 9.5V6a3 3 0 0 0-5.8-1M9 9v2a3 3 0 0 0 4.6 2.5M5.5 11a6.5 6.5 0 0 0 10 5.5M18.5 11a6.5 6.5 0 0 1-.8 3.1M12 17.5V21M8.5 21h7M4 3l16 18"
            }
            Self::Camera => {
                "M4.5 6.5h9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM15.5 11l6-3.5v9l-6-3.5"
            }
            Self::CameraOff => {
                "M9 6.5h4.5a2 2 0 0 1 2 2V13M14.8 17a2 2 0 0 1-1.3.5h-9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2M15.5 11l6-3.5v9l-3-1.7M3 3l17 18"
            }
            Self::Warning => "M12 4l9 16H3zM12 10v4.5M12 17.2v.3",
        }
    }
}

/// A pictogram in the colour and size of the text around it. Decoration: whatever it stands beside is named in words.
pub fn icon(name: IconName) -> Html {
    html! {
        <svg
            viewBox="0 0 24 24" width="1.25em" height="1.25em" fill="none" stroke="currentColor" stroke-width="1.8"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"
        >
            <path d={name.path()} />
        </svg>
    }
}
