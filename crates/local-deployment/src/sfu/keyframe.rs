//! When to ask a publisher for a key frame.

use std::time::{Duration, Instant};

/// Least time between two requests. libwebrtc ignores a request less than 300 ms after the one before
/// (`EncoderRtcpFeedback`), so asking more often is of no use; a little more keeps jitter from wasting one.
const INTERVAL: Duration = Duration::from_millis(350);

/// Repeats a request until a key frame comes, and bundles the wishes of many subscribers into one.
#[derive(Debug, Default)]
pub(super) struct KeyframeRequests {
    wanted: bool,
    last: Option<Instant>,
}

impl KeyframeRequests {
    /// Somebody can't go on without a key frame.
    pub(super) fn want(&mut self) {
        self.wanted = true;
    }

    /// A key frame has begun to arrive.
    pub(super) fn arrived(&mut self) {
        self.wanted = false;
    }

    /// When the next request may be sent, if one is wanted and may not be sent at once.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.last.filter(|_| self.wanted).map(|last| last + INTERVAL)
    }

    /// Whether to send a request now; counts it as sent.
    pub(super) fn poll(&mut self, now: Instant) -> bool {
        let due = self.wanted && self.last.is_none_or(|last| now >= last + INTERVAL);
        if due {
            self.last = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_is_repeated_until_the_key_frame_comes() {
        let start = Instant::now();
        let mut requests = KeyframeRequests::default();
        assert!(!requests.poll(start));
        requests.want();
        assert!(requests.poll(start));
        assert!(!requests.poll(start + INTERVAL / 2));
        assert_eq!(requests.deadline(), Some(start + INTERVAL));
        assert!(requests.poll(start + INTERVAL));
        requests.arrived();
        assert_eq!(requests.deadline(), None);
        assert!(!requests.poll(start + INTERVAL * 9));
    }

    #[test]
    fn wish_soon_after_a_request_waits_for_the_interval() {
        let start = Instant::now();
        let mut requests = KeyframeRequests::default();
        requests.want();
        assert!(requests.poll(start));
        requests.arrived();
        requests.want();
        assert!(!requests.poll(start + INTERVAL / 2));
        assert!(requests.poll(start + INTERVAL));
    }
}
