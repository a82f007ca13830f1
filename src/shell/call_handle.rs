//! What a person can want, as methods.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use room::{Attempt, LeaveReason, Nickname, PreviewAction, RoomAction, SessionName, TileId};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::call::Call;
use super::preview::Preview;
use super::services::Services;
use super::{Config, MediaRegistry, devices};
use crate::components::MediaSource;
use crate::store::Dispatcher;

/// The intents. Cheap to clone; compares by pointer and never changes, so that passing it on renders nothing.
#[derive(Clone)]
pub struct CallHandle(Rc<Inner>);

struct Inner {
    dispatcher: Dispatcher,
    services: Rc<Services>,
    media: Rc<MediaRegistry>,
    preview: Rc<Preview>,
    last_attempt: Cell<Attempt>,
    current: RefCell<Option<Rc<Call>>>,
}

impl CallHandle {
    /// A handle that reports what happens to `dispatcher`.
    #[must_use]
    pub fn new(config: Config, dispatcher: Dispatcher) -> Self {
        let media = Rc::<MediaRegistry>::default();
        Self(Rc::new(Inner {
            preview: Rc::new(Preview::new(dispatcher.clone(), Rc::clone(&media))),
            media,
            dispatcher,
            services: Rc::new(Services::new(config)),
            last_attempt: Cell::default(),
            current: RefCell::default(),
        }))
    }

    /// The media of the tiles, for the context of the components.
    #[must_use]
    pub fn media_source(&self) -> MediaSource {
        MediaSource::new(Rc::clone(&self.0.media) as Rc<_>)
    }

    /// A callback that passes what a component says on as an intent.
    pub fn intent<T: 'static>(&self, intent: impl Fn(&Self, T) + 'static) -> Callback<T> {
        let call = self.clone();
        Callback::from(move |said| intent(&call, said))
    }

    /// Does in the background what JOIN would have to wait for: loads the SDK, and opens the devices where that asks nobody anything.
    pub fn prepare(&self) {
        self.0.services.sdk.preload();
        let call = self.clone();
        spawn_local(async move {
            let granted = devices::are_granted().await;
            // JOIN may have been quicker, and asks for the devices itself.
            if !call.is_busy() {
                call.0.preview.offer(granted);
            }
        });
    }

    /// Do something about the preview. Ignored while an attempt to be in a room is under way.
    pub fn preview(&self, action: PreviewAction) {
        if self.is_busy() {
            return;
        }
        match action {
            PreviewAction::Start | PreviewAction::Retry => self.0.preview.start(),
            PreviewAction::Stop => self.0.preview.stop(),
        }
    }

    /// Join `session`. Ignored while another attempt is under way.
    pub fn join(&self, session: SessionName, nickname: Nickname) {
        if self.is_busy() {
            return;
        }
        let inner = &self.0;
        let attempt = inner.last_attempt.get().next();
        inner.last_attempt.set(attempt);
        let call = Rc::new(Call::new(
            attempt,
            inner.dispatcher.clone(),
            Rc::clone(&inner.media),
            Rc::clone(&inner.preview),
        ));
        inner.current.replace(Some(Rc::clone(&call)));
        // Before the next render: the requests go out first, and what they bring is reported after `JoinStarted` all the same.
        call.start(Rc::clone(&inner.services), session.clone(), nickname.clone());
        inner.dispatcher.dispatch(RoomAction::JoinStarted {
            attempt,
            session,
            nickname,
        });
    }

    /// Stop joining.
    pub fn cancel(&self) {
        self.end(LeaveReason::Cancelled);
    }

    /// Leave the room.
    pub fn leave(&self) {
        self.end(LeaveReason::Own);
    }

    /// The page goes away: leave, and give every device back.
    pub fn give_everything_back(&self) {
        self.leave();
        self.0.preview.stop();
    }

    /// Show somebody large.
    pub fn promote(&self, tile: TileId) {
        self.dispatch(RoomAction::Promoted(tile));
    }

    /// A notice was read.
    pub fn close_notice(&self) {
        self.dispatch(RoomAction::NoticeClosed);
    }

    /// Use the next camera.
    pub fn switch_camera(&self) {
        if let Some(call) = self.call() {
            spawn_local(async move { call.switch_camera().await });
        }
    }

    /// Mute or unmute our microphone.
    pub fn toggle_microphone(&self) {
        if let Some(call) = self.call() {
            call.toggle_microphone();
        }
    }

    /// Stop or start our camera's picture.
    pub fn toggle_camera(&self) {
        if let Some(call) = self.call() {
            spawn_local(async move { call.toggle_camera().await });
        }
    }

    /// Try again to send our media after it failed or was stopped.
    pub fn publish_again(&self) {
        if let Some(call) = self.call() {
            spawn_local(async move { call.publish_again().await });
        }
    }

    /// Ask once more for the devices that are missing in the room.
    pub fn retry_devices(&self) {
        if let Some(call) = self.call() {
            spawn_local(async move { call.retry_devices().await });
        }
    }

    /// Whether an attempt to be in a room is under way.
    fn is_busy(&self) -> bool {
        self.call().is_some_and(|call| !call.is_over())
    }

    fn end(&self, reason: LeaveReason) {
        let call = self.0.current.take();
        if let Some(call) = call {
            call.leave(reason);
        }
    }

    fn call(&self) -> Option<Rc<Call>> {
        self.0.current.borrow().clone()
    }

    fn dispatch(&self, action: RoomAction) {
        self.0.dispatcher.dispatch(action);
    }
}

impl PartialEq for CallHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for CallHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CallHandle")
    }
}
