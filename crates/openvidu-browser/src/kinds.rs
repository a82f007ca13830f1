use crate::text::words;

words! {
    /// Where a stream's video comes from.
    TypeOfVideo {
        /// A camera.
        Camera = "CAMERA",
        /// A shared screen, window or tab.
        Screen = "SCREEN",
        /// Any other track, such as a canvas.
        Custom = "CUSTOM",
        /// A network camera published by the server.
        IpCam = "IPCAM",
    }
}

words! {
    /// What a participant may do.
    Role {
        /// Receives only.
        Subscriber = "SUBSCRIBER",
        /// Sends and receives.
        Publisher = "PUBLISHER",
        /// Sends, receives and evicts.
        Moderator = "MODERATOR",
    }
}

words! {
    /// What goes wrong in the background, after the call that started it has succeeded.
    ExceptionName {
        /// The server refused an ICE candidate.
        IceCandidateError = "ICE_CANDIDATE_ERROR",
        /// Media of a stream failed. The SDK reconnects it.
        IceConnectionFailed = "ICE_CONNECTION_FAILED",
        /// Media of a stream was interrupted. The SDK reconnects it after some seconds.
        IceConnectionDisconnected = "ICE_CONNECTION_DISCONNECTED",
        /// A remote stream did not start to play within 4 s after its video was attached.
        NoStreamPlaying = "NO_STREAM_PLAYING_EVENT",
        /// The speech-to-text service was lost (OpenVidu Pro).
        SpeechToTextDisconnected = "SPEECH_TO_TEXT_DISCONNECTED",
    }
}

/// The two kinds of media track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrackKind {
    /// Sound.
    Audio,
    /// Picture.
    Video,
}

impl TrackKind {
    /// `audio` or `video`, as `MediaStreamTrack.kind`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }
}

impl std::fmt::Display for TrackKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The size of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dimensions {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// What the local participant's role allowed when it joined. A later change of the role does not change it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// May subscribe to streams.
    pub subscribe: bool,
    /// May publish streams.
    pub publish: bool,
    /// May end other people's publications.
    pub force_unpublish: bool,
    /// May evict other people.
    pub force_disconnect: bool,
}
