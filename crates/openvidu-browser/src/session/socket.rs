//! The websocket behind the SDK's back.
//!
//! The SDK reconnects a lost websocket every three seconds, two thousand times, and offers no way to stop that: not when a
//! server can't be reached at the first attempt, and not when the person leaves meanwhile. It calls `new WebSocket(…)` for each
//! attempt, right after `close(4104, …)` on the one before. So this module replaces the global `WebSocket` for the length of
//! one such synchronous call, which no other code can observe, learns of the new websocket, and gives that
//! a `close` of its own which does the same for the next. When no more attempts are wanted, the SDK gets an object that does nothing.
//!
//! Where this does not work, because the global is frozen or the SDK behaves otherwise, everything else goes on without it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Proxy, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::WebSocket;

use super::warm_socket::WarmSocket;
use crate::js;

/// The code with which the SDK closes a websocket just before it opens the next.
const CLOSED_FOR_RECONNECTION: f64 = 4104.0;

/// After the last failure the SDK waits 3 s before its next attempt; somewhat longer, as timers of hidden pages are late.
const LAST_ATTEMPT_MS: u32 = 10_000;

/// Follows the websockets of one session.
#[derive(Debug)]
pub(super) struct Socket(Rc<Watch>);

#[derive(Debug)]
struct Watch {
    /// The SDK's present websocket.
    current: RefCell<Option<WebSocket>>,
    /// One that was opened in advance.
    warm: RefCell<Option<WarmSocket>>,
    /// The page's `WebSocket` class, while it is replaced.
    genuine: RefCell<Option<JsValue>>,
    /// No more websockets.
    stopped: Cell<bool>,
    construct: Construct,
    close: Close,
}

type Construct = Closure<dyn Fn(Function, Array) -> Result<JsValue, JsValue>>;
type Close = Closure<dyn Fn(JsValue, JsValue) -> Result<JsValue, JsValue>>;

impl Socket {
    pub(super) fn new() -> Self {
        Self(Rc::new_cyclic(|watch: &Weak<Watch>| {
            let construct = {
                let watch = Weak::clone(watch);
                Construct::new(move |class: Function, arguments: Array| match watch.upgrade() {
                    Some(watch) => watch.open(&class, &arguments),
                    None => Reflect::construct(&class, &arguments),
                })
            };
            let close = {
                let watch = Weak::clone(watch);
                Close::new(move |code: JsValue, reason: JsValue| match watch.upgrade() {
                    Some(watch) => watch.close(&code, &reason),
                    None => Ok(JsValue::UNDEFINED),
                })
            };
            Watch {
                current: RefCell::default(),
                warm: RefCell::default(),
                genuine: RefCell::default(),
                stopped: Cell::new(false),
                construct,
                close,
            }
        }))
    }

    /// Opens the websocket for the next request of the SDK in advance.
    pub(super) fn warm_up(&self, url: &str) {
        let before = self.0.warm.replace(Some(WarmSocket::open(url)));
        drop(before);
    }

    /// Learns of the websocket that `call` opens.
    pub(super) fn watch<T>(&self, call: impl FnOnce() -> T) -> T {
        self.0.replace_class();
        let result = call();
        self.0.restore_class();
        result
    }

    /// No more websockets from now on. The present one stays.
    pub(super) fn stop(&self) {
        self.0.stopped.set(true);
        drop(self.0.warm.take());
    }

    /// As [`stop`](Self::stop), and the SDK hears no more of what happens to the present one.
    pub(super) fn sever(&self) {
        self.stop();
        if let Some(socket) = &*self.0.current.borrow() {
            socket.set_onopen(None);
            socket.set_onerror(None);
            socket.set_onclose(None);
        }
        // An attempt that is due already must still find us in its way, even if nobody else needs us any more.
        let watch = Rc::clone(&self.0);
        spawn_local(async move {
            TimeoutFuture::new(LAST_ATTEMPT_MS).await;
            drop(watch);
        });
    }

