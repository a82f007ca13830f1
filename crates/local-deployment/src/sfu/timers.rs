//! Which peers are due.

use std::{
    collections::{BTreeSet, HashMap},
    time::Instant,
};

use super::PeerId;

/// One deadline a peer, the earliest first.
#[derive(Debug, Default)]
pub(super) struct Timers {
    deadlines: HashMap<PeerId, Instant>,
    queue: BTreeSet<(Instant, PeerId)>,
}

impl Timers {
    /// Replaces the peer's deadline. Costs next to nothing when it is still the same, which is the usual case.
    pub(super) fn set(&mut self, peer: PeerId, deadline: Instant) {
        let previous = self.deadlines.insert(peer, deadline);
        if previous == Some(deadline) {
            return;
        }
        if let Some(previous) = previous {
            self.queue.remove(&(previous, peer));
        }
        self.queue.insert((deadline, peer));
    }

    /// Removes the peer's deadline.
    pub(super) fn remove(&mut self, peer: PeerId) {
        if let Some(deadline) = self.deadlines.remove(&peer) {
            self.queue.remove(&(deadline, peer));
        }
    }

    /// Takes a peer whose deadline has come, and its deadline away.
    pub(super) fn take_due(&mut self, now: Instant) -> Option<PeerId> {
        let (deadline, peer) = *self.queue.first()?;
        if deadline > now {
            return None;
        }
        self.remove(peer);
        Some(peer)
    }

    /// The earliest deadline.
    pub(super) fn next(&self) -> Option<Instant> {
        self.queue.first().map(|(deadline, _)| *deadline)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn due_peers_come_in_order_and_once() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut timers = Timers::default();
        timers.set(PeerId(1), at(3));
        timers.set(PeerId(2), at(1));
        timers.set(PeerId(3), at(2));
        timers.set(PeerId(3), at(9));
        timers.set(PeerId(4), at(2));
        timers.remove(PeerId(4));
        assert_eq!(timers.next(), Some(at(1)));
        assert_eq!(timers.take_due(at(0)), None);
        assert_eq!(timers.take_due(at(5)), Some(PeerId(2)));
        assert_eq!(timers.take_due(at(5)), Some(PeerId(1)));
        assert_eq!(timers.take_due(at(5)), None);
        assert_eq!(timers.next(), Some(at(9)));
    }
}
