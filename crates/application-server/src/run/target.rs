//! The deployment that is used: one elsewhere, or the embedded one.

use anyhow::{Result, bail};
use local_deployment::{Config, LocalDeployment, StartError};

use super::Arguments;
use crate::{DeploymentAddress, Secret, ServerCertificates};

/// The environment variable with the deployment's secret, as the tutorials name it.
const SECRET: &str = "OPENVIDU_SECRET";

/// The deployment that is used.
pub(super) struct Target {
    address: DeploymentAddress,
    embedded: Option<LocalDeployment>,
}

impl Target {
    /// Starts the embedded deployment unless another one is named. `own_url` is where this process reaches itself.
    pub(super) async fn prepare(arguments: &Arguments, public_url: &str, own_url: String) -> Result<Self> {
        let secret = secret()?;
        let certificates = if arguments.accept_invalid_certificates {
            ServerCertificates::Any
        } else {
            ServerCertificates::Verified
        };
        if let Some(url) = arguments.openvidu_url() {
            let Some(secret) = secret else {
                bail!("OPENVIDU_URL is set but {SECRET} is not: set it to the secret of that deployment.");
            };
            let address = DeploymentAddress {
                url: url.to_owned(),
                secret,
                certificates,
                embedded: false,
                timeout: DeploymentAddress::TIMEOUT,
            };
            return Ok(Self {
                address,
                embedded: None,
            });
        }

        let secret = secret.unwrap_or_else(Secret::random);
        let mut config = Config::new(secret.expose(), public_url);
        config.media_port = arguments.media_port;
        config.media_addresses.clone_from(&arguments.media_address);
        let embedded = LocalDeployment::start(config).await.map_err(with_remedy)?;
        let address = DeploymentAddress {
            url: own_url,
            secret,
            certificates,
            embedded: true,
            timeout: DeploymentAddress::TIMEOUT,
        };
        Ok(Self {
            address,
            embedded: Some(embedded),
        })
    }

    /// How to call it.
    pub(super) fn address(&self) -> DeploymentAddress {
        self.address.clone()
    }

    /// Its base URL.
    pub(super) fn url(&self) -> &str {
        &self.address.url
    }

    /// The embedded deployment, if it is the one.
    pub(super) fn embedded(&self) -> Option<&LocalDeployment> {
        self.embedded.as_ref()
    }

    /// Ends the embedded deployment.
    pub(super) async fn shutdown(self) {
        if let Some(embedded) = self.embedded {
            embedded.shutdown().await;
        }
    }
}

fn secret() -> Result<Option<Secret>> {
    match std::env::var(SECRET) {
        Ok(secret) => Ok(Some(secret).filter(|secret| !secret.is_empty()).map(Secret::new)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        // The error itself would show the value.
        Err(std::env::VarError::NotUnicode(_)) => bail!("{SECRET} is not text"),
    }
}

fn with_remedy(error: StartError) -> anyhow::Error {
    let remedy = match &error {
        StartError::PublicUrl { .. } => "say with --public-url where browsers reach this server",
        StartError::Secret => "choose another OPENVIDU_SECRET",
        StartError::Media { .. } => "choose another port with --media-port",
        _ => "see the reason",
    };
    anyhow::Error::new(error).context(format!("the embedded deployment can't start: {remedy}"))
}
