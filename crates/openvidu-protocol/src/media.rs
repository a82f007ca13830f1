//! Properties of published media that REST and RPC share.

use serde::{Deserialize, Serialize};

wire_enum! {
    /// Where a video comes from (`typeOfVideo`).
    VideoKind {
        /// A camera.
        Camera = "CAMERA",
        /// A shared screen.
        Screen = "SCREEN",
        /// A track that the application made itself, for example from a canvas.
        Custom = "CUSTOM",
        /// A network camera.
        IpCamera = "IPCAM",
    }
}

/// Size of a video in pixels. On the wire it is a *string* that holds this object as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoDimensions {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl VideoDimensions {
    /// Reads the JSON text of `videoDimensions`; `None` if it is something else.
    #[must_use]
    pub fn from_wire(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
