use std::cell::Cell;
use std::rc::Rc;

use openvidu_browser_sys as sys;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use crate::error::Error;

/// Event listeners that were registered together. Dropping it removes them; from then on none of them is called.
///
/// It may be dropped inside one of its own callbacks.
#[derive(Debug)]
#[must_use = "dropping Subscriptions removes the listeners"]
pub struct Subscriptions {
    _listeners: Vec<Subscription>,
}

impl Subscriptions {
    /// Registers one listener for each of `kinds`.
    ///
    /// The SDK may call `handler` before this returns, and again while `handler` runs.
    pub(crate) fn new(
        target: &sys::EventDispatcher,
        kinds: &[&'static str],
        handler: impl Fn(&'static str, JsValue) + 'static,
    ) -> Result<Self, Error> {
        let handler: Rc<dyn Fn(&'static str, JsValue)> = Rc::new(handler);
        let listeners = kinds
            .iter()
            .map(|kind| Subscription::new(target, kind, Rc::clone(&handler)))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            _listeners: listeners,
        })
    }
}

type Handler = Closure<dyn Fn(JsValue)>;

#[derive(Debug)]
struct Subscription {
    target: sys::EventDispatcher,
    kind: &'static str,
    live: Rc<Cell<bool>>,
    closure: Option<Handler>,
}

impl Subscription {
    /// Makes a closure of its own: the SDK files its wrappers by function, and could not remove one that serves two events.
    fn new(
        target: &sys::EventDispatcher,
        kind: &'static str,
        handler: Rc<dyn Fn(&'static str, JsValue)>,
    ) -> Result<Self, Error> {
        let live = Rc::new(Cell::new(true));
        let closure = Handler::new({
            let live = Rc::clone(&live);
            move |event| {
                if live.get() {
                    handler(kind, event);
                }
            }
        });
        let subscription = Self {
            target: target.clone(),
            kind,
            live,
            closure: Some(closure),
        };
        match &subscription.closure {
            Some(closure) => target
                .on(kind, closure.as_js_value().unchecked_ref())
                .map_err(|error| Error::from_js(&error))?,
            None => JsValue::UNDEFINED,
        };
        Ok(subscription)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.live.set(false);
        let Some(closure) = self.closure.take() else {
            return;
        };
        // `off` throws only for an emitter that is not the SDK's: then there is nothing to remove.
        let _ = self.target.off(self.kind, closure.as_js_value().unchecked_ref());
        // The SDK calls a copy of its list of handlers: if it is emitting right now, it may yet call this one, and to call a
        // freed closure throws into the SDK. So the closure is freed when the emission is over.
        spawn_local(async move { drop(closure) });
    }
}
