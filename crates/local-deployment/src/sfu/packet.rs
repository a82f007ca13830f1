//! A media packet on its way from a publisher to the subscribers.

use std::{sync::Arc, time::Instant};

use str0m::{
    media::MediaKind,
    rtp::{ExtensionValues, RtpPacket, Vp8Descriptor},
};

/// Largest RTP payload that is forwarded, in octets. What came over Ethernet is smaller, and str0m's send buffer
/// (2,000 octets with all headers) must hold it.
const MAX_PAYLOAD: usize = 1_500;

/// Counts the RTP streams that a track has been carried by. It goes up when the publisher reconnects or changes its SSRC:
/// sequence numbers and timestamps of different epochs have nothing to do with each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Epoch(u64);

impl Epoch {
    pub(super) fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Where a packet stands in its RTP stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub epoch: Epoch,
    /// Sequence number, extended beyond 16 bits.
    pub seq_no: u64,
    /// RTP timestamp.
    pub timestamp: u32,
    /// When it was received.
    pub arrival: Instant,
}

/// What is the same for every subscriber.
#[derive(Debug)]
pub(super) struct MediaPacket {
    pub position: Position,
    /// When its content was captured, on the local clock; comparable between the tracks of a source.
    pub wallclock: Instant,
    pub marker: bool,
    pub payload: Arc<[u8]>,
    pub extensions: ExtensionValues,
    pub vp8: Option<Vp8Descriptor>,
}

impl MediaPacket {
    /// `None` if the packet is of no use to anybody: too large, or video without a VP8 payload descriptor.
    pub(super) fn new(packet: RtpPacket, kind: MediaKind, epoch: Epoch, wallclock: Instant) -> Option<Self> {
        let vp8 = match kind {
            MediaKind::Audio => None,
            MediaKind::Video => Some(Vp8Descriptor::parse(&packet.payload).ok()?),
        };
        if packet.payload.len() > MAX_PAYLOAD {
            return None;
        }
        Some(Self {
            position: Position {
                epoch,
                seq_no: *packet.seq_no,
                timestamp: packet.header.timestamp,
                arrival: packet.timestamp,
            },
            wallclock,
            marker: packet.header.marker,
            extensions: forwarded(&packet.header.ext_vals),
            payload: packet.payload,
            vp8,
        })
    }

    /// Whether this is the first packet of a key frame.
    pub(super) fn starts_keyframe(&self) -> bool {
        self.vp8
            .is_some_and(|descriptor| descriptor.starts_keyframe(&self.payload))
    }
}

/// Header extensions that describe the media. The others (mid, sequence numbers, sending time) describe one transport.
fn forwarded(received: &ExtensionValues) -> ExtensionValues {
    ExtensionValues {
        audio_level: received.audio_level,
        voice_activity: received.voice_activity,
        video_orientation: received.video_orientation,
        video_content_type: received.video_content_type,
        abs_capture_time: received.abs_capture_time,
        ..ExtensionValues::default()
    }
}
