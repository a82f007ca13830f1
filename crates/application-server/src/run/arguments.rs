//! The program's arguments.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use clap::Parser;

use crate::ApplicationServerUrl;

/// Serves the application client and hands out tokens.
///
/// The deployment's secret comes from the environment variable OPENVIDU_SECRET only: arguments are visible to every
/// user of the machine. Without OPENVIDU_URL, an embedded deployment is started; its secret is OPENVIDU_SECRET, or a
/// random one.
#[derive(Debug, Clone, Parser)]
#[command(version)]
pub struct Arguments {
    /// Host name or address to listen on
    #[arg(long, default_value = "localhost")]
    pub host: String,
    /// Port to listen on; 0 for any free one
    #[arg(long, env = "SERVER_PORT", default_value_t = 5000)]
    pub port: u16,
    /// Directory of the built application client
    #[arg(long, default_value = "dist")]
    pub app_dir: PathBuf,
    /// Serve no application client
    #[arg(long)]
    pub api_only: bool,
    /// Where browsers reach this server, if not at host and port; stands in the tokens of the embedded deployment
    #[arg(long)]
    pub public_url: Option<String>,
    /// The deployment to use instead of the embedded one, such as http://localhost:4443
    #[arg(long, env = "OPENVIDU_URL")]
    pub openvidu_url: Option<String>,
    /// Accept a certificate of that deployment that can't be verified, such as a self-signed one
    #[arg(long)]
    pub accept_invalid_certificates: bool,
    /// Another application server for the page to use, such as http://localhost:5001. Then this server hands out no
    /// tokens, and OPENVIDU_URL says, also without the secret, where the tokens of that one lead
    #[arg(long, env = "APPLICATION_SERVER_URL")]
    pub application_server_url: Option<String>,
    /// UDP port for the embedded deployment's media; 0 for any free one
    #[arg(long, default_value_t = 0)]
    pub media_port: u16,
    /// Address that browsers send the embedded deployment's media to, instead of this machine's own; repeatable
    #[arg(long)]
    pub media_address: Vec<IpAddr>,
    /// Open the page in a browser
    #[arg(long)]
    pub open: bool,
}

impl Arguments {
    /// The directory to serve.
    pub(super) fn app_dir(&self) -> Option<&Path> {
        (!self.api_only).then_some(self.app_dir.as_path())
    }

    /// The deployment to use; empty counts as none, as with the tutorials.
    pub(super) fn openvidu_url(&self) -> Option<&str> {
        self.openvidu_url.as_deref().filter(|url| !url.is_empty())
    }

    /// The application server that the page uses instead of this one; empty counts as none.
    ///
    /// # Errors
    /// If a page could not use it, or there is no page to use it.
    pub(super) fn application_server(&self) -> Result<Option<ApplicationServerUrl>> {
        let Some(text) = self
            .application_server_url
            .as_deref()
            .filter(|url| !url.is_empty())
        else {
            return Ok(None);
        };
        if self.api_only {
            bail!("there is no page to use APPLICATION_SERVER_URL with --api-only: leave out one of them.");
        }
        let url = ApplicationServerUrl::parse(text);
        url.map(Some).context("APPLICATION_SERVER_URL can't be used")
    }

    /// Where browsers reach this server, without a slash at its end.
    pub(super) fn public_url(&self, port: u16) -> String {
        self.public_url
            .as_ref()
            .map_or_else(|| self.own_url(port), |url| url.trim_end_matches('/').to_owned())
    }

    /// Where a person on this machine finds the page.
    pub(super) fn own_url(&self, port: u16) -> String {
        let host = match self.host.parse::<IpAddr>() {
            // Listening everywhere includes this machine.
            Ok(address) if address.is_unspecified() => "localhost".to_owned(),
            Ok(IpAddr::V6(address)) => format!("[{address}]"),
            _ => self.host.clone(),
        };
        format!("http://{host}:{port}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Arguments {
        Arguments::parse_from([&["application-server"], words].concat())
    }

    #[test]
    fn the_public_url_is_where_browsers_get_to() {
        assert_eq!(arguments(&[]).public_url(5000), "http://localhost:5000");
        assert_eq!(
            arguments(&["--host", "0.0.0.0"]).public_url(80),
            "http://localhost:80"
        );
        assert_eq!(
            arguments(&["--host", "192.0.2.1"]).public_url(5000),
            "http://192.0.2.1:5000"
        );
        assert_eq!(
            arguments(&["--host", "::1"]).public_url(5000),
            "http://[::1]:5000"
        );
        assert_eq!(
            arguments(&["--public-url", "https://example.org/"]).public_url(5000),
            "https://example.org"
        );
    }
}
