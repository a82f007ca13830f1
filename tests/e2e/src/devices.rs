//! Which cameras and microphones a browser has, and what it is allowed to do with them.

use serde_json::{Value, json};

/// Which cameras and microphones a browser has. Chromium's own fakes: a moving picture and a beep every second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Devices {
    /// One camera and a microphone, both allowed.
    #[default]
    CameraAndMicrophone,
    /// Two cameras and a microphone, all allowed.
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
                "--use-fake-device-for-media-stream=device-count=2",
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
