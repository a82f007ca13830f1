//! The server under test: application server and embedded deployment in one process.

use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

use crate::process::{Process, ProcessLog};
use crate::{Environment, Proxy, RestClient};

/// The secret of the embedded deployment in these tests. Another one than the default, so that a client that
/// doesn't pass it on is found out.
const SECRET: &str = "end-to-end-secret";

/// The server under test, on a port of its own. Killed when dropped.
#[derive(Debug)]
pub struct ApplicationServer {
    environment: Environment,
    process: Mutex<Option<Process>>,
    port: u16,
    log: ProcessLog,
}

impl ApplicationServer {
    /// Starts it on a free port and waits until it is ready.
    pub(crate) async fn start(environment: &Environment, log: ProcessLog) -> Result<Self> {
        Self::spawn(environment, |_| {}, log).await
    }

    /// Starts it on a free port as the server of a page that gets its tokens from another application server. They lead to
    /// `deployment`, if it is told where.
    pub(crate) async fn start_for_another(
        environment: &Environment,
        application_server: &str,
        deployment: Option<&str>,
        log: ProcessLog,
    ) -> Result<Self> {
        let tell = |command: &mut Command| {
            command.args(["--application-server-url", application_server]);
            command.env_remove("OPENVIDU_SECRET");
            if let Some(url) = deployment {
                command.env("OPENVIDU_URL", url);
            }
        };
        Self::spawn(environment, tell, log).await
    }

    /// Starts it on a free port, behind a piece of network if there is one: then tokens lead through that.
    ///
    /// # Errors
    ///
    /// When it doesn't get ready.
    pub async fn launch(environment: &Environment, network: Option<&Proxy>) -> Result<Self> {
        let tell = |command: &mut Command| {
            if let Some(network) = network {
                command.args(["--public-url", &network.url()]);
            }
        };
        let server = Self::spawn(environment, tell, ProcessLog::default()).await?;
        if let Some(network) = network {
            network.lead_to(server.port);
        }
        Ok(server)
    }

    async fn spawn(
        environment: &Environment,
        tell: impl FnOnce(&mut Command),
        log: ProcessLog,
    ) -> Result<Self> {
        let (process, port) = spawn(environment, 0, tell, &log).await?;
        Ok(Self {
            environment: environment.clone(),
            process: Mutex::new(Some(process)),
            port,
            log,
        })
    }

    /// Host and port.
    #[must_use]
    pub fn authority(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// Port on which it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Where the app is served, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.authority())
    }

    /// The REST API of the embedded deployment.
    #[must_use]
    pub fn rest(&self) -> RestClient {
        RestClient::new(&self.url(), SECRET)
    }

    /// Ends it as a crash would: nobody is told, every connection breaks.
    ///
    /// # Errors
    ///
    /// When it doesn't run, or the operating system refuses.
    pub fn kill(&self) -> Result<()> {
        self.log.push("--- killed by the test ---".to_owned());
        let process = self.process().take();
        process.context("the server doesn't run")?.kill()
    }

    /// Starts it again on the same port after it was killed. It remembers nothing.
    ///
    /// # Errors
    ///
    /// When it doesn't get ready.
    pub async fn restart(&self) -> Result<()> {
        let (process, _) = spawn(&self.environment, self.port, |_| {}, &self.log).await?;
        *self.process() = Some(process);
        Ok(())
    }

    fn process(&self) -> MutexGuard<'_, Option<Process>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn spawn(
    environment: &Environment,
    port: u16,
    tell: impl FnOnce(&mut Command),
    log: &ProcessLog,
) -> Result<(Process, u16)> {
    let mut command = Command::new(&environment.server);
    command
        .args(["--port", &port.to_string(), "--app-dir"])
        .arg(&environment.dist)
        .env("OPENVIDU_SECRET", SECRET)
        .env("RUST_LOG", "info")
        .env_remove("OPENVIDU_URL")
        .env_remove("APPLICATION_SERVER_URL");
    tell(&mut command);
    Process::start(command, log, |line| {
        let url = line.split_once("ready: ")?.1.trim();
        url.trim_end_matches('/').rsplit_once(':')?.1.parse().ok()
    })
    .await
}
