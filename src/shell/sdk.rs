//! The SDK: loaded once, in the background, and again if that failed.

use std::cell::RefCell;
use std::rc::Rc;

use openvidu_browser::{Error, OpenVidu, Sdk};
use room::JoinError;
use wasm_bindgen_futures::spawn_local;

/// Where the SDK comes from, and one `OpenVidu` made in advance.
#[derive(Debug)]
pub(super) struct SdkLoader {
    url: String,
    ready: RefCell<Option<OpenVidu>>,
}

impl SdkLoader {
    /// Nothing is loaded yet.
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            ready: RefCell::default(),
        }
    }

    /// Starts to load without waiting for it, and makes the first `OpenVidu`: a good part of the time from JOIN to the
    /// websocket would be the SDK running for the first time.
    pub(super) fn preload(self: &Rc<Self>) {
        let loader = Rc::clone(self);
        spawn_local(async move {
            // A failure is nobody's business yet: whoever joins tries again and is told then.
            if let Ok(openvidu) = loader.make().await {
                loader.ready.replace(Some(openvidu));
            }
        });
    }

    /// An `OpenVidu` of one's own: the one made in advance, or a new one.
    ///
    /// # Errors
    ///
    /// [`JoinError::SdkNotLoaded`] when the SDK can't be loaded.
    pub(super) async fn openvidu(&self) -> Result<OpenVidu, JoinError> {
        let ready = self.ready.take();
        match ready {
            Some(openvidu) => Ok(openvidu),
            None => self.make().await,
        }
    }

    async fn make(&self) -> Result<OpenVidu, JoinError> {
        let sdk = Sdk::load(&self.url).await.map_err(|_| JoinError::SdkNotLoaded)?;
        let broken = |error: Error| JoinError::Other(error.to_string().into());
        let openvidu = OpenVidu::new(&sdk).map_err(broken)?;
        openvidu.enable_prod_mode().map_err(broken)?;
        Ok(openvidu)
    }
}
