//! One attempt to be in a room, from JOIN to the end.
//!
//! A [`Call`] owns everything that its attempt opens: tracks, the SDK's session, listeners, tasks. When it is over, however that comes
//! about, all of it is given back and nothing of it is reported any more.

mod camera;
mod events;
mod join;
mod publishing;
mod retry;

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

use futures_util::future::{AbortHandle, Abortable};
use openvidu_browser::{OpenVidu, Publisher, Session, Subscriptions};
use room::{Attempt, CallEvent, JoinError, LeaveReason, Nickname, RoomAction, SessionName, Toggle};
use wasm_bindgen_futures::spawn_local;

use super::MediaRegistry;
use super::local_media::LocalMedia;
use super::preview::Preview;
use super::services::Services;
use crate::store::Dispatcher;

/// One attempt to be in a room.
pub(super) struct Call {
    attempt: Attempt,
    dispatcher: Dispatcher,
    media: Rc<MediaRegistry>,
    preview: Rc<Preview>,
    over: Cell<bool>,
    joining: RefCell<Option<AbortHandle>>,
    local: RefCell<Option<LocalMedia>>,
    room: RefCell<Option<Rc<JoinedRoom>>>,
    published: RefCell<Option<Published>>,
    /// Whether our sound is to be sent; outlives what sends it, so that nobody who muted themselves is heard after trying again.
    audio: Cell<Toggle>,
    /// Whether our picture is to be sent, likewise.
    video: Cell<Toggle>,
    /// Whether another device is being opened in place of what is sent.
    changing_devices: Cell<bool>,
}

/// The SDK's side of a call. Listeners first, so that they are gone before the session is.
struct JoinedRoom {
    _events: Subscriptions,
    session: Session,
    openvidu: OpenVidu,
}

/// Our media on its way to the others.
struct Published {
    _events: Subscriptions,
    publisher: Rc<Publisher>,
}

impl Call {
    /// A call that has not begun.
    pub(super) fn new(
        attempt: Attempt,
        dispatcher: Dispatcher,
        media: Rc<MediaRegistry>,
        preview: Rc<Preview>,
    ) -> Self {
        Self {
            attempt,
            dispatcher,
            media,
            preview,
            over: Cell::new(false),
            joining: RefCell::default(),
            local: RefCell::default(),
            room: RefCell::default(),
            published: RefCell::default(),
            audio: Cell::default(),
            video: Cell::default(),
            changing_devices: Cell::new(false),
        }
    }

    /// Whether nothing more will come of it.
    pub(super) fn is_over(&self) -> bool {
        self.over.get()
    }

    /// Starts joining.
    pub(super) fn start(self: &Rc<Self>, services: Rc<Services>, session: SessionName, nickname: Nickname) {
        let call = Rc::clone(self);
        self.spawn(async move {
            if let Err(error) = call.join(&services, &session, &nickname).await {
                call.fail(error);
            }
        });
    }

    /// Leaves, or stops joining.
    pub(super) fn leave(&self, reason: LeaveReason) {
        self.finish(CallEvent::Left(reason));
    }

    /// Joining failed.
    fn fail(&self, error: JoinError) {
        self.finish(CallEvent::JoinFailed(error));
    }

    /// Reports something that happened.
    fn report(&self, event: CallEvent) {
        if !self.is_over() {
            self.dispatcher.dispatch(RoomAction::Call {
                attempt: self.attempt,
                event,
            });
        }
    }

    /// Reports how it ended, and gives everything back. Only the first end counts.
    fn finish(&self, end: CallEvent) {
        if self.over.replace(true) {
            return;
        }
        if let Some(joining) = self.joining.take() {
            joining.abort();
        }
        self.media.clear();
        self.close_media();
        // Taken out of its cell first: the SDK reports the end to listeners while it happens.
        let room = self.room.take();
        drop(room);
        self.dispatcher.dispatch(RoomAction::Call {
            attempt: self.attempt,
            event: end,
        });
    }

    /// Does something for as long as the call is not over.
    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        let (handle, registration) = AbortHandle::new_pair();
        self.joining.replace(Some(handle));
        spawn_local(async move {
            // Aborted means over: there is nothing left to do.
            let _aborted = Abortable::new(task, registration).await;
        });
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if let Some(joining) = self.joining.take() {
            joining.abort();
        }
    }
}
