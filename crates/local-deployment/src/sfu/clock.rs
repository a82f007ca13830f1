//! When media was captured, on the local clock.

use std::time::{Duration, Instant, SystemTime};

use str0m::rtp::RtpPacket;

/// Largest plausible time between capture and arrival. Beyond it the publisher's clock must have been set.
const MAX_AGE: Duration = Duration::from_secs(10);

/// Translates a publisher's clock, as told by its sender reports, to the local one. The sender reports that subscribers get
/// are made from the result. Both tracks of a source go by the same clock, so they stay lip-synced.
#[derive(Debug, Default)]
pub(super) struct CaptureClock {
    /// The same moment on the publisher's clock and on the local one, as seen through the fastest packet so far.
    anchor: Option<(SystemTime, Instant)>,
}

impl CaptureClock {
    /// When the packet was captured; its arrival as long as the publisher has not sent a report. Never after its arrival.
    pub(super) fn capture_time(&mut self, packet: &RtpPacket) -> Instant {
        let arrival = packet.timestamp;
        match remote_capture_time(packet) {
            Some(remote) => self.translate(remote, arrival),
            None => arrival,
        }
    }

    fn translate(&mut self, remote: SystemTime, arrival: Instant) -> Instant {
        let local = self.anchor.and_then(|(remote_anchor, local_anchor)| {
            match remote.duration_since(remote_anchor) {
                Ok(later) => local_anchor.checked_add(later),
                Err(earlier) => local_anchor.checked_sub(earlier.duration()),
            }
        });
        match local.filter(|local| *local <= arrival && arrival.duration_since(*local) <= MAX_AGE) {
            Some(local) => local,
            None => {
                self.anchor = Some((remote, arrival));
                arrival
            }
        }
    }
}

/// When the packet was captured, on the publisher's clock.
fn remote_capture_time(packet: &RtpPacket) -> Option<SystemTime> {
    let report = packet.last_sender_info?;
    let reported = report.rtp_time.numer() as u32;
    let ticks = packet.header.timestamp.wrapping_sub(reported).cast_signed();
    let difference = Duration::from_secs(u64::from(ticks.unsigned_abs())) / packet.time.denom().max(1);
    if ticks < 0 {
        report.ntp_time.checked_sub(difference)
    } else {
        report.ntp_time.checked_add(difference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn differences_are_those_of_the_publishers_clock() {
        let (remote, local) = (SystemTime::UNIX_EPOCH, Instant::now());
        let mut clock = CaptureClock::default();
        assert_eq!(clock.translate(remote, local), local);
        assert_eq!(
            clock.translate(remote + SECOND, local + SECOND * 3),
            local + SECOND
        );
        assert_eq!(
            clock.translate(remote + SECOND * 4, local + SECOND * 4),
            local + SECOND * 4
        );
    }

    #[test]
    fn capture_never_follows_arrival_and_the_fastest_packet_counts() {
        let (remote, local) = (SystemTime::UNIX_EPOCH, Instant::now());
        let mut clock = CaptureClock::default();
        clock.translate(remote, local + SECOND);
        assert_eq!(clock.translate(remote + SECOND, local + SECOND), local + SECOND);
        assert_eq!(
            clock.translate(remote + SECOND, local + SECOND * 2),
            local + SECOND
        );
    }

    #[test]
    fn clock_that_was_set_is_followed() {
        let (remote, local) = (SystemTime::UNIX_EPOCH + SECOND * 1_000, Instant::now());
        let mut clock = CaptureClock::default();
        clock.translate(remote, local);
        for jumped in [remote + SECOND * 500, remote - SECOND * 500] {
            assert_eq!(clock.translate(jumped, local + SECOND), local + SECOND);
            assert_eq!(
                clock.translate(jumped + SECOND, local + SECOND * 2),
                local + SECOND * 2
            );
        }
    }
}
