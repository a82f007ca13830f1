//! The deployment that is used: one elsewhere, or the embedded one.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use local_deployment::{Config, LocalDeployment, StartError};

use tokio::time::timeout;

use super::Arguments;
use crate::{
    ClientError, Deployment, DeploymentAddress, DeploymentStatus, Secret, ServerCertificates, http_url,
};

/// How long starting waits for a deployment elsewhere to say where browsers reach it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The environment variable with the deployment's secret, as the tutorials name it.
const SECRET: &str = "OPENVIDU_SECRET";

/// The deployment that is used.
pub(super) enum Target {
    /// The one in this process.
    Embedded {
        client: Deployment,
        deployment: LocalDeployment,
    },
    /// One elsewhere.
    Elsewhere { client: Deployment, url: String },
    /// One that only another application server has the secret of: where its tokens lead, if that is known.
    OfAnother(Option<String>),
}

impl Target {
    /// Starts the embedded deployment unless another one is used. `own_url` is where this process reaches itself;
    /// `tokens_elsewhere` says whether the page gets its tokens from another application server.
    pub(super) async fn prepare(
        arguments: &Arguments,
        tokens_elsewhere: bool,
        public_url: &str,
        own_url: String,
    ) -> Result<Self> {
        let certificates = if arguments.accept_invalid_certificates {
            ServerCertificates::Any
        } else {
            ServerCertificates::Verified
        };
        let client = |url, secret, embedded| {
            let address = DeploymentAddress {
                url,
                secret,
                certificates,
                embedded,
                timeout: DeploymentAddress::TIMEOUT,
            };
            Deployment::new(address).context("the deployment can't be used")
        };
        let url = arguments.openvidu_url().map(str::to_owned);
        match (url, secret()?) {
            (Some(url), Some(secret)) => Ok(Self::Elsewhere {
                client: client(url.clone(), secret, false)?,
                url,
            }),
            (Some(url), None) if tokens_elsewhere => match http_url::parse(&url) {
                Some(_) => Ok(Self::OfAnother(Some(url))),
                None => Err(ClientError::Url { url }).context("the deployment can't be used"),
            },
            (Some(_), None) => {
                bail!("OPENVIDU_URL is set but {SECRET} is not: set it to the secret of that deployment.")
            }
            // Nobody else could guess a random secret.
            (None, None) if tokens_elsewhere => Ok(Self::OfAnother(None)),
            (None, secret) => {
                let secret = secret.unwrap_or_else(Secret::random);
                let mut config = Config::new(secret.expose(), public_url);
                config.media_port = arguments.media_port;
                config.media_addresses.clone_from(&arguments.media_address);
                Ok(Self::Embedded {
                    client: client(own_url, secret, true)?,
                    deployment: LocalDeployment::start(config).await.map_err(with_remedy)?,
                })
            }
        }
    }

    /// What a deployment elsewhere says about itself, if it answers soon. What depends on it can do without, so nobody waits
    /// long.
    pub(super) async fn status(&self) -> Option<DeploymentStatus> {
        let Self::Elsewhere { client, .. } = self else {
            return None;
        };
        timeout(PATIENCE, client.status()).await.ok()?.ok()
    }

    /// Its client, if this server has the secret.
    pub(super) fn client(&self) -> Option<&Deployment> {
        match self {
            Self::Embedded { client, .. } | Self::Elsewhere { client, .. } => Some(client),
            Self::OfAnother(_) => None,
        }
    }

    /// Ends the embedded deployment.
    pub(super) async fn shutdown(self) {
        if let Self::Embedded { deployment, .. } = self {
            deployment.shutdown().await;
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
