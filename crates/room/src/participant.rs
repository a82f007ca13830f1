//! Somebody else in the room.

use crate::{ConnectionId, Nickname, StreamId, Toggle};

/// Somebody else in the room, with or without media.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Their slot.
    pub connection: ConnectionId,
    /// What they call themselves; `None` when their client sent nothing usable.
    pub nickname: Option<Nickname>,
    /// What they send, if anything. A connection has at most one stream.
    pub stream: Option<RemoteStream>,
}

/// What somebody else sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteStream {
    /// Its id.
    pub id: StreamId,
    /// Whether there is sound in it, and whether it is on. `None`: it has no sound at all.
    pub audio: Option<Toggle>,
    /// The same for the picture.
    pub video: Option<Toggle>,
    /// Whether subscribing to it failed; then there is nothing to see although they send.
    pub failed: bool,
}

impl RemoteStream {
    /// Whether there is a picture to show.
    #[must_use]
    pub fn shows_picture(&self) -> bool {
        !self.failed && self.video.is_some_and(Toggle::is_on)
    }
}
