//! Sequence numbers and timestamps as one subscriber sees them.

use std::time::Instant;

use super::packet::{Epoch, Position};

/// Frames that are older than the newest one when a subscriber joins are sent at once; their timestamps are drawn together
/// by this factor. Otherwise the receiver would keep the age of the first frame as playout delay for good.
const CATCH_UP: u32 = 32;

/// First sequence number. Small, because the SRTP rollover counter of a new stream must be zero.
const FIRST_SEQ_NO: u64 = 1;

/// Maps the RTP streams that carry a track, one after the other, to a single one without gaps or jumps backwards.
#[derive(Debug)]
pub(super) struct Timeline {
    clock_rate: u32,
    current: Option<Mapping>,
    last: Option<Sent>,
}

/// How the packets of one epoch are mapped.
#[derive(Debug)]
struct Mapping {
    epoch: Epoch,
    first: u64,
    first_sent: u64,
    newest_timestamp: u32,
    timestamp_offset: u32,
}

/// The packet with the highest sequence number that was sent.
#[derive(Debug)]
struct Sent {
    seq_no: u64,
    timestamp: u32,
    arrival: Instant,
}

impl Timeline {
    /// A track that the subscriber has not seen anything of.
    pub(super) fn new(clock_rate: u32) -> Self {
        Self {
            clock_rate,
            current: None,
            last: None,
        }
    }

    /// Whether packets of this epoch can be mapped.
    pub(super) fn follows(&self, epoch: Epoch) -> bool {
        self.current
            .as_ref()
            .is_some_and(|current| current.epoch == epoch)
    }

    /// Whether this is an epoch to be left behind: late packets of a stream that was replaced.
    pub(super) fn is_past(&self, epoch: Epoch) -> bool {
        self.current.as_ref().is_some_and(|current| epoch < current.epoch)
    }

    /// Goes on with another epoch from its packet `first`. `newest_timestamp` is that of the newest packet known.
    pub(super) fn start(&mut self, first: Position, newest_timestamp: u32) {
        let caught_up = catch_up(first.timestamp, newest_timestamp);
        let (first_sent, timestamp) = match &self.last {
            None => (FIRST_SEQ_NO, caught_up),
            Some(last) => (last.seq_no + 1, self.timestamp_after(last, first.arrival)),
        };
        self.current = Some(Mapping {
            epoch: first.epoch,
            first: first.seq_no,
            first_sent,
            newest_timestamp,
            timestamp_offset: timestamp.wrapping_sub(caught_up),
        });
    }

    /// Sequence number and timestamp to send; `None` for a packet from before the start.
    pub(super) fn map(&mut self, position: Position) -> Option<(u64, u32)> {
        let current = self
            .current
            .as_ref()
            .filter(|current| current.epoch == position.epoch)?;
        let seq_no = current.first_sent + position.seq_no.checked_sub(current.first)?;
        let timestamp =
            catch_up(position.timestamp, current.newest_timestamp).wrapping_add(current.timestamp_offset);
        if self.last.as_ref().is_none_or(|last| seq_no > last.seq_no) {
            self.last = Some(Sent {
                seq_no,
                timestamp,
                arrival: position.arrival,
            });
        }
        Some((seq_no, timestamp))
    }

    /// As much time passes in the stream as has passed on the clock.
    fn timestamp_after(&self, last: &Sent, arrival: Instant) -> u32 {
        let elapsed = arrival.saturating_duration_since(last.arrival);
        let ticks = elapsed.as_micros() * u128::from(self.clock_rate) / 1_000_000;
        // Timestamps are modulo 2^32 anyway.
        let ticks = (ticks as u32).max(1);
        last.timestamp.wrapping_add(ticks)
    }
}

