//! The whole app, mounted and unmounted: it leaves nothing behind.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail so"
)]

use openvidu_yew::app::{App, AppProps};
use openvidu_yew::components::Proposal;
use openvidu_yew::styles::StageTheme;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, InputEvent, InputEventInit};
use yew::prelude::*;
use yew::scheduler;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/listeners.js")]
extern "C" {
    #[wasm_bindgen(js_name = liveListeners)]
    fn live_listeners() -> u32;
}

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn count(selector: &str) -> u32 {
    document().query_selector_all(selector).unwrap().length()
}

fn find(selector: &str) -> Element {
    document()
        .query_selector(selector)
        .unwrap()
        .unwrap_or_else(|| panic!("no {selector}"))
}

/// What stood in the form before the app was there.
fn early() -> AppProps {
    let proposal = Proposal {
        session: "SessionA".into(),
        nickname: "Participant7".into(),
    };
    AppProps { proposal }
}

async fn mount<C: BaseComponent>(props: C::Properties) -> (Element, yew::AppHandle<C>) {
    let root = document().create_element("div").unwrap();
    root.set_id("root");
    document().body().unwrap().append_child(&root).unwrap();
    let handle = yew::Renderer::<C>::with_root_and_props(root.clone(), props).render();
    scheduler::flush().await;
    (root, handle)
}

async fn unmount<C: BaseComponent>((root, handle): (Element, yew::AppHandle<C>)) {
    handle.destroy();
    scheduler::flush().await;
    root.remove();
}

async fn type_into(selector: &str, text: &str) {
    let input: HtmlInputElement = find(selector).dyn_into().unwrap();
    input.set_value(text);
    let init = InputEventInit::new();
    init.set_bubbles(true);
    input
        .dispatch_event(&InputEvent::new_with_event_init_dict("input", &init).unwrap())
        .unwrap();
    scheduler::flush().await;
}

async fn press_join() {
    find("input[name=commit]")
        .dyn_into::<HtmlElement>()
        .unwrap()
        .click();
    scheduler::flush().await;
}

#[wasm_bindgen_test]
async fn no_style_and_no_listener_stays_after_unmounting() {
    // The first mount may leave what the page needs only once, such as yew's own listeners on the body.
    unmount(mount::<App>(early()).await).await;
    let (styles, listeners) = (count("style"), live_listeners());
    for _ in 0..3 {
        let app = mount::<App>(early()).await;
        assert_eq!(count("#join"), 1);
        unmount(app).await;
        assert_eq!(count("style"), styles, "a style element stays");
        assert_eq!(live_listeners(), listeners, "a listener stays");
    }
}

#[wasm_bindgen_test]
fn the_theme_of_a_session_ends_with_it() {
    let stage =
        || js_sys::eval("getComputedStyle(document.documentElement).getPropertyValue('--stage')").unwrap();
    let (before, styles) = (stage(), count("style"));
    for _ in 0..3 {
        let theme = StageTheme::mount();
        assert_eq!(count("style"), styles + 1);
        assert_eq!(stage(), "#0e1116");
        drop(theme);
        assert_eq!(count("style"), styles, "a style element stays");
        assert_eq!(stage(), before);
    }
}

#[wasm_bindgen_test]
async fn the_form_is_that_of_the_tutorial() {
    let app = mount::<App>(early()).await;
    assert_eq!(count("#root > .container"), 1);
    assert_eq!(count("#join #img-div"), 1);
    assert_eq!(count("#join-dialog.jumbotron.vertical-center form.form-group"), 1);
    assert_eq!(count("input#userName.form-control[type=text][required]"), 1);
    assert_eq!(count("input#sessionId.form-control[type=text][required]"), 1);
    assert_eq!(
        count("input[name=commit][type=submit][value=JOIN].btn.btn-lg.btn-success"),
        1
    );
    assert_eq!(count("#session"), 0);
    let value = |selector: &str| find(selector).dyn_into::<HtmlInputElement>().unwrap().value();
    assert_eq!(value("#sessionId"), "SessionA");
    assert_eq!(value("#userName"), "Participant7", "what stood there before");
    for label in ["userName", "sessionId"] {
        assert_eq!(count(&format!("label[for={label}]")), 1);
    }
    unmount(app).await;
}

#[wasm_bindgen_test]
async fn a_session_name_that_the_deployment_would_refuse_is_told_before_anything_is_sent() {
    let app = mount::<App>(early()).await;
    type_into("#sessionId", "my room").await;
    assert_eq!(count("#sessionId[aria-invalid=true]"), 0, "not before JOIN");
    press_join().await;
    assert_eq!(count("#sessionId[aria-invalid=true]"), 1);
    assert_eq!(count("#sessionId-error[role=alert]"), 1);
    assert_eq!(
        find(".container").get_attribute("data-phase").as_deref(),
        Some("lobby")
    );
    type_into("#sessionId", "my-room").await;
    assert_eq!(
        count("#sessionId[aria-invalid=true]"),
        0,
        "gone as soon as it is right"
    );
    type_into("#userName", "  ").await;
    assert_eq!(count("#userName[aria-invalid=true]"), 1);
    unmount(app).await;
}
