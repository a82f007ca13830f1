//! Loading the SDK: once, in the background, and again if that failed.

use openvidu_browser::Sdk;
use room::JoinError;
use wasm_bindgen_futures::spawn_local;

/// Starts to load the SDK without waiting for it. Whoever needs it finds it there, or waits for the same load.
pub(super) fn preload(url: String) {
    spawn_local(async move {
        // A failure is nobody's business yet: whoever joins tries again and is told then.
        let _preloaded = Sdk::load(&url).await;
    });
}

/// The SDK.
///
/// # Errors
///
/// [`JoinError::SdkNotLoaded`] when it can't be loaded.
pub(super) async fn load(url: &str) -> Result<Sdk, JoinError> {
    Sdk::load(url).await.map_err(|_| JoinError::SdkNotLoaded)
}
