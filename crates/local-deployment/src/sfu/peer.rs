//! One RTCPeerConnection of a client.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use str0m::{
    Event, IceConnectionState, Input, Output, Rtc, RtcError,
    media::{MediaKind, Pt},
    net::Transmit,
    rtp::{RtpPacket, Ssrc},
};

use super::{
    SourceId, clock::CaptureClock, keyframe::KeyframeRequests, negotiation::NegotiatedTrack,
    outgoing::OutgoingTrack, received_streams::ReceivedStreams,
};

/// How long a peer may take from the answer to a connection. Browsers give up after 15 to 30 s.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// How often a session is asked again when it says that it has something to do at once.
const MAX_ROUNDS: usize = 8;

/// When it is asked next if that was not enough.
const BUSY_PAUSE: Duration = Duration::from_millis(1);

/// A session with a client, and what it is for.
#[derive(Debug)]
pub(super) struct Peer {
    pub rtc: Rtc,
    pub source: SourceId,
    pub role: Role,
    pub state: PeerState,
    /// When the session wants to be driven on.
    pub wake_at: Instant,
    /// The RTP streams that it has sent.
    pub streams: ReceivedStreams,
}

/// How far the peer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeerState {
    /// Negotiated; must have connected by then.
    Connecting { deadline: Instant },
    /// ICE and DTLS are done: media flows.
    Connected,
}

/// Which way media goes.
#[derive(Debug)]
pub(super) enum Role {
    Publisher(Box<Publisher>),
    Subscriber(Box<Subscriber>),
}

/// The peer sends its source's tracks.
#[derive(Debug)]
pub(super) struct Publisher {
    pub audio: Option<IncomingTrack>,
    pub video: Option<IncomingTrack>,
    pub keyframes: KeyframeRequests,
    pub clock: CaptureClock,
}

/// A track on its way in.
#[derive(Debug)]
pub(super) struct IncomingTrack {
    pub negotiated: NegotiatedTrack,
    /// The RTP stream that carries it, once there is one.
    pub ssrc: Option<Ssrc>,
    /// The RTP stream that carried it before. Its late packets are of no use.
    pub previous_ssrc: Option<Ssrc>,
}

/// The peer receives its source's tracks.
#[derive(Debug)]
pub(super) struct Subscriber {
    pub audio: Option<OutgoingTrack>,
    pub video: Option<OutgoingTrack>,
    /// Whether there are packets in the session that have not been drawn from it.
    pub has_output: bool,
}

/// What came out of a session.
#[derive(Debug, Default)]
pub(super) struct Drained {
    pub packets: Vec<RtpPacket>,
    pub connected: bool,
    pub keyframe_requested: bool,
    pub gone: bool,
}

impl Peer {
    /// When the peer must be looked at again.
    pub(super) fn deadline(&self) -> Instant {
        let connecting = match self.state {
            PeerState::Connecting { deadline } => Some(deadline),
            PeerState::Connected => None,
        };
        let keyframe = match &self.role {
            Role::Publisher(publisher) => publisher.keyframes.deadline(),
            Role::Subscriber(_) => None,
        };
        [connecting, keyframe]
            .into_iter()
            .flatten()
            .fold(self.wake_at, Instant::min)
    }

    /// Draws everything from the session until it has nothing to do before a later time.
    pub(super) fn drain(&mut self, now: Instant, transmits: &mut VecDeque<Transmit>, drained: &mut Drained) {
        for _ in 0..MAX_ROUNDS {
            match self.drain_once(transmits, drained) {
                Ok(wake_at) => self.wake_at = wake_at,
                Err(error) => {
                    tracing::debug!(%error, "a session failed");
                    drained.gone = true;
                    return;
                }
            }
            if self.wake_at > now {
                return;
            }
            if let Err(error) = self.rtc.handle_input(Input::Timeout(now)) {
                tracing::debug!(%error, "a session failed");
                drained.gone = true;
                return;
            }
        }
        self.wake_at = now + BUSY_PAUSE;
    }

    fn drain_once(
        &mut self,
        transmits: &mut VecDeque<Transmit>,
        drained: &mut Drained,
    ) -> Result<Instant, RtcError> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(wake_at) => {
                    drained.gone |= !self.rtc.is_alive();
                    return Ok(wake_at);
                }
                Output::Transmit(transmit) => transmits.push_back(transmit),
                Output::Event(Event::RtpPacket(packet)) => drained.packets.push(packet),
                Output::Event(Event::Connected) => drained.connected = true,
                Output::Event(Event::KeyframeRequest(_)) => drained.keyframe_requested = true,
                Output::Event(
                    Event::Closed | Event::IceConnectionStateChange(IceConnectionState::Disconnected),
                ) => drained.gone = true,
                Output::Event(_) => {}
            }
        }
    }
}

impl Publisher {
    pub(super) fn new(audio: Option<NegotiatedTrack>, video: Option<NegotiatedTrack>) -> Self {
        Self {
            audio: audio.map(IncomingTrack::new),
            video: video.map(IncomingTrack::new),
            keyframes: KeyframeRequests::default(),
            clock: CaptureClock::default(),
        }
    }

    /// The kind of track that a payload type means.
    pub(super) fn kind(&self, payload_type: Pt) -> Option<MediaKind> {
        let is = |track: &Option<IncomingTrack>| {
            track
                .as_ref()
                .is_some_and(|track| track.negotiated.payload_type == payload_type)
        };
        if is(&self.video) {
            Some(MediaKind::Video)
        } else {
            is(&self.audio).then_some(MediaKind::Audio)
        }
    }

    pub(super) fn track_mut(&mut self, kind: MediaKind) -> Option<&mut IncomingTrack> {
        match kind {
            MediaKind::Audio => self.audio.as_mut(),
            MediaKind::Video => self.video.as_mut(),
        }
    }
}

impl IncomingTrack {
    fn new(negotiated: NegotiatedTrack) -> Self {
        Self {
            negotiated,
            ssrc: None,
            previous_ssrc: None,
        }
    }
}

impl Subscriber {
    pub(super) fn new(rtc: &mut Rtc, audio: Option<NegotiatedTrack>, video: Option<NegotiatedTrack>) -> Self {
        Self {
            audio: audio.and_then(|track| OutgoingTrack::new(rtc, track, MediaKind::Audio)),
            video: video.and_then(|track| OutgoingTrack::new(rtc, track, MediaKind::Video)),
            has_output: false,
        }
    }

    pub(super) fn track_mut(&mut self, kind: MediaKind) -> Option<&mut OutgoingTrack> {
        match kind {
            MediaKind::Audio => self.audio.as_mut(),
            MediaKind::Video => self.video.as_mut(),
        }
    }
}
