//! Which cameras and microphones a browser has, and what it is allowed to do with them.

use serde_json::{Value, json};

/// Which cameras and microphones a browser has. Chromium's own fakes: a moving picture and a beep every second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Devices {
    /// One camera and a microphone, both allowed.
    #[default]
    CameraAndMicrophone,
    /// Two cameras and a microphone, all allowed.
    ///
    /// Really three cameras: the second of Chromium's fakes gives pictures in a format that its own encoder doesn't take, so
    /// that one is hidden from the page.
    TwoCameras,
    /// A microphone, allowed, and no camera.
    MicrophoneOnly,
    /// Neither.
    None,
    /// Both are there, and both are denied.
    Denied,
    /// Both are there; the microphone is allowed, the camera denied.
    CameraDenied,
}

impl Devices {
    /// The command-line arguments that make it so.
    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::CameraAndMicrophone => &[
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
            ],
            Self::TwoCameras => &[
                "--use-fake-device-for-media-stream=device-count=3",
                "--use-fake-ui-for-media-stream",
            ],
            Self::MicrophoneOnly => &[
                "--use-fake-device-for-media-stream=device-count=0",
                "--use-fake-ui-for-media-stream",
            ],
            Self::None => &["--use-fake-ui-for-media-stream"],
            Self::Denied => &["--use-fake-device-for-media-stream", "--deny-permission-prompts"],
            Self::CameraDenied => &["--use-fake-device-for-media-stream"],
        }
    }

    /// Which camera is hidden from the page, by its place in the browser's list.
    pub(crate) const fn hidden_camera(self) -> Option<usize> {
        match self {
            Self::TwoCameras => Some(1),
            Self::CameraAndMicrophone
            | Self::MicrophoneOnly
            | Self::None
            | Self::Denied
            | Self::CameraDenied => None,
        }
    }

    /// The preferences that make it so.
    pub(crate) fn preferences(self) -> Value {
        const ALLOW: u8 = 1;
        const BLOCK: u8 = 2;
        match self {
            Self::CameraDenied => json!({
                "profile.default_content_setting_values.media_stream_camera": BLOCK,
                "profile.default_content_setting_values.media_stream_mic": ALLOW,
            }),
            Self::CameraAndMicrophone
            | Self::TwoCameras
            | Self::MicrophoneOnly
            | Self::None
            | Self::Denied => json!({}),
        }
    }
}