    /// Whether something may have been sent. Also when nothing is known.
    pub(super) fn may_be_open(&self) -> bool {
        self.0
            .current
            .borrow()
            .as_ref()
            .is_none_or(|socket| socket.ready_state() == WebSocket::OPEN)
    }

    /// Waits until the present websocket is closed; for ever when nothing is known.
    pub(super) fn closed(&self) -> impl Future<Output = ()> + Unpin + use<> {
        let (sender, receiver) = oneshot::channel();
        let socket = self.0.current.borrow().clone();
        let listener = match socket {
            Some(socket) if socket.ready_state() == WebSocket::CLOSED => {
                // The receiver is here.
                let _ = sender.send(());
                None
            }
            Some(socket) => Some(EventListener::once(&socket, "close", move |_| {
                // Whoever waited may have gone.
                let _ = sender.send(());
            })),
            None => None,
        };
        Box::pin(async move {
            let listener = listener;
            if receiver.await.is_err() {
                std::future::pending::<()>().await;
            }
            drop(listener);
        })
    }
}

impl Watch {
    fn replace_class(&self) {
        let global = js_sys::global();
        let Some(genuine) = js::function(&global, "WebSocket") else {
            return;
        };
        if self.genuine.borrow().is_some() {
            return;
        }
        let traps = Object::new();
        js::set(&traps, "construct", self.construct.as_js_value());
        let class = Proxy::new(&genuine, &traps);
        if js::set(&global, "WebSocket", &class) {
            self.genuine.replace(Some(genuine.into()));
        }
    }

    fn restore_class(&self) {
        if let Some(genuine) = self.genuine.take() {
            js::set(&js_sys::global(), "WebSocket", &genuine);
        }
    }

    /// Takes the place of `new WebSocket(…)`.
    fn open(&self, class: &Function, arguments: &Array) -> Result<JsValue, JsValue> {
        self.restore_class();
        if self.stopped.get() {
            return Ok(self.inert());
        }
        let socket = match self.take_warm(arguments) {
            Some(socket) => socket.into(),
            None => Reflect::construct(class, arguments)?,
        };
        js::set(&socket, "close", self.close.as_js_value());
        self.release(self.current.replace(Some(socket.clone().unchecked_into())));
        Ok(socket)
    }

    /// What was opened in advance, if it is what is asked for.
    fn take_warm(&self, arguments: &Array) -> Option<WebSocket> {
        let warm = self.warm.take()?;
        warm.take(&arguments.get(0).as_string()?)
    }

    /// Takes the place of `socket.close(…)`.
    fn close(self: &Rc<Self>, code: &JsValue, reason: &JsValue) -> Result<JsValue, JsValue> {
        let socket = self.current.borrow().clone();
        let Some(socket) = socket else {
            return Ok(JsValue::UNDEFINED);
        };
        if code.as_f64() == Some(CLOSED_FOR_RECONNECTION) {
            self.replace_class();
            // Should the SDK not open the next one right away after all.
            let watch = Rc::clone(self);
            spawn_local(async move { watch.restore_class() });
        }
        let class = Object::get_prototype_of(&socket);
        match js::function(&class, "close") {
            Some(close) => close.call2(&socket, code, reason),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// Gives a websocket its own `close` back.
    fn release(&self, socket: Option<WebSocket>) {
        if let Some(socket) = socket
            && js::get(&socket, "close") == *self.close.as_js_value()
        {
            // It is our own property, so it can be deleted.
            let _ = Reflect::delete_property(&socket, &"close".into());
        }
    }

    /// Looks like a websocket that is closed and does nothing.
    fn inert(&self) -> JsValue {
        let socket = Object::new();
        js::set(&socket, "readyState", &WebSocket::CLOSED.into());
        // The prototype of every function is itself a function that does nothing.
        if let Some(nothing) = self
            .construct
            .as_js_value()
            .dyn_ref::<Object>()
            .map(|function| Object::get_prototype_of(function))
        {
            for method in ["close", "send", "addEventListener", "removeEventListener"] {
                js::set(&socket, method, &nothing);
            }
        }
        socket.into()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.restore_class();
        self.release(self.current.take());
    }
}
