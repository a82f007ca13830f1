//! Where a deployment is.

use std::time::Duration;

use crate::Secret;

/// Where a deployment is and how to get in.
#[derive(Debug, Clone)]
pub struct DeploymentAddress {
    /// Its base URL, such as `https://example.org` or `http://localhost:4443/`.
    pub url: String,
    /// Its secret.
    pub secret: Secret,
    /// Which certificates to trust.
    pub certificates: ServerCertificates,
    /// Whether the deployment is part of this process: then no proxy may come in between.
    pub embedded: bool,
    /// How long one call may take, waiting for its turn included.
    pub timeout: Duration,
}

impl DeploymentAddress {
    /// A timeout that fits. A deployment answers within milliseconds; pages give up after ten seconds or so and should
    /// hear the reason before.
    pub const TIMEOUT: Duration = Duration::from_secs(8);
}

/// Which certificates of a deployment are trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerCertificates {
    /// Those that the system trusts.
    Verified,
    /// Any, such as a self-signed one. Whoever is in between can read the secret.
    Any,
}
