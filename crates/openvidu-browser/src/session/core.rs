//! What a session has become, who waits for it, and how it is left.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use openvidu_browser_sys as sys;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::socket::Socket;
use crate::error::Error;
use crate::event::{STATE_EVENTS, SessionEvent, is_disconnection};
use crate::js;
use crate::publisher::Publisher;
use crate::reason::ConnectionReason;
use crate::subscription::Subscriptions;

/// How long the server may take to answer after we gave up, in milliseconds: the SDK's own limit of 10 s, and a little.
pub(super) const LAST_ANSWER_MS: u32 = 11_000;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Phase {
    New,
    Joining,
    Joined,
    /// Left, or never joined for good. Final.
    Closed,
}

#[derive(Debug)]
pub(super) struct Core {
    raw: sys::Session,
    openvidu: sys::OpenVidu,
    pub(super) socket: Socket,
    phase: Cell<Phase>,
    /// The websocket was lost, and the SDK tries to get it back.
    reconnecting: Cell<bool>,
    /// A join was given up: nothing more is told.
    silent: Cell<bool>,
    /// The SDK was told to leave, which it would do as often as it is told.
    left: Cell<bool>,
    waiting: RefCell<Vec<oneshot::Sender<Error>>>,
    listeners: OnceCell<Subscriptions>,
}

impl Core {
    pub(super) fn new(raw: sys::Session, openvidu: sys::OpenVidu) -> Result<Rc<Self>, Error> {
        let core = Rc::new(Self {
            raw,
            openvidu,
            socket: Socket::new(),
            phase: Cell::new(Phase::New),
            reconnecting: Cell::new(false),
            silent: Cell::new(false),
            left: Cell::new(false),
            waiting: RefCell::default(),
            listeners: OnceCell::new(),
        });
        let this: Weak<Self> = Rc::downgrade(&core);
        let handler = move |kind, event| {
            if let Some(core) = this.upgrade() {
                core.observe(SessionEvent::from_js(kind, event));
            }
        };
        // The first listeners of all: when a caller's listener runs, the state is up to date.
        let listeners = Subscriptions::new(&core.raw, STATE_EVENTS, handler)?;
        // Empty until here.
        let _ = core.listeners.set(listeners);
        Ok(core)
    }

    pub(super) fn raw(&self) -> &sys::Session {
        &self.raw
    }

    pub(super) fn phase(&self) -> Phase {
        self.phase.get()
    }

    pub(super) fn set_phase(&self, phase: Phase) {
        self.phase.set(phase);
    }

    /// The local connection while in the session: from the answer to the join on, which is before the join is complete.
    pub(super) fn connection(&self) -> Option<sys::Connection> {
        if self.phase.get() == Phase::Closed {
            None
        } else {
            js::class(self.raw.connection())
        }
    }

    /// Whether a request can be sent now.
    pub(super) fn usable(&self) -> Result<(), Error> {
        if self.connection().is_none() {
            Err(Error::NotConnected)
        } else if self.reconnecting.get() {
            Err(Error::ConnectionLost)
        } else {
            Ok(())
        }
    }

    /// Whether an event of this kind is still for the listeners.
    pub(super) fn delivers(&self, kind: &str) -> bool {
        !self.silent.get() && (self.phase.get() != Phase::Closed || is_disconnection(kind))
    }

    fn observe(&self, event: SessionEvent) {
        match event {
            SessionEvent::Reconnecting if self.phase.get() == Phase::Joining => {
                // The server can't be reached. The SDK would try for ever, and then not join.
                self.give_up();
                self.interrupt(&Error::ConnectionLost);
            }
            SessionEvent::Reconnecting => {
                self.reconnecting.set(true);
                // The SDK forgets the requests that are under way.
                self.interrupt(&Error::ConnectionLost);
            }
            SessionEvent::Reconnected => self.reconnecting.set(false),
            SessionEvent::Disconnected { reason } => {
                self.phase.set(Phase::Closed);
                self.left.set(true);
                self.socket.stop();
                self.interrupt(&Error::Ended { reason });
            }
            _ => {}
        }
    }

    /// Resolves with the reason when the connection is lost or the session ends.
    pub(super) fn interruption(&self) -> oneshot::Receiver<Error> {
        let (sender, receiver) = oneshot::channel();
        let mut waiting = self.waiting.borrow_mut();
        waiting.retain(|waiting| !waiting.is_canceled());
        waiting.push(sender);
        receiver
    }

    fn interrupt(&self, error: &Error) {
        for waiting in self.waiting.take() {
            // Whoever waited may have gone.
            let _ = waiting.send(error.clone());
        }
    }

