//! The bounded queue of frames between the signalling task and a websocket.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::mpsc;

/// Frames that may wait for a client. Joining a room of hundreds makes hundreds of them.
const FRAMES: usize = 2_048;
/// Bytes that may wait for a client.
const BYTES: usize = 4 * 1024 * 1024;

/// What waits for a websocket.
#[derive(Debug)]
pub(crate) enum Parcel {
    Frame(String),
    /// Close politely, with a code and a reason.
    Close(u16, &'static str),
}

/// The sending half. Dropping it closes the websocket once everything is written.
#[derive(Debug)]
pub(crate) struct Outbox {
    parcels: mpsc::Sender<Parcel>,
    bytes: Arc<AtomicUsize>,
}

/// The receiving half.
#[derive(Debug)]
pub(crate) struct Queue {
    parcels: mpsc::Receiver<Parcel>,
    bytes: Arc<AtomicUsize>,
}

/// The client reads more slowly than others write to it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooSlow;

pub(crate) fn channel() -> (Outbox, Queue) {
    let (sender, receiver) = mpsc::channel(FRAMES);
    let bytes = Arc::new(AtomicUsize::new(0));
    (
        Outbox {
            parcels: sender,
            bytes: bytes.clone(),
        },
        Queue {
            parcels: receiver,
            bytes,
        },
    )
}

impl Outbox {
    pub(crate) fn send(&self, frame: String) -> Result<(), TooSlow> {
        let length = frame.len();
        if self.bytes.load(Ordering::Relaxed).saturating_add(length) > BYTES {
            return Err(TooSlow);
        }
        // Only this side adds, so the sum can't pass the limit between the check and here.
        self.bytes.fetch_add(length, Ordering::Relaxed);
        match self.parcels.try_send(Parcel::Frame(frame)) {
            Ok(()) => Ok(()),
            Err(mpsc::error::TrySendError::Full(_)) => Err(TooSlow),
            // The websocket has ended, and its reader says so.
            Err(mpsc::error::TrySendError::Closed(_)) => Ok(()),
        }
    }

    pub(crate) fn close(self, code: u16, reason: &'static str) {
        // Without room for it, dropping the outbox closes the websocket too, only with another code.
        let _ = self.parcels.try_send(Parcel::Close(code, reason));
    }
}

impl Queue {
    pub(crate) async fn next(&mut self) -> Option<Parcel> {
        let parcel = self.parcels.recv().await?;
        if let Parcel::Frame(frame) = &parcel {
            self.bytes.fetch_sub(frame.len(), Ordering::Relaxed);
        }
        Some(parcel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn frames_arrive_in_order_and_free_their_room() {
        let (outbox, mut queue) = channel();
        for round in 0..3 {
            let half = "x".repeat(BYTES / 2);
            assert_eq!(outbox.send(half.clone()), Ok(()), "round {round}");
            assert_eq!(outbox.send(half), Ok(()), "round {round}");
            assert_eq!(outbox.send("y".to_owned()), Err(TooSlow), "round {round}");
            assert!(matches!(queue.next().await, Some(Parcel::Frame(_))));
            assert!(matches!(queue.next().await, Some(Parcel::Frame(_))));
        }
        outbox.close(1000, "bye");
        assert!(matches!(queue.next().await, Some(Parcel::Close(1000, "bye"))));
        assert!(queue.next().await.is_none());
    }

    #[test]
    fn a_client_that_reads_nothing_is_too_slow() {
        let (outbox, _queue) = channel();
        let refused = (0..=FRAMES).find(|_| outbox.send(String::new()).is_err());
        assert_eq!(refused, Some(FRAMES));
    }
}
