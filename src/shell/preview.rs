//! Our devices in front of the form: opened before JOIN, so that nobody meets the others unprepared, and taken along by it.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{AbortHandle, Abortable};
use room::{DeviceKind, DeviceState, OwnDevices, RoomAction};
use wasm_bindgen_futures::spawn_local;

use super::local_media::OpenedMedia;
use super::{MediaRegistry, devices};
use crate::store::Dispatcher;

/// The preview of our own camera and microphone.
pub(super) struct Preview {
    dispatcher: Dispatcher,
    media: Rc<MediaRegistry>,
    stage: RefCell<Stage>,
}

/// How far it is. Whatever a stage owns is given back when it is dropped.
#[derive(Default)]
enum Stage {
    /// Nothing is open.
    #[default]
    Off,
    /// The browser was asked.
    Opening {
        asking: AbortHandle,
        /// JOIN was pressed meanwhile: who takes the answer.
        taker: Option<oneshot::Sender<OpenedMedia>>,
    },
    /// The browser has answered.
    Open(OpenedMedia),
}

impl Preview {
    /// A preview that has not begun.
    pub(super) fn new(dispatcher: Dispatcher, media: Rc<MediaRegistry>) -> Self {
        Self {
            dispatcher,
            media,
            stage: RefCell::default(),
        }
    }

    /// Begins by itself where the person has allowed both devices to this page before; else a question of the browser would come
    /// out of the blue, so it is only offered.
    pub(super) fn offer(self: &Rc<Self>, granted: bool) {
        if granted {
            self.start();
        } else {
            devices::wake();
            self.dispatcher.dispatch(RoomAction::PreviewOffered);
        }
    }

    /// Opens the devices, or asks once more for those that are missing.
    pub(super) fn start(self: &Rc<Self>) {
        if self.is_wanted() {
            return;
        }
        self.close();
        let (asking, registration) = AbortHandle::new_pair();
        self.stage.replace(Stage::Opening { asking, taker: None });
        self.report(OwnDevices::WAITING);
        let preview = Rc::clone(self);
        spawn_local(async move {
            let opening = async { preview.settle(OpenedMedia::open().await) };
            // Aborted: nobody wants the devices any more, and the browser's answer closes them.
            let _aborted = Abortable::new(opening, registration).await;
        });
    }

    /// Gives the devices back.
    pub(super) fn stop(&self) {
        self.close();
        self.report(OwnDevices::default());
    }

    /// The devices for a call, and the end of the preview. What is open is taken along if it is everything; else the browser is
    /// asked (again), as whatever was in the way may be gone.
    pub(super) async fn take(&self) -> OpenedMedia {
        let stage = self.stage.take();
        match stage {
            Stage::Off => {}
            Stage::Open(opened) if opened.states.both_ok() => return opened,
            // Given back first: what is open here could be busy for whoever asks for both.
            Stage::Open(incomplete) => drop(incomplete),
            Stage::Opening { asking, .. } => {
                let (taker, answer) = oneshot::channel();
                let taker = Some(taker);
                self.stage.replace(Stage::Opening { asking, taker });
                if let Ok(opened) = answer.await {
                    return opened;
                }
            }
        }
        OpenedMedia::open().await
    }

    /// Whether the browser was asked, and somebody still wants its answer.
    fn is_wanted(&self) -> bool {
        match &*self.stage.borrow() {
            Stage::Opening { taker, .. } => !taker.as_ref().is_some_and(oneshot::Sender::is_canceled),
            Stage::Off | Stage::Open(_) => false,
        }
    }

    fn settle(self: &Rc<Self>, opened: OpenedMedia) {
        let stage = self.stage.take();
        if let Stage::Opening {
            taker: Some(taker), ..
        } = stage
        {
            // Comes back, and is closed, if the call is over already.
            let _unwanted = taker.send(opened);
            return;
        }
        let preview = Rc::downgrade(self);
        let opened = opened.watched(move |kind| {
            if let Some(preview) = preview.upgrade() {
                preview.lose(kind);
            }
        });
        self.media.set_own(opened.view());
        self.report(opened.states);
        self.stage.replace(Stage::Open(opened));
    }

    /// A device went away on its own.
    fn lose(&self, kind: DeviceKind) {
        let states = match &mut *self.stage.borrow_mut() {
            Stage::Open(opened) => {
                opened.states = opened.states.with(kind, DeviceState::Failed);
                opened.states
            }
            Stage::Off | Stage::Opening { .. } => return,
        };
        self.report(states);
    }

    fn close(&self) {
        let stage = self.stage.take();
        match stage {
            Stage::Opening { asking, .. } => asking.abort(),
            Stage::Open(opened) => {
                self.media.set_own(None);
                drop(opened);
            }
            Stage::Off => {}
        }
    }

    fn report(&self, states: OwnDevices) {
        self.dispatcher.dispatch(RoomAction::PreviewChanged(states));
    }
}
