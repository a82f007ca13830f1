//! The bindings against a fake SDK: events, subscriptions, errors.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod fake_sdk;
mod openvidu;
mod requests;
mod session_events;
mod subscriptions;
#[path = "../until/mod.rs"]
mod until;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
