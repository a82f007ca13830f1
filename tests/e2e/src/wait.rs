//! Waiting for a condition, with a deadline.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio::time::{Instant, sleep, timeout_at};

/// Enough for anything that needs no time-out to pass first, on a busy machine with two cores.
pub const SHORT: Duration = Duration::from_secs(10);

/// Enough for what has to wait for somebody's time-out: the application's, the SDK's (10 s) or the server's.
pub const LONG: Duration = Duration::from_secs(40);

/// How often a condition is looked at.
const PERIOD: Duration = Duration::from_millis(40);

/// Asks `probe` again and again until it succeeds.
///
/// # Errors
///
/// When the deadline has passed, the last error of `probe`: it says what is still missing.
pub async fn until<T>(
    what: &str,
    deadline: Duration,
    mut probe: impl AsyncFnMut() -> Result<T>,
) -> Result<T> {
    let end = Instant::now() + deadline;
    let mut last = anyhow::anyhow!("there was no answer at all");
    loop {
        match timeout_at(end, probe()).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => last = error,
            Err(_) => return Err(last).with_context(|| format!("not within {deadline:?}: {what}")),
        }
        if Instant::now() + PERIOD >= end {
            return Err(last).with_context(|| format!("not within {deadline:?}: {what}"));
        }
        sleep(PERIOD).await;
    }
}

/// Asks `probe` again and again, and fails as soon as it does. For what must *not* happen: the time must be longer than the
/// period of whatever might do it.
///
/// # Errors
///
/// The first error of `probe`.
pub async fn throughout(
    what: &str,
    time: Duration,
    mut probe: impl AsyncFnMut() -> Result<()>,
) -> Result<()> {
    let end = Instant::now() + time;
    while Instant::now() < end {
        probe()
            .await
            .with_context(|| format!("not all the time: {what}"))?;
        sleep(PERIOD).await;
    }
    Ok(())
}
