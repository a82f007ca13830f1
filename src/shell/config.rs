//! What the page says about where things are. Read at run time, so that a built app can be pointed elsewhere by editing a line of
//! its HTML.

use wasm_bindgen::JsCast;
use web_sys::HtmlMetaElement;

/// Where things are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The base URL of the application server, without a slash at its end. Empty: the page's own origin.
    pub application_server: String,
    /// The URL of the openvidu-browser SDK, bundled as one module.
    pub sdk: String,
    /// Where the application server's tokens lead, such as `wss://example.org:4443`; empty where that is not known before.
    pub deployment: String,
}

impl Config {
    /// What the page's `<meta>` elements `application-server-url`, `openvidu-browser-url` and `openvidu-url` say.
    #[must_use]
    pub fn of_page() -> Self {
        Self {
            application_server: meta("application-server-url").trim_end_matches('/').to_owned(),
            sdk: meta("openvidu-browser-url"),
            deployment: meta("openvidu-url"),
        }
    }
}

/// The content of the page's `<meta name="…">`, or nothing.
fn meta(name: &str) -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let element = document.and_then(|document| {
        document
            .query_selector(&format!("meta[name='{name}']"))
            .ok()
            .flatten()
    });
    element
        .and_then(|element| element.dyn_into::<HtmlMetaElement>().ok())
        .map(|meta| meta.content())
        .unwrap_or_default()
}
