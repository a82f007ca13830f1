//! How a component gets media into its `<video>` without knowing where it comes from.

use std::any::Any;
use std::rc::Rc;

use room::TileId;
use web_sys::HtmlVideoElement;

/// Takes the media out of the element when dropped.
pub type AttachedMedia = Box<dyn Any>;

/// Knows the media of each tile.
pub trait AttachMedia {
    /// Shows the media of `tile` in `video` until the answer is dropped. `None` while there is none.
    fn attach(&self, tile: &TileId, video: &HtmlVideoElement) -> Option<AttachedMedia>;
}

/// The media of the room, as a context. Compares by pointer: it never makes anything render.
#[derive(Clone)]
pub struct MediaSource(Rc<dyn AttachMedia>);

impl MediaSource {
    /// Wraps whatever knows the media.
    #[must_use]
    pub fn new(media: Rc<dyn AttachMedia>) -> Self {
        Self(media)
    }

    /// See [`AttachMedia::attach`].
    #[must_use]
    pub fn attach(&self, tile: &TileId, video: &HtmlVideoElement) -> Option<AttachedMedia> {
        self.0.attach(tile, video)
    }
}

impl PartialEq for MediaSource {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for MediaSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MediaSource")
    }
}
