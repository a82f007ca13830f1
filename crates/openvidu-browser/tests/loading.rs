//! Loading the SDK.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod until;

use futures_util::future::{join, ready, select};
use openvidu_browser::{LoadError, LoadOptions, OpenVidu, ScriptKind, Sdk};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use self::until::until;

wasm_bindgen_test_configure!(run_in_browser);

const SDK: &str = "/sdk/openvidu-browser.js";
const NO_SDK: &str = "crates/openvidu-browser/sdk/openvidu-browser.js is needed: `cargo xtask sdk` makes it";
const NOT_THE_SDK: &str = "data:text/javascript,globalThis.OpenViduBrowser = { OpenVidu: 1 }";

#[wasm_bindgen(inline_js = "
    export function forget() { delete globalThis.OpenVidu; delete globalThis.OpenViduBrowser; }
    export function scripts(url) { return [...document.scripts].filter((script) => script.src.includes(url)).length; }
    export function allow(value) { globalThis.allowed = value; }
")]
extern "C" {
    fn forget();
    fn scripts(url: &str) -> u32;
    fn allow(value: bool);
}

#[wasm_bindgen_test]
async fn all_calls_share_one_script() {
    forget();
    let url = format!("{SDK}?shared");
    // Started and dropped: that does not stop it.
    select(Box::pin(Sdk::load(&url)), ready(())).await;
    let (first, second) = join(Sdk::load(&url), Sdk::load(&url)).await;
    let sdk = first.expect(NO_SDK);
    assert_eq!(second.as_ref(), Ok(&sdk));
    assert_eq!(Sdk::load(&url).await.as_ref(), Ok(&sdk));
    assert_eq!(
        Sdk::load("/something/else.js").await.as_ref(),
        Ok(&sdk),
        "one is enough"
    );
    assert_eq!((scripts("?shared"), scripts("/something/else")), (1, 0));
    let openvidu = OpenVidu::new(&sdk).expect("the SDK constructs");
    assert!(openvidu.init_session().is_ok());
}

#[wasm_bindgen_test]
async fn a_missing_script_is_told_and_leaves_nothing() {
    forget();
    let url = "/no/such/file.js";
    for _ in 0..2 {
        assert_eq!(Sdk::load(url).await, Err(LoadError::Fetch { url: url.into() }));
        assert_eq!(scripts(url), 0);
    }
}

#[wasm_bindgen_test]
async fn another_script_is_told() {
    forget();
    assert_eq!(
        Sdk::load(NOT_THE_SDK).await,
        Err(LoadError::NotTheSdk {
            url: NOT_THE_SDK.into()
        })
    );
}

#[wasm_bindgen_test]
async fn a_failed_module_can_be_retried_at_the_same_address() {
    forget();
    allow(false);
    let url =
        "data:text/javascript,if (globalThis.allowed) globalThis.OpenViduBrowser = { OpenVidu: class {} }";
    assert!(Sdk::load(url).await.is_err());
    allow(true);
    assert!(
        Sdk::load(url).await.is_ok(),
        "a browser does not run the same module twice"
    );
}

#[wasm_bindgen_test]
async fn waiting_for_another_address_is_no_verdict() {
    forget();
    let (bad, good) = join(
        Sdk::load("/no/such/other/file.js"),
        Sdk::load(&format!("{SDK}?other")),
    )
    .await;
    assert!(bad.is_err());
    good.expect(NO_SDK);
}

#[wasm_bindgen_test]
async fn classic_scripts_work_too() {
    forget();
    let url = "data:text/javascript,this.OpenVidu = class {}".to_owned();
    let options = LoadOptions {
        kind: ScriptKind::Classic,
        ..LoadOptions::new(&url)
    };
    assert!(
        Sdk::load_with(&options).await.is_ok(),
        "`this` is the global object in a classic script only"
    );
}

#[wasm_bindgen_test]
async fn a_slow_script_is_given_up_and_taken_when_it_arrives() {
    forget();
    let url = format!("{SDK}?slow");
    let options = LoadOptions {
        timeout_ms: 0,
        ..LoadOptions::new(&url)
    };
    assert_eq!(
        Sdk::load_with(&options).await,
        Err(LoadError::Timeout {
            url: url.as_str().into()
        })
    );
    assert_eq!(scripts("?slow"), 0);
    until("it arrives", || Sdk::from_global().is_some()).await;
    assert!(Sdk::load(&url).await.is_ok());
}
