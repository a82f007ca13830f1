//! A track on its way to a subscriber.

use str0m::{
    Rtc,
    media::{MediaKind, Pt},
    rtp::{RtpWrite, Ssrc},
};

use super::{
    negotiation::NegotiatedTrack, packet::MediaPacket, recent_video::RecentVideo, timeline::Timeline,
    vp8::PictureIds,
};

/// A track as one subscriber sees it.
#[derive(Debug)]
pub(super) struct OutgoingTrack {
    kind: MediaKind,
    payload_type: Pt,
    ssrc: Ssrc,
    timeline: Timeline,
    picture_ids: PictureIds,
}

impl OutgoingTrack {
    /// `None` if the session does not send the track.
    pub(super) fn new(rtc: &mut Rtc, track: NegotiatedTrack, kind: MediaKind) -> Option<Self> {
        let clock_rate = match kind {
            MediaKind::Audio => 48_000,
            MediaKind::Video => 90_000,
        };
        Some(Self {
            kind,
            payload_type: track.payload_type,
            ssrc: track.open(rtc, kind)?,
            timeline: Timeline::new(clock_rate),
            picture_ids: PictureIds::default(),
        })
    }

    /// Writes a packet into the session, unless it can't be decoded: video begins with a key frame.
    /// `recent` holds the packet if it is video. Says whether anything was written.
    pub(super) fn forward(&mut self, rtc: &mut Rtc, packet: &MediaPacket, recent: &RecentVideo) -> bool {
        let position = packet.position;
        if self.timeline.follows(position.epoch) {
            return self.write(rtc, packet);
        }
        if self.timeline.is_past(position.epoch) {
            return false;
        }
        match self.kind {
            MediaKind::Audio => {
                self.timeline.start(position, position.timestamp);
                self.write(rtc, packet)
            }
            MediaKind::Video => packet.starts_keyframe() && self.replay(rtc, recent),
        }
    }

    /// Writes the last key frame and everything since. Says whether there was anything.
    pub(super) fn replay(&mut self, rtc: &mut Rtc, recent: &RecentVideo) -> bool {
        let keyframe = recent.keyframe().zip(recent.newest_timestamp());
        let Some((keyframe, newest_timestamp)) = keyframe else {
            return false;
        };
        self.timeline.start(keyframe, newest_timestamp);
        let first = recent
            .since_keyframe()
            .find(|packet| packet.position.seq_no == keyframe.seq_no);
        if let Some(descriptor) = first.and_then(|packet| packet.vp8) {
            self.picture_ids.start(&descriptor);
        }
        for packet in recent.since_keyframe() {
            self.write(rtc, packet);
        }
        true
    }

    fn write(&mut self, rtc: &mut Rtc, packet: &MediaPacket) -> bool {
        let Some((seq_no, timestamp)) = self.timeline.map(packet.position) else {
            return false;
        };
        let mut api = rtc.direct_api();
        let Some(stream) = api.stream_tx(&self.ssrc) else {
            return false;
        };
        let mut rtp = RtpWrite::new(
            self.payload_type,
            seq_no.into(),
            timestamp,
            packet.wallclock,
            packet.payload.clone(),
        )
        .marker(packet.marker)
        .ext_vals(packet.extensions.clone())
        .nackable(self.kind == MediaKind::Video);
        if let Some(patch) = packet
            .vp8
            .and_then(|descriptor| self.picture_ids.map(&descriptor))
        {
            rtp = rtp.vp8_patch(patch);
        }
        stream.write_rtp(rtp);
        true
    }
}