    /// The outcome of a request, which is pending for ever in none of the cases in which the SDK's is.
    pub(super) fn request(
        &self,
        promise: Result<Promise, JsValue>,
        timeout_ms: u32,
    ) -> impl Future<Output = Result<(), Error>> + use<> {
        // Begins to listen at once: a rejection is never unhandled.
        let answer = promise.map(JsFuture::from);
        let interruption = self.interruption();
        async move {
            let answer = answer.map_err(|error| Error::from_js(&error))?;
            match select(answer, select(interruption, TimeoutFuture::new(timeout_ms))).await {
                Either::Left((result, _)) => result.map(drop).map_err(|error| Error::from_js(&error)),
                Either::Right((Either::Left((reason, _)), _)) => Err(reason.unwrap_or(Error::NotConnected)),
                Either::Right((Either::Right(_), _)) => Err(Error::Timeout),
            }
        }
    }

    /// Makes the SDK forget a stream that could not be published. It counts it as published all the same, would rebuild it after the
    /// next reconnection, in vain, and throw into the page.
    pub(super) fn forget(&self, publisher: &Publisher) {
        let stream = JsValue::from(publisher.as_raw().stream());
        if let Some(connection) = self.connection()
            && js::get(&connection, "stream") == stream
        {
            js::set(&connection, "stream", &JsValue::UNDEFINED);
        }
        if let Some(dispose) = js::function(&stream, "disposeWebRtcPeer") {
            // Without that hidden member, or when it throws, the peer connection ends with the page.
            let _ = dispose.call0(&stream);
        }
    }

    /// Unpublishes what gets published after we gave up.
    pub(super) fn take_back(self: &Rc<Self>, promise: Result<Promise, JsValue>, publisher: &Publisher) {
        let Ok(promise) = promise else { return };
        let core = Rc::downgrade(self);
        // Not the handle: it would keep the camera on for as long as the SDK does not settle.
        let (unwanted, publisher) = (publisher.unwanted(), publisher.as_raw().clone());
        spawn_local(async move {
            if JsFuture::from(promise).await.is_ok()
                && unwanted()
                && let Some(core) = core.upgrade()
                && let Ok(()) = core.usable()
            {
                // Nobody is left to hear of a failure; the session's end is the next chance.
                let _ = core.request(core.raw.unpublish(&publisher), LAST_ANSWER_MS).await;
            }
        });
    }

    /// Leaves for good, whatever the state.
    pub(super) fn disconnect(self: &Rc<Self>) {
        match self.phase.get() {
            Phase::New => {
                self.phase.set(Phase::Closed);
                self.socket.stop();
            }
            Phase::Closed => {}
            Phase::Joining => {
                let answered = self.connection().is_some();
                self.give_up();
                self.interrupt(&Error::Ended {
                    reason: ConnectionReason::Disconnect,
                });
                if answered {
                    self.leave();
                }
            }
            Phase::Joined => {
                self.phase.set(Phase::Closed);
                self.interrupt(&Error::Ended {
                    reason: ConnectionReason::Disconnect,
                });
                self.leave();
            }
        }
    }

    /// No more events, and no reconnection. Whoever drives the join sees to what remains.
    pub(super) fn give_up(&self) {
        self.phase.set(Phase::Closed);
        self.silent.set(true);
        self.socket.stop();
    }

    /// Opens the websocket for joining in advance.
    pub(super) fn warm_up(&self, url: &str) {
        if self.phase() == Phase::New {
            self.socket.warm_up(url);
        }
    }

    /// Tells the SDK to leave, once. The websocket is closed when the server has answered, or after a while.
    pub(super) fn leave(self: &Rc<Self>) {
        if self.left.replace(true) {
            return;
        }
        self.socket.stop();
        let told = !self.reconnecting.get() && self.raw.disconnect().is_ok();
        if !told {
            // Without the server: `disconnect` throws while the websocket connects, and then nothing is cleaned up.
            // Without that hidden member only the websocket can be closed.
            let _ = self.raw.leave(true, ConnectionReason::Disconnect.as_str());
        }
        if !told {
            self.close_socket();
            return;
        }
        let core = Rc::clone(self);
        spawn_local(async move {
            let closed = core.socket.closed();
            select(closed, TimeoutFuture::new(LAST_ANSWER_MS)).await;
            core.close_socket();
        });
    }

    /// Closes the websocket, in whatever state it is, and ends the SDK's attempts to get it back.
    pub(super) fn close_socket(&self) {
        self.socket.sever();
        // Throws only when there is none.
        let _ = self.openvidu.close_ws();
    }
}
