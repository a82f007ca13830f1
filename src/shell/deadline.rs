//! Waiting no longer than a given time.

use std::future::Future;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;

/// The time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Elapsed;

/// The future's answer, unless it takes longer than `milliseconds`; then the future is dropped.
pub(super) async fn within<F: Future>(milliseconds: u32, future: F) -> Result<F::Output, Elapsed> {
    let timeout = TimeoutFuture::new(milliseconds);
    match select(std::pin::pin!(future), timeout).await {
        Either::Left((answer, _)) => Ok(answer),
        Either::Right(_) => Err(Elapsed),
    }
}
