use openvidu_browser_sys as sys;
use wasm_bindgen::JsCast;
use web_sys::{MediaStream, MediaStreamTrack, RtcPeerConnection};

use crate::connection::Connection;
use crate::error::Error;
use crate::ids::StreamId;
use crate::js;
use crate::kinds::{Dimensions, TrackKind, TypeOfVideo};

/// Media flowing into a session, your own or a remote one. What it says is always the present state.
///
/// Two handles are equal when they stand for the same JavaScript object.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream(sys::Stream);

impl Stream {
    /// Wraps the SDK's object.
    #[must_use]
    pub fn from_raw(raw: sys::Stream) -> Self {
        Self(raw)
    }

    /// The SDK's object.
    #[must_use]
    pub fn as_raw(&self) -> &sys::Stream {
        &self.0
    }

    /// The id given by the server; `None` for a local stream that was not published yet. (`streamId`)
    #[must_use]
    pub fn id(&self) -> Option<StreamId> {
        js::some_text(&self.0.stream_id()).map(|id| StreamId::new(&id))
    }

    /// Whose it is; `None` for a local stream that was not published yet. (`connection`)
    #[must_use]
    pub fn connection(&self) -> Option<Connection> {
        js::class(self.0.connection()).map(Connection::from_raw)
    }

    /// Whether it carries sound, muted or not. (`hasAudio`)
    #[must_use]
    pub fn has_audio(&self) -> bool {
        self.0.has_audio().is_truthy()
    }

    /// Whether it carries a picture, switched off or not. (`hasVideo`)
    #[must_use]
    pub fn has_video(&self) -> bool {
        self.0.has_video().is_truthy()
    }

    /// Whether its sound is on; `false` without sound. (`audioActive`)
    ///
    /// [`Subscriber::subscribe_to_audio`](crate::Subscriber::subscribe_to_audio) overwrites it.
    #[must_use]
    pub fn audio_active(&self) -> bool {
        self.0.audio_active().is_truthy()
    }

    /// Whether its picture is on; `false` without a picture. (`videoActive`)
    ///
    /// [`Subscriber::subscribe_to_video`](crate::Subscriber::subscribe_to_video) overwrites it.
    #[must_use]
    pub fn video_active(&self) -> bool {
        self.0.video_active().is_truthy()
    }

    /// Where its picture comes from; `None` without a picture. (`typeOfVideo`)
    #[must_use]
    pub fn type_of_video(&self) -> Option<TypeOfVideo> {
        js::some_text(&self.0.type_of_video()).map(|kind| TypeOfVideo::from_word(&kind))
    }

    /// The size of its picture, once known. (`videoDimensions`)
    #[must_use]
    pub fn dimensions(&self) -> Option<Dimensions> {
        js::dimensions(&self.0.video_dimensions())
    }

    /// The browser's media stream; `None` until media is there, and after it ended. (`getMediaStream`)
    ///
    /// It is replaced when the SDK reconnects the media: ask again rather than keep it.
    #[must_use]
    pub fn media_stream(&self) -> Option<MediaStream> {
        self.0.get_media_stream().ok()?.dyn_into().ok()
    }

    /// The browser's peer connection. It is replaced when the SDK reconnects the media. (`getRTCPeerConnection`)
    ///
    /// # Errors
    ///
    /// Fails before the stream was published or subscribed to.
    pub fn peer_connection(&self) -> Result<RtcPeerConnection, Error> {
        self.0
            .get_rtc_peer_connection()
            .map_err(|error| Error::from_js(&error))
    }

    /// The present track of a kind.
    #[must_use]
    pub fn track(&self, kind: TrackKind) -> Option<MediaStreamTrack> {
        let media = self.media_stream()?;
        let tracks = match kind {
            TrackKind::Audio => media.get_audio_tracks(),
            TrackKind::Video => media.get_video_tracks(),
        };
        tracks.iter().next()?.dyn_into().ok()
    }
}
