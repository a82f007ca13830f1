//! The newest video of a source, so that a subscriber who has just connected need not wait for a key frame.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::packet::{MediaPacket, Position};

/// How long packets are kept. A new key frame takes about two frame times and a round trip; replaying much more than that
/// would take longer than asking for one.
const MAX_AGE: Duration = Duration::from_millis(500);

/// Bound on packets, against publishers that send absurdly many.
const MAX_PACKETS: usize = 512;

/// Video packets of the current epoch, from the last key frame on if that is recent enough.
#[derive(Debug, Default)]
pub(super) struct RecentVideo {
    packets: VecDeque<MediaPacket>,
    keyframe: Option<Position>,
    newest: Option<Position>,
}

impl RecentVideo {
    /// Adds a packet, and forgets what is too old.
    pub(super) fn push(&mut self, packet: MediaPacket) {
        let position = packet.position;
        if self.newest.is_some_and(|newest| newest.epoch != position.epoch) {
            *self = Self::default();
        }
        if packet.starts_keyframe() {
            self.keyframe = Some(position);
            self.packets.retain(|kept| kept.position.seq_no > position.seq_no);
        }
        if self.newest.is_none_or(|newest| newest.seq_no < position.seq_no) {
            self.newest = Some(position);
        }
        self.packets.push_back(packet);
        self.prune(position.arrival);
    }

    /// The packet that was pushed last.
    pub(super) fn last(&self) -> Option<&MediaPacket> {
        self.packets.back()
    }

    /// Where the last key frame began, if it is still here.
    pub(super) fn keyframe(&self) -> Option<Position> {
        self.keyframe
    }

    /// How long ago the last key frame began to arrive, if it is still here.
    pub(super) fn keyframe_age(&self, now: Instant) -> Option<Duration> {
        self.keyframe
            .map(|keyframe| now.saturating_duration_since(keyframe.arrival))
    }

    /// Timestamp of the newest frame.
    pub(super) fn newest_timestamp(&self) -> Option<u32> {
        self.newest.map(|newest| newest.timestamp)
    }

    /// Whether everything from the key frame on is here, so that a decoder can go through it.
    pub(super) fn is_complete(&self, now: Instant) -> bool {
        let (Some(keyframe), Some(newest)) = (self.keyframe, self.newest) else {
            return false;
        };
        let count = u64::try_from(self.since_keyframe().count()).unwrap_or(u64::MAX);
        newest.seq_no - keyframe.seq_no + 1 == count
            && self.keyframe_age(now).is_some_and(|age| age <= MAX_AGE)
    }

    /// The packets from the key frame on, in the order of their arrival.
    pub(super) fn since_keyframe(&self) -> impl Iterator<Item = &MediaPacket> {
        self.keyframe.into_iter().flat_map(|keyframe| {
            self.packets
                .iter()
                .filter(move |packet| packet.position.seq_no >= keyframe.seq_no)
        })
    }

    fn prune(&mut self, now: Instant) {
        while let Some(oldest) = self.packets.front() {
            let expired = now.saturating_duration_since(oldest.position.arrival) > MAX_AGE;
            if !expired && self.packets.len() <= MAX_PACKETS {
                break;
            }
            if self
                .keyframe
                .is_some_and(|keyframe| keyframe.seq_no == oldest.position.seq_no)
            {
                self.keyframe = None;
            }
            self.packets.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use str0m::rtp::{ExtensionValues, Vp8Descriptor};

    use super::*;
    use crate::sfu::packet::Epoch;

    fn packet(epoch: Epoch, seq_no: u64, is_keyframe: bool, arrival: Instant) -> MediaPacket {
        let payload: Arc<[u8]> = [0x10, u8::from(!is_keyframe)].into();
        MediaPacket {
            position: Position {
                epoch,
                seq_no,
                timestamp: u32::try_from(seq_no * 3_000).unwrap(),
                arrival,
            },
            wallclock: arrival,
            marker: true,
            extensions: ExtensionValues::default(),
            vp8: Vp8Descriptor::parse(&payload).ok(),
            payload,
        }
    }

    fn seq_nos(recent: &RecentVideo) -> Vec<u64> {
        recent
            .since_keyframe()
            .map(|packet| packet.position.seq_no)
            .collect()
    }

    #[test]
    fn replay_begins_with_the_last_key_frame_even_if_that_came_late() {
        let now = Instant::now();
        let epoch = Epoch::default();
        let mut recent = RecentVideo::default();
        for (seq_no, is_keyframe) in [(1, true), (4, false), (3, true), (2, false), (5, false)] {
            recent.push(packet(epoch, seq_no, is_keyframe, now));
        }
        assert_eq!(seq_nos(&recent), [4, 3, 5]);
        assert!(recent.is_complete(now));
        assert_eq!(recent.newest_timestamp(), Some(15_000));
    }

    #[test]
    fn replay_with_a_hole_is_incomplete_until_the_hole_is_filled() {
        let now = Instant::now();
        let epoch = Epoch::default();
        let mut recent = RecentVideo::default();
        recent.push(packet(epoch, 10, true, now));
        recent.push(packet(epoch, 12, false, now));
        assert!(!recent.is_complete(now));
        recent.push(packet(epoch, 11, false, now));
        assert!(recent.is_complete(now));
    }

    #[test]
    fn old_key_frames_are_not_kept() {
        let now = Instant::now();
        let epoch = Epoch::default();
        let mut recent = RecentVideo::default();
        recent.push(packet(epoch, 1, true, now));
        assert!(!recent.is_complete(now + MAX_AGE * 2));
        recent.push(packet(epoch, 2, false, now + MAX_AGE * 2));
        assert_eq!(seq_nos(&recent), [0; 0]);
        assert!(!recent.is_complete(now + MAX_AGE * 2));
    }

    #[test]
    fn number_of_packets_is_bounded() {
        let now = Instant::now();
        let mut recent = RecentVideo::default();
        for seq_no in 0..5_000 {
            recent.push(packet(Epoch::default(), seq_no, seq_no == 0, now));
        }
        assert_eq!(recent.packets.len(), MAX_PACKETS);
        assert!(!recent.is_complete(now));
    }

    #[test]
    fn another_epoch_begins_anew() {
        let now = Instant::now();
        let mut recent = RecentVideo::default();
        recent.push(packet(Epoch::default(), 1, true, now));
        recent.push(packet(Epoch::default().next(), 9, false, now));
        assert_eq!(recent.keyframe(), None);
        assert!(recent.last().is_some());
    }
}
