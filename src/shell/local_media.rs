//! Our own camera and microphone, and the picture that our own tile shows.

use room::{DeviceKind, OwnDevices};
use web_sys::MediaStream;

use super::devices::{self, Opened};
use super::live_track::LiveTrack;

/// What the browser gave when it was asked for camera and microphone.
#[derive(Debug, Default)]
pub(super) struct OpenedMedia {
    /// What could be opened.
    pub media: Option<LocalMedia>,
    /// What became of each device.
    pub states: OwnDevices,
}

impl OpenedMedia {
    /// Asks the browser.
    pub(super) async fn open() -> Self {
        let Opened {
            camera,
            microphone,
            states,
        } = devices::open().await;
        Self {
            media: LocalMedia::new(camera, microphone),
            states,
        }
    }

    /// Calls `onlost` when a device goes away on its own. Replaces whoever was called before.
    #[must_use]
    pub(super) fn watched(self, onlost: impl Fn(DeviceKind) + Clone + 'static) -> Self {
        let watch = |track: Option<LiveTrack>, kind: DeviceKind| {
            let onlost = onlost.clone();
            track.map(|track| track.on_ended(move || onlost(kind)))
        };
        Self {
            media: self.media.map(|media| LocalMedia {
                camera: watch(media.camera, DeviceKind::Camera),
                microphone: watch(media.microphone, DeviceKind::Microphone),
                view: media.view,
            }),
            states: self.states,
        }
    }

    /// What our own tile shows.
    #[must_use]
    pub(super) fn view(&self) -> Option<MediaStream> {
        self.media.as_ref().map(|media| Clone::clone(&media.view))
    }
}

/// Our own camera and microphone, as far as there are any.
#[derive(Debug)]
pub(super) struct LocalMedia {
    /// The camera.
    pub camera: Option<LiveTrack>,
    /// The microphone.
    pub microphone: Option<LiveTrack>,
    /// What our own tile shows: the camera alone, as nobody wants to hear themselves.
    view: MediaStream,
}

impl LocalMedia {
    /// Takes over what was opened. `None` when the browser can't make a stream at all.
    #[must_use]
    pub(super) fn new(camera: Option<LiveTrack>, microphone: Option<LiveTrack>) -> Option<Self> {
        let view = MediaStream::new().ok()?;
        if let Some(camera) = &camera {
            view.add_track(camera.raw());
        }
        Some(Self {
            camera,
            microphone,
            view,
        })
    }

    /// Puts another camera into our own tile; the one before is stopped.
    pub(super) fn replace_camera(&mut self, camera: LiveTrack) {
        if let Some(old) = self.camera.take() {
            self.view.remove_track(old.raw());
        }
        self.view.add_track(camera.raw());
        self.camera = Some(camera);
    }

    /// Gives the camera back and keeps the microphone.
    pub(super) fn close_camera(&mut self) {
        if let Some(old) = self.camera.take() {
            self.view.remove_track(old.raw());
        }
    }
}
