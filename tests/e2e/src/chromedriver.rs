//! The driver that all browsers of a test binary share.

use std::process::Command;
use std::sync::{Arc, Weak};

use anyhow::{Context, Result};
use tokio::sync::Mutex;

use crate::Environment;
use crate::process::{Process, ProcessLog};

/// A running chromedriver; ended when the last user drops it.
#[derive(Debug)]
pub struct Chromedriver {
    _process: Process,
    url: String,
}

impl Chromedriver {
    /// The one of this process: the running one, else a new one.
    ///
    /// # Errors
    ///
    /// When it doesn't start.
    pub async fn shared(environment: &Environment) -> Result<Arc<Self>> {
        static SHARED: Mutex<Weak<Chromedriver>> = Mutex::const_new(Weak::new());
        let mut shared = SHARED.lock().await;
        if let Some(running) = shared.upgrade() {
            return Ok(running);
        }
        let started = Arc::new(Self::start(environment).await?);
        *shared = Arc::downgrade(&started);
        Ok(started)
    }

    async fn start(environment: &Environment) -> Result<Self> {
        let mut command = Command::new(&environment.chromedriver);
        command.args(["--port=0", "--log-level=SEVERE"]);
        let (process, port) = Process::start(command, &ProcessLog::default(), |line| {
            line.split_once("started successfully on port ")?
                .1
                .trim_end_matches('.')
                .parse::<u16>()
                .ok()
        })
        .await
        .context("chromedriver")?;
        Ok(Self {
            _process: process,
            url: format!("http://127.0.0.1:{port}"),
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}
