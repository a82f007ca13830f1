//! The form that index.html shows before the app is there is the one that the app renders.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail so"
)]

use openvidu_yew::app::{App, AppProps};
use openvidu_yew::components::{BarTone, JoinForm, MessageBar, Proposal, message_bar};
use room::Message;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};
use yew::prelude::*;
use yew::scheduler;

wasm_bindgen_test_configure!(run_in_browser);

const INDEX: &str = include_str!("../index.html");

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A piece of index.html, as the browser understands it.
fn in_page(selector: &str) -> Element {
    // Templates, because nothing in them is loaded or run.
    let page = document().create_element("template").unwrap();
    page.set_inner_html(INDEX);
    element(&page.inner_html())
        .query_selector(selector)
        .unwrap()
        .unwrap_or_else(|| panic!("index.html has no {selector}"))
}

/// The pieces of what index.html holds ready for `static/early_form.js`.
fn held_ready() -> [Element; 2] {
    let pieces = element(&in_page("#early-form").inner_html());
    let first = pieces.first_element_child().expect("the buttons while joining");
    let second = first
        .next_element_sibling()
        .expect("what is said when the app can't be loaded");
    [first, second]
}

fn element(html: &str) -> Element {
    let element = document().create_element("div").unwrap();
    element.set_inner_html(html);
    element
}

/// An element as index.html writes it: one element a line, white space between them aside.
fn markup(element: &Element, depth: usize) -> String {
    let indentation = "  ".repeat(depth);
    let html = element.outer_html();
    let Some(mut child) = element.first_element_child() else {
        return format!("{indentation}{}\n", html.trim());
    };
    let (opening, _) = html.split_once('>').unwrap();
    let (_, closing) = html.rsplit_once('<').unwrap();
    let mut text = format!("{indentation}{opening}>\n");
    loop {
        text += &markup(&child, depth + 1);
        let Some(next) = child.next_element_sibling() else {
            break;
        };
        child = next;
    }
    text + &format!("{indentation}<{closing}\n")
}

#[track_caller]
fn assert_same(shown: &Element, rendered: &Element) {
    let (shown, rendered) = (markup(shown, 3), markup(rendered, 3));
    assert!(
        shown == rendered,
        "into index.html belongs:\n{rendered}\ninstead of:\n{shown}"
    );
}

async fn rendered<C: BaseComponent>(props: C::Properties) -> Element {
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    let app = yew::Renderer::<C>::with_root_and_props(root.clone(), props).render();
    scheduler::flush().await;
    let copy = root.clone_node_with_deep(true).unwrap().dyn_into().unwrap();
    app.destroy();
    scheduler::flush().await;
    root.remove();
    copy
}

#[wasm_bindgen_test]
async fn the_page_shows_what_the_app_renders_first() {
    let app = rendered::<App>(AppProps::default()).await;
    let container = app.first_element_child().unwrap();
    // The one thing that tells them apart.
    container.set_attribute("data-phase", "early").unwrap();
    assert_same(&in_page("#root > *"), &container);
}

#[wasm_bindgen_test]
async fn joining_looks_as_in_the_app() {
    #[component]
    fn Joining() -> Html {
        html! { <JoinForm proposal={Proposal::default()} joining=true onjoin={Callback::noop()} oncancel={Callback::noop()} /> }
    }
    let form = rendered::<Joining>(()).await;
    let buttons = form.query_selector("form > .text-center").unwrap().unwrap();
    assert_same(&held_ready()[0], &buttons);
}

#[wasm_bindgen_test]
async fn a_failure_looks_as_in_the_app() {
    #[component]
    fn Failure() -> Html {
        let bar = MessageBar::new(
            "notice",
            BarTone::Error,
            vec![Message::SdkNotLoaded],
            Message::Close,
            Callback::noop(),
        );
        message_bar(MessageBar {
            code: Some("app-not-loaded"),
            ..bar
        })
    }
    let [_, shown] = held_ready();
    let bar = rendered::<Failure>(()).await;
    let bar = bar.first_element_child().unwrap();
    // Only the page itself can say this, so that the words are nowhere else.
    for words in ["p", "button"] {
        let of = |element: &Element| element.query_selector(words).unwrap().unwrap();
        of(&bar).set_text_content(of(&shown).text_content().as_deref());
    }
    assert_same(&shown, &bar);
}
