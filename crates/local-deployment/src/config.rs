//! How a deployment is reached.

use std::{fmt, net::IpAddr};

/// How a deployment is reached. `Debug` does not show the secret.
#[derive(Clone)]
#[non_exhaustive]
pub struct Config {
    /// Password of the REST API, and what a recorder's page joins with. Letters, digits, `_` and `-`.
    pub secret: String,
    /// Where browsers reach the deployment, for example `http://localhost:5000`. Decides between `ws` and `wss`, and
    /// stands in every token. Host names and IPv4 addresses only, because the SDK can't parse others.
    pub public_url: String,
    /// UDP port for media; 0 for any free one.
    pub media_port: u16,
    /// Addresses that browsers are told to send media to. Empty for the address of the primary interface and
    /// 127.0.0.1.
    pub media_addresses: Vec<IpAddr>,
}

impl Config {
    /// Any free media port on the default addresses.
    pub fn new(secret: impl Into<String>, public_url: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            public_url: public_url.into(),
            media_port: 0,
            media_addresses: Vec::new(),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            secret: _,
            public_url,
            media_port,
            media_addresses,
        } = self;
        f.debug_struct("Config")
            .field("public_url", public_url)
            .field("media_port", media_port)
            .field("media_addresses", media_addresses)
            .finish_non_exhaustive()
    }
}
