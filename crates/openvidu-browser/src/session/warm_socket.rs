//! A websocket that is opened before the SDK asks for it.

use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, WebSocket};

/// A websocket that is being opened for somebody who will ask for it. Closed if nobody does.
#[derive(Debug)]
pub(super) struct WarmSocket(Option<WebSocket>);

impl WarmSocket {
    /// Starts to open it. Where that isn't possible, whoever asks opens one of their own and is told what is in the way.
    pub(super) fn open(url: &str) -> Self {
        Self(WebSocket::new(url).ok())
    }

    /// The websocket, if it leads to `url` and hasn't failed. It announces that it is open to whoever listens when this returns
    /// to the event loop, even if it was so before.
    pub(super) fn take(mut self, url: &str) -> Option<WebSocket> {
        let fits = |socket: &WebSocket| {
            socket.url() == url && matches!(socket.ready_state(), WebSocket::CONNECTING | WebSocket::OPEN)
        };
        if !self.0.as_ref().is_some_and(fits) {
            return None;
        }
        let socket = self.0.take()?;
        if socket.ready_state() == WebSocket::OPEN {
            let opened = socket.clone();
            spawn_local(async move {
                if let Ok(event) = Event::new("open")
                    && opened.ready_state() == WebSocket::OPEN
                {
                    // Nobody can cancel it.
                    let _not_cancelled = opened.dispatch_event(&event);
                }
            });
        }
        Some(socket)
    }
}

impl Drop for WarmSocket {
    fn drop(&mut self) {
        if let Some(socket) = self.0.take() {
            // Fails only for codes and reasons that aren't given here.
            let _closed = socket.close();
        }
    }
}