/// Draws timestamps before `newest` closer to it. Monotonic, and the same for all packets of a frame.
fn catch_up(timestamp: u32, newest: u32) -> u32 {
    let behind = newest.wrapping_sub(timestamp);
    if behind < u32::MAX / 2 {
        newest.wrapping_sub(behind / CATCH_UP)
    } else {
        timestamp
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    fn position(epoch: Epoch, seq_no: u64, timestamp: u32, arrival: Instant) -> Position {
        Position {
            epoch,
            seq_no,
            timestamp,
            arrival,
        }
    }

    #[test]
    fn reordered_packets_keep_their_order_and_those_before_the_start_are_dropped() {
        let now = Instant::now();
        let epoch = Epoch::default();
        let mut timeline = Timeline::new(90_000);
        timeline.start(position(epoch, 500, 9_000, now), 9_000);
        let sent = [500, 502, 501, 499].map(|seq_no| timeline.map(position(epoch, seq_no, 9_000, now)));
        assert_eq!(
            sent.map(|sent| sent.map(|(seq_no, _)| seq_no)),
            [Some(1), Some(3), Some(2), None]
        );
    }

    #[test]
    fn next_epoch_follows_without_gap_and_as_much_later_as_it_came() {
        let now = Instant::now();
        let old = Epoch::default();
        let mut timeline = Timeline::new(90_000);
        timeline.start(position(old, 65_000, u32::MAX - 100, now), u32::MAX - 100);
        assert_eq!(
            timeline.map(position(old, 65_000, u32::MAX - 100, now)),
            Some((1, u32::MAX - 100))
        );

        let later = now + Duration::from_secs(2);
        let first = position(old.next(), 7, 123_456, later);
        assert!(!timeline.follows(old.next()));
        timeline.start(first, 123_456);
        let expected = (u32::MAX - 100).wrapping_add(180_000);
        assert_eq!(timeline.map(first), Some((2, expected)));
        assert_eq!(
            timeline.map(position(old.next(), 8, 126_456, later)),
            Some((3, expected.wrapping_add(3_000)))
        );
        assert!(timeline.is_past(old));
        assert_eq!(timeline.map(position(old, 65_001, 0, later)), None);
    }

    #[test]
    fn frames_before_the_newest_are_drawn_together() {
        let now = Instant::now();
        let epoch = Epoch::default();
        let mut timeline = Timeline::new(90_000);
        timeline.start(position(epoch, 1, 0, now), 9_600);
        let sent: Vec<_> = [0, 3_200, 6_400, 9_600, 12_800]
            .into_iter()
            .zip(1..)
            .filter_map(|(timestamp, seq_no)| timeline.map(position(epoch, seq_no, timestamp, now)))
            .map(|(_, timestamp)| timestamp)
            .collect();
        assert_eq!(sent, [9_300, 9_400, 9_500, 9_600, 12_800]);
    }

    proptest! {
        #[test]
        fn sequence_numbers_and_timestamps_never_go_back(
            epochs in proptest::collection::vec((any::<u32>(), any::<u32>(), 1..50_u64, 0..5_000_u64), 1..10),
        ) {
            let mut now = Instant::now();
            let mut epoch = Epoch::default();
            let mut timeline = Timeline::new(48_000);
            let mut last: Option<(u64, u32)> = None;
            for (seq_no, timestamp, count, pause) in epochs {
                now += Duration::from_millis(pause);
                let seq_no = u64::from(seq_no);
                timeline.start(position(epoch, seq_no, timestamp, now), timestamp);
                for index in 0..u32::try_from(count).unwrap() {
                    let sent = timeline.map(position(
                        epoch,
                        seq_no + u64::from(index),
                        timestamp.wrapping_add(index * 960),
                        now,
                    )).unwrap();
                    if let Some(last) = last {
                        prop_assert_eq!(sent.0, last.0 + 1);
                        prop_assert!(sent.1.wrapping_sub(last.1) < u32::MAX / 2);
                        prop_assert!(sent.1 != last.1);
                    }
                    last = Some(sent);
                    now += Duration::from_millis(20);
                }
                epoch = epoch.next();
            }
        }
    }
}
