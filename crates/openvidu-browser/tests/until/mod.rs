//! Waiting in tests: for a condition, with a deadline.

use gloo_timers::future::TimeoutFuture;

/// Looks every 10 ms, and panics after some 8 s with what was waited for.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..800 {
        if holds() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("in vain: {what}");
}
