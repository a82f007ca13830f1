use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Reflect};
use openvidu_browser_sys as sys;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use crate::error::{Error, LoadError};
use crate::js;

/// How long [`Sdk::load`] waits, in milliseconds: the SDK's 62 kB take so long at some 30 kbit/s.
const LOAD_TIMEOUT_MS: u32 = 20_000;

/// The loaded SDK: the proof that there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Sdk {
    /// The class `OpenVidu`.
    class: Function,
}

/// How a script is to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptKind {
    /// As an ES module.
    Module,
    /// As a classic script.
    Classic,
}

/// Where and how to load the SDK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadOptions {
    /// Its address.
    pub url: String,
    /// As what to run it.
    pub kind: ScriptKind,
    /// How long to wait, in milliseconds.
    pub timeout_ms: u32,
}

impl LoadOptions {
    /// Waits 20 s. A file `….min.js` is a classic script, as the official one, and every other a module.
    #[must_use]
    pub fn new(url: &str) -> Self {
        let path = url.split(['?', '#']).next().unwrap_or(url);
        let kind = if path.ends_with(".min.js") {
            ScriptKind::Classic
        } else {
            ScriptKind::Module
        };
        Self {
            url: url.into(),
            kind,
            timeout_ms: LOAD_TIMEOUT_MS,
        }
    }
}

impl Sdk {
    /// The SDK that the page has loaded: `globalThis.OpenViduBrowser.OpenVidu`, else `globalThis.OpenVidu`.
    #[must_use]
    pub fn from_global() -> Option<Self> {
        let global: JsValue = js_sys::global().into();
        let class = js::function(&js::get(&global, "OpenViduBrowser"), "OpenVidu")
            .or_else(|| js::function(&global, "OpenVidu"))?;
        Some(Self { class })
    }

    /// Loads the SDK with the [default options](LoadOptions::new), unless it is there.
    ///
    /// All calls share one script element. After a failure the next call tries again.
    ///
    /// # Errors
    ///
    /// Fails when the script can't be fetched, is something else, or takes more than 20 s.
    pub async fn load(url: &str) -> Result<Self, LoadError> {
        Self::load_with(&LoadOptions::new(url)).await
    }

    /// Loads the SDK, unless it is there. While another call is loading, waits for that one.
    ///
    /// Dropping the future does not stop the loading: the next call profits from it.
    ///
    /// # Errors
    ///
    /// Fails when the script can't be fetched, is something else, or does not arrive in time.
    pub async fn load_with(options: &LoadOptions) -> Result<Self, LoadError> {
        loop {
            if let Some(sdk) = Self::from_global() {
                return Ok(sdk);
            }
            let (same, waiter) = LOADING.with_borrow_mut(|loading| match loading {
                Some(load) => (load.url == options.url, load.wait()),
                None => {
                    let load = loading.insert(Load {
                        url: options.url.clone(),
                        waiters: Vec::new(),
                    });
                    spawn_local(run(options.clone()));
                    (true, load.wait())
                }
            });
            match waiter.await {
                // Another address failed: that says nothing about this one.
                Ok(Err(_)) if !same => {}
                Ok(result) => return result,
                Err(oneshot::Canceled) => {
                    return Err(LoadError::NotTheSdk {
                        url: options.url.as_str().into(),
                    });
                }
            }
        }
    }

    pub(crate) fn construct(&self) -> Result<sys::OpenVidu, Error> {
        let object =
            Reflect::construct(&self.class, &Array::new()).map_err(|error| Error::from_js(&error))?;
        js::expect_class(object, "new OpenVidu() gives an object")
    }
}

/// The load that is going on.
#[derive(Debug)]
struct Load {
    url: String,
    waiters: Vec<oneshot::Sender<Result<Sdk, LoadError>>>,
}

impl Load {
    fn wait(&mut self) -> oneshot::Receiver<Result<Sdk, LoadError>> {
        let (sender, receiver) = oneshot::channel();
        self.waiters.push(sender);
        receiver
    }
}

thread_local! {
    static LOADING: RefCell<Option<Load>> = const { RefCell::new(None) };
    static FAILURES: RefCell<u32> = const { RefCell::new(0) };
}

async fn run(options: LoadOptions) {
    let result = inject(&options).await;
    if result.is_err() {
        FAILURES.with_borrow_mut(|failures| *failures += 1);
    }
    let load = LOADING.take();
    for waiter in load.into_iter().flat_map(|load| load.waiters) {
        // Whoever waited may have gone.
        let _ = waiter.send(result.clone());
    }
}

async fn inject(options: &LoadOptions) -> Result<Sdk, LoadError> {
    let url: Box<str> = options.url.as_str().into();
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(LoadError::NoDocument)?;
    let head = document.head().ok_or(LoadError::NoDocument)?;
    let script: web_sys::HtmlScriptElement = document
        .create_element("script")
        .ok()
        .and_then(|element| element.dyn_into().ok())
        .ok_or(LoadError::NoDocument)?;
    if options.kind == ScriptKind::Module {
        script.set_type("module");
    }
    script.set_src(&address(options));

    let (sender, loaded) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let listen = |event: &'static str, fetched: bool| {
        let sender = Rc::clone(&sender);
        EventListener::once_with_options(
            &script,
            event,
            EventListenerOptions::enable_prevent_default(),
            move |_| {
                if let Some(sender) = sender.take() {
                    let _ = sender.send(fetched);
                }
            },
        )
    };
    let _listeners = (listen("load", true), listen("error", false));
    if head.append_child(&script).is_err() {
        return Err(LoadError::Fetch { url });
    }
    let result = match select(loaded, TimeoutFuture::new(options.timeout_ms)).await {
        Either::Left((Ok(true), _)) => Sdk::from_global().ok_or(LoadError::NotTheSdk { url }),
        Either::Left(_) => Err(LoadError::Fetch { url }),
        Either::Right(_) => Err(LoadError::Timeout { url }),
    };
    if result.is_err() {
        script.remove();
    }
    result
}

/// Browsers remember a module that failed by its address, fragment included, and would not fetch it again.
fn address(options: &LoadOptions) -> String {
    let failures = FAILURES.with_borrow(|failures| *failures);
    if failures == 0 || options.kind == ScriptKind::Classic {
        options.url.clone()
    } else {
        format!("{}#{failures}", options.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_script_is_a_classic_one() {
        let kind = |url: &str| LoadOptions::new(url).kind;
        assert_eq!(kind("/openvidu-browser-2.32.2.min.js"), ScriptKind::Classic);
        assert_eq!(kind("https://host/openvidu.min.js?v=1"), ScriptKind::Classic);
        assert_eq!(kind("/openvidu-browser-1a2b.js"), ScriptKind::Module);
        assert_eq!(kind("/x.js?a.min.js"), ScriptKind::Module);
    }
}
