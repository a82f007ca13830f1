use js_sys::Object;
use wasm_bindgen::JsValue;
use web_sys::MediaStreamTrack;

use crate::connection::Connection;
use crate::ids::DeviceId;
use crate::js;
use crate::kinds::Dimensions;

/// Where a publisher's sound comes from.
///
/// Mind that `track.clone()` makes a second track, which keeps the device open by itself: it is the browser's
/// `MediaStreamTrack.clone`. `Clone::clone(&track)` makes a second handle of the same track.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum AudioSource {
    /// No sound.
    None,
    /// The browser's default microphone.
    #[default]
    Default,
    /// A certain microphone.
    Device(DeviceId),
    /// A track that you have opened. The publisher stops it in the end.
    Track(MediaStreamTrack),
}

/// Where a publisher's picture comes from. About clones of tracks see [`AudioSource`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum VideoSource {
    /// No picture.
    None,
    /// The browser's default camera.
    #[default]
    Default,
    /// A certain camera.
    Device(DeviceId),
    /// A camera's track that you have opened. The publisher stops it in the end.
    ///
    /// Other participants see [`TypeOfVideo::Camera`](crate::TypeOfVideo::Camera). The SDK alone would announce every track as custom.
    CameraTrack(MediaStreamTrack),
    /// Any other track, announced as [`TypeOfVideo::Custom`](crate::TypeOfVideo::Custom). The publisher stops it in the end.
    Track(MediaStreamTrack),
}

/// How to make a [`Publisher`](crate::Publisher).
#[derive(Clone, Debug, PartialEq)]
pub struct PublisherOptions {
    /// Where the sound comes from. At least one of the two sources must be there.
    pub audio_source: AudioSource,
    /// Where the picture comes from.
    pub video_source: VideoSource,
    /// Whether to start with sound on.
    pub publish_audio: bool,
    /// Whether to start with the picture on.
    pub publish_video: bool,
    /// The wanted size of the picture. A wish, not a condition; without effect on a track.
    pub resolution: Dimensions,
    /// The wanted number of pictures a second, if any. A wish, not a condition; without effect on a track.
    pub frame_rate: Option<u32>,
    /// Whether the local view is mirrored. Others always see the picture as it is.
    pub mirror: bool,
}

impl Default for PublisherOptions {
    /// Default devices, both on, 640×480, mirrored: the SDK's own defaults.
    fn default() -> Self {
        Self {
            audio_source: AudioSource::Default,
            video_source: VideoSource::Default,
            publish_audio: true,
            publish_video: true,
            resolution: Dimensions {
                width: 640,
                height: 480,
            },
            frame_rate: None,
            mirror: true,
        }
    }
}

impl PublisherOptions {
    pub(crate) fn to_js(&self) -> Object {
        let object = Object::new();
        js::set(
            &object,
            "audioSource",
            &match &self.audio_source {
                AudioSource::None => JsValue::FALSE,
                AudioSource::Default => JsValue::UNDEFINED,
                AudioSource::Device(id) => id.as_str().into(),
                AudioSource::Track(track) => track.into(),
            },
        );
        js::set(
            &object,
            "videoSource",
            &match &self.video_source {
                VideoSource::None => JsValue::FALSE,
                VideoSource::Default => JsValue::UNDEFINED,
                VideoSource::Device(id) => id.as_str().into(),
                VideoSource::CameraTrack(track) | VideoSource::Track(track) => track.into(),
            },
        );
        js::set(&object, "publishAudio", &self.publish_audio.into());
        js::set(&object, "publishVideo", &self.publish_video.into());
        js::set(
            &object,
            "resolution",
            &format!("{}x{}", self.resolution.width, self.resolution.height).into(),
        );
        js::set(
            &object,
            "frameRate",
            &self.frame_rate.map_or(JsValue::UNDEFINED, Into::into),
        );
        js::set(&object, "mirror", &self.mirror.into());
        object
    }
}

/// How to subscribe to a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubscriberOptions {
    /// Whether to start with the received sound on.
    pub subscribe_to_audio: bool,
    /// Whether to start with the received picture on.
    pub subscribe_to_video: bool,
}

impl Default for SubscriberOptions {
    /// Both on.
    fn default() -> Self {
        Self {
            subscribe_to_audio: true,
            subscribe_to_video: true,
        }
    }
}

impl SubscriberOptions {
    pub(crate) fn to_js(self) -> Object {
        let object = Object::new();
        js::set(&object, "subscribeToAudio", &self.subscribe_to_audio.into());
        js::set(&object, "subscribeToVideo", &self.subscribe_to_video.into());
        object
    }
}

/// Who gets a signal.
#[derive(Clone, Copy, Debug, Default)]
pub enum Recipients<'a> {
    /// Everybody in the session, yourself included.
    #[default]
    Everyone,
    /// Only these. When one of them has left, nobody gets it and the call fails with server error 601.
    Only(&'a [Connection]),
}

/// A message to other participants.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignalOptions<'a> {
    /// What it is about, such as `chat`. Empty: `signal`.
    pub kind: &'a str,
    /// What it says.
    pub data: &'a str,
    /// Who gets it.
    pub to: Recipients<'a>,
}

impl SignalOptions<'_> {
    pub(crate) fn to_js(self) -> Object {
        let object = Object::new();
        js::set(&object, "data", &self.data.into());
        js::set(&object, "type", &self.kind.into());
        if let Recipients::Only(connections) = self.to {
            let to: js_sys::Array = connections
                .iter()
                .map(|connection| JsValue::from(connection.as_raw()))
                .collect();
            js::set(&object, "to", &to);
        }
        object
    }
}
