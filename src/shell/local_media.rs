//! Our own camera and microphone, and the picture that our own tile shows.

use web_sys::MediaStream;

use super::live_track::LiveTrack;

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

    /// What our own tile shows.
    #[must_use]
    pub(super) const fn view(&self) -> &MediaStream {
        &self.view
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
