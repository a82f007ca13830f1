//! Local media with the real SDK, and publishing it to a signalling server inside the page.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod announcing;
mod attaching;
mod camera;
#[path = "../page/mod.rs"]
mod page;
mod publication;
mod sources;
mod switching;
#[path = "../until/mod.rs"]
mod until;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
