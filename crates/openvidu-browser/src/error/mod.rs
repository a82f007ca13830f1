//! Why things fail: one enum for calls in general, and one each for loading the SDK and for joining.

mod connect;
mod load;
mod shape;

use wasm_bindgen::JsValue;

pub use self::connect::ConnectError;
pub use self::load::LoadError;
use self::shape::Shape;

use crate::kinds::TrackKind;
use crate::reason::ConnectionReason;
use crate::text::words;

words! {
    /// The names of the SDK's own errors.
    OpenViduErrorName {
        /// The SDK does not support this browser.
        BrowserNotSupported = "BROWSER_NOT_SUPPORTED",
        /// The person or the system denied the camera or microphone.
        DeviceAccessDenied = "DEVICE_ACCESS_DENIED",
        /// Another program holds the camera or microphone.
        DeviceAlreadyInUse = "DEVICE_ALREADY_IN_USE",
        /// The person or the system denied sharing the screen.
        ScreenCaptureDenied = "SCREEN_CAPTURE_DENIED",
        /// This browser can't share the screen.
        ScreenSharingNotSupported = "SCREEN_SHARING_NOT_SUPPORTED",
        /// An old Chrome needs an extension to share the screen.
        ScreenExtensionNotInstalled = "SCREEN_EXTENSION_NOT_INSTALLED",
        /// The extension of an old Chrome is switched off.
        ScreenExtensionDisabled = "SCREEN_EXTENSION_DISABLED",
        /// There is no such camera.
        InputVideoDeviceNotFound = "INPUT_VIDEO_DEVICE_NOT_FOUND",
        /// There is no such microphone.
        InputAudioDeviceNotFound = "INPUT_AUDIO_DEVICE_NOT_FOUND",
        /// The microphone failed in another way.
        InputAudioDeviceGenericError = "INPUT_AUDIO_DEVICE_GENERIC_ERROR",
        /// Neither audio nor video was asked for.
        NoInputSourceSet = "NO_INPUT_SOURCE_SET",
        /// No device fulfils the options.
        PublisherPropertiesError = "PUBLISHER_PROPERTIES_ERROR",
        /// The participant's role does not allow it.
        OpenViduPermissionDenied = "OPENVIDU_PERMISSION_DENIED",
        /// There is no connection to the session.
        OpenViduNotConnected = "OPENVIDU_NOT_CONNECTED",
        /// A virtual background failed (OpenVidu Pro).
        VirtualBackgroundError = "VIRTUAL_BACKGROUND_ERROR",
        /// Anything else.
        GenericError = "GENERIC_ERROR",
    }
}

/// Why a call failed. Texts are for logs, not for people; tokens and secrets are cut out of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The SDK refused.
    #[error("{name}: {message}")]
    OpenVidu {
        /// Which error.
        name: OpenViduErrorName,
        /// Details.
        message: Box<str>,
    },
    /// The server refused.
    #[error("server error {code}: {message}")]
    Rpc {
        /// The number that tells why, such as 401 for "not allowed".
        code: i32,
        /// Details.
        message: Box<str>,
    },
    /// The browser refused.
    #[error("{name}: {message}")]
    Dom {
        /// The name of the `DOMException`, such as `NotReadableError`.
        name: Box<str>,
        /// Details.
        message: Box<str>,
    },
    /// An upload was answered with this HTTP status.
    #[error("HTTP status {status}")]
    Http {
        /// The status.
        status: u16,
    },
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// There is no connection to the session: not joined yet, or left.
    #[error("not connected to the session")]
    NotConnected,
    /// The websocket was lost before the answer, and is being reconnected. Whether the server got the request is unknown.
    #[error("the connection to the server was lost")]
    ConnectionLost,
    /// The session ended before the answer.
    #[error("the session ended: {reason}")]
    Ended {
        /// Why.
        reason: ConnectionReason,
    },
    /// The publisher does the same already, or its earlier call has not ended.
    #[error("the publisher is busy")]
    Busy,
    /// The stream has no track of this kind.
    #[error("no {kind} track")]
    NoTrack {
        /// Which kind.
        kind: TrackKind,
    },
    /// The given track has ended: its device was stopped or unplugged.
    #[error("the {kind} track has ended")]
    TrackEnded {
        /// Which kind.
        kind: TrackKind,
    },
    /// A signal to nobody: the SDK would send it to everybody.
    #[error("a signal without recipients")]
    NoRecipients,
    /// The SDK does not behave as version 2.32 does.
    #[error("unexpected SDK: {what}")]
    UnexpectedSdk {
        /// What was expected.
        what: &'static str,
    },
    /// Anything else that was thrown.
    #[error("{name}: {message}")]
    Other {
        /// The name of the JavaScript error, or `Error`.
        name: Box<str>,
        /// Details.
        message: Box<str>,
    },
}

impl Error {
    /// Reads whatever the SDK throws, rejects with or hands to a callback: its own error objects, the server's, those of
    /// JavaScript and of the browser, texts, and numbers.
    #[must_use]
    pub fn from_js(value: &JsValue) -> Self {
        Shape::of(value).into()
    }
}
