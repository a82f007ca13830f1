//! Mounts the application client in the place of the form that the page shows until then.

use openvidu_yew::app::{App, AppProps};
use openvidu_yew::shell::EarlyForm;
use wasm_bindgen_futures::spawn_local;

fn main() {
    spawn_local(async {
        let early_form = EarlyForm::take_over().await;
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id("root"));
        let props = AppProps {
            proposal: early_form.proposal(),
        };
        match root {
            Some(root) => yew::Renderer::<App>::with_root_and_props(root, props).render(),
            None => yew::Renderer::<App>::with_props(props).render(),
        };
        early_form.resume().await;
    });
}
