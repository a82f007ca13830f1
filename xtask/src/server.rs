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
    /// Another application server for the page to use, such as http://localhost:5001. Then OPENVIDU_URL says, also
    /// without the secret, where its tokens lead
    #[arg(long, env = "APPLICATION_SERVER_URL")]
    pub(crate) application_server_url: Option<String>,
}

impl Options {
    /// Fails if the server could not start so: it would say so only after the build.
    pub(crate) fn check(&self) -> Result<()> {
        let url = self.application_server_url.as_deref().unwrap_or_default();
        check(url, |name| {
            std::env::var_os(name).is_some_and(|value| !value.is_empty())
        })
    }

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
        match &self.application_server_url {
            Some(url) => command.args(["--application-server-url", url]),
            // Or it would find the variable by itself.
            None => command.env_remove("APPLICATION_SERVER_URL"),
        };
        command
    }
}

/// The server checks what else can be wrong with a URL.
fn check(application_server_url: &str, is_set: impl Fn(&str) -> bool) -> Result<()> {
    let scheme = application_server_url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_http = matches!(scheme.as_deref(), Some("http" | "https"));
    if !application_server_url.is_empty() && !is_http {
        bail!("APPLICATION_SERVER_URL is `{application_server_url}`, which is not an http or https URL.");
    }
    if application_server_url.is_empty() && is_set("OPENVIDU_URL") && !is_set("OPENVIDU_SECRET") {
        bail!("OPENVIDU_URL is set but OPENVIDU_SECRET is not: set it to the secret of that deployment.");
    }
    Ok(())
}

/// Compiles the server, optimised: unoptimised cryptography can't keep up with media.
pub(crate) fn build() -> Result<PathBuf> {
    let binary = paths::target()
        .join("release")
        .join(format!("application-server{}", std::env::consts::EXE_SUFFIX));
    let patience = if binary.exists() {
        ""
    } else {
        ", which takes about 4 minutes the first time"
    };
    report::timed(&format!("application server: compiling{patience}"), || {
        process::run(setup::cargo().args([
            "build",
            "--release",
            "--locked",
            "--package",
            "application-server",
        ]))
    })?;
    Ok(binary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_work_is_found_before_the_build() {
        for (url, set, works) in [
            ("", &[][..], true),
            ("", &["OPENVIDU_URL", "OPENVIDU_SECRET"], true),
            ("", &["OPENVIDU_URL"], false),
            // The secret of that deployment is another server's.
            ("http://localhost:5001", &["OPENVIDU_URL"], true),
            ("HTTPS://example.org", &[], true),
            ("localhost:5001", &[], false),
            ("ftp://localhost", &[], false),
        ] {
            let result = check(url, |name| set.contains(&name));
            assert_eq!(result.is_ok(), works, "`{url}` with {set:?}: {result:?}");
        }
    }
}
