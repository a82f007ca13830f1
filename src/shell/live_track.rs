//! A track of our own camera or microphone, and the promise that it is given back.

use gloo_events::EventListener;
use web_sys::{MediaStreamTrack, MediaStreamTrackState};

/// A track that is stopped when dropped, so that no camera light outlives its reason.
#[derive(Debug)]
pub(super) struct LiveTrack {
    track: MediaStreamTrack,
    ended: Option<EventListener>,
}

impl LiveTrack {
    /// Takes over a track.
    #[must_use]
    pub(super) const fn new(track: MediaStreamTrack) -> Self {
        Self { track, ended: None }
    }

    /// Calls `onended` if the track ends on its own: unplugged, or its permission withdrawn. Stopping it here doesn't count.
    #[must_use]
    pub(super) fn on_ended(mut self, onended: impl FnOnce() + 'static) -> Self {
        self.ended = Some(EventListener::once(&self.track, "ended", move |_| onended()));
        self
    }

    /// The track itself.
    #[must_use]
    pub(super) const fn raw(&self) -> &MediaStreamTrack {
        &self.track
    }

    /// Whether it still delivers: neither stopped nor gone away.
    #[must_use]
    pub(super) fn is_live(&self) -> bool {
        self.track.ready_state() == MediaStreamTrackState::Live
    }

    /// The device it comes from, as the browser names it.
    #[must_use]
    pub(super) fn device_id(&self) -> Option<String> {
        js_sys::Reflect::get(&self.track.get_settings(), &"deviceId".into())
            .ok()?
            .as_string()
    }
}

impl Drop for LiveTrack {
    fn drop(&mut self) {
        self.track.stop();
    }
}
