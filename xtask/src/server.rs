//! The application server as a child of these commands.

use std::{path::PathBuf, process::Command};

use anyhow::{Result, bail};
use clap::Args;

use crate::{paths, process, report, setup};

/// Where and how to serve.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Host name or address to listen on
    #[arg(long, default_value = "localhost")]
    pub(crate) host: String,
    /// Port to listen on; 0 for any free one
    #[arg(long, env = "SERVER_PORT", default_value_t = 5000)]
    pub(crate) port: u16,
    /// Open the page in a browser once it is ready
    #[arg(long)]
    pub(crate) open: bool,
    /// Accept a certificate of OPENVIDU_URL that can't be verified, such as a self-signed one
    #[arg(long)]
    pub(crate) accept_invalid_certificates: bool,
}

impl Options {
    /// The server's command line.
    pub(crate) fn command(&self, server: PathBuf) -> Command {
        let mut command = Command::new(server);
        command
            .current_dir(paths::root())
            .args(["--host", &self.host, "--port", &self.port.to_string()]);
        if self.open {
            command.arg("--open");
        }
        if self.accept_invalid_certificates {
            command.arg("--accept-invalid-certificates");
        }
        command
    }
}

/// Fails if a deployment is named without its secret: the server would say so only after the build.
pub(crate) fn check_environment() -> Result<()> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_set("OPENVIDU_URL") && !is_set("OPENVIDU_SECRET") {
        bail!("OPENVIDU_URL is set but OPENVIDU_SECRET is not: set it to the secret of that deployment.");
    }
    Ok(())
}

/// Compiles the server, optimised: unoptimised cryptography can't keep up with media.
pub(crate) fn build() -> Result<PathBuf> {
    report::timed("application server: compiling", || {
        process::run(setup::cargo().args([
            "build",
            "--release",
            "--locked",
            "--package",
            "application-server",
        ]))
    })?;
    Ok(paths::target()
        .join("release")
        .join(format!("application-server{}", std::env::consts::EXE_SUFFIX)))
}
