//! The form that the page shows before the app is there, and taking it over. Its other half is `static/early_form.js`.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::components::Proposal;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = earlyForm, js_name = handOver, catch)]
    fn hand_over() -> Result<Promise, JsValue>;

    /// What the script hands over.
    #[derive(Debug)]
    type HandedOver;

    #[wasm_bindgen(method, getter)]
    fn nickname(this: &HandedOver) -> String;

    #[wasm_bindgen(method, getter)]
    fn session(this: &HandedOver) -> String;

    #[wasm_bindgen(method)]
    fn resume(this: &HandedOver);
}

/// The form that the page showed before the app was there. What was typed, where the caret stands and whether JOIN was pressed
/// goes over to the app.
#[derive(Debug)]
pub struct EarlyForm(Option<HandedOver>);

impl EarlyForm {
    /// Waits until nobody is in the middle of a key, a click or a composed character, and takes the form over. From then on the app
    /// has to render without waiting for anything.
    pub async fn take_over() -> Self {
        // Without that script, the app begins with an empty form of its own.
        let handed_over = match hand_over() {
            Ok(promise) => JsFuture::from(promise).await.ok(),
            Err(_) => None,
        };
        Self(handed_over.map(JsValue::unchecked_into))
    }

    /// What stood there.
    #[must_use]
    pub fn proposal(&self) -> Proposal {
        self.0.as_ref().map_or_else(Proposal::default, |form| Proposal {
            session: form.session().into(),
            nickname: form.nickname().into(),
        })
    }

    /// Goes on in the app's own form, which must have been asked to render: the caret is put where it was, and JOIN pressed if it was.
    pub async fn resume(self) {
        // Rendering comes in the next turn of the browser's microtasks, before any further event.
        let rendered = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
        if let (Ok(_), Some(form)) = (rendered, self.0) {
            form.resume();
        }
    }
}
