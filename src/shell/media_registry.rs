//! Whose media is where: the JS objects behind the tiles.

use std::cell::RefCell;

use openvidu_browser::Subscriber;
use room::{ConnectionId, TileId};
use web_sys::{HtmlVideoElement, MediaStream};

use crate::components::{AttachMedia, AttachedMedia};

/// The media of every tile of the present call.
#[derive(Debug, Default)]
pub struct MediaRegistry {
    own: RefCell<Option<MediaStream>>,
    remote: RefCell<Vec<(ConnectionId, Subscriber)>>,
}

impl MediaRegistry {
    /// Our own tile shows this from now on.
    pub fn set_own(&self, stream: Option<MediaStream>) {
        self.own.replace(stream);
    }

    /// Somebody else's tile shows this from now on.
    pub fn insert(&self, connection: ConnectionId, subscriber: Subscriber) {
        self.remove(&connection);
        self.remote.borrow_mut().push((connection, subscriber));
    }

    /// Somebody else's tile shows nothing any more.
    pub fn remove(&self, connection: &ConnectionId) {
        // Dropped after the borrow: dropping calls into the SDK, which may call back.
        let removed = self.take(connection);
        drop(removed);
    }

    fn take(&self, connection: &ConnectionId) -> Option<Subscriber> {
        let mut remote = self.remote.borrow_mut();
        let index = remote.iter().position(|(known, _)| known == connection)?;
        Some(remote.swap_remove(index).1)
    }

    /// No tile shows anything any more.
    pub fn clear(&self) {
        let remote = self.remote.take();
        let own = self.own.take();
        drop((remote, own));
    }

    fn subscriber(&self, connection: &ConnectionId) -> Option<Subscriber> {
        self.remote
            .borrow()
            .iter()
            .find(|(known, _)| known == connection)
            .map(|(_, subscriber)| subscriber.clone())
    }
}

impl AttachMedia for MediaRegistry {
    fn attach(&self, tile: &TileId, video: &HtmlVideoElement) -> Option<AttachedMedia> {
        match tile {
            TileId::Own => {
                let stream = self.own.borrow().clone()?;
                video.set_src_object(Some(&stream));
                Some(Box::new(Shown(video.clone())))
            }
            TileId::Remote(connection) => {
                let attachment = self.subscriber(connection)?.attach(video).ok()?;
                Some(Box::new(attachment))
            }
        }
    }
}

/// Our own picture in an element, until dropped.
struct Shown(HtmlVideoElement);

impl Drop for Shown {
    fn drop(&mut self) {
        self.0.set_src_object(None);
    }
}
