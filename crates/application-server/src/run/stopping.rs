//! How the server is asked to end.

use anyhow::{Context as _, Result};

/// Waits for Ctrl-C or SIGTERM.
#[cfg(unix)]
pub(super) async fn requested() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).context("can't listen for Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("can't listen for SIGTERM")?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
pub(super) async fn requested() -> Result<()> {
    tokio::signal::ctrl_c().await.context("can't listen for Ctrl-C")
}
