//! Joining and leaving with the real SDK and a signalling server inside the page.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod cancelling;
mod joining;
mod leaving;
#[path = "../page/mod.rs"]
mod page;
mod reconnecting;
mod subscribing;
#[path = "../until/mod.rs"]
mod until;
mod warming_up;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Looks again 15 times: longer than the SDK waits between two attempts to reconnect once time passes quickly.
async fn a_while_later() {
    let mut looks = 0;
    until::until("some time", || {
        looks += 1;
        looks > 15
    })
    .await;
}
