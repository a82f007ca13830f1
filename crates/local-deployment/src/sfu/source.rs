//! A published stream and who receives it.

use super::{PeerId, packet::Epoch, recent_video::RecentVideo};

/// A published stream. It exists from the first `publish` to `close_source`.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// The peer that publishes it; `None` while it is being reconnected.
    pub publisher: Option<PeerId>,
    pub has_audio: bool,
    pub has_video: bool,
    pub subscribers: Vec<PeerId>,
    pub audio_epoch: Epoch,
    pub video_epoch: Epoch,
    pub recent_video: RecentVideo,
}
