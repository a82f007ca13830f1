//! The running deployment.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use openvidu_protocol::token::{Origin, TokenError};
use tokio::task::JoinHandle;

use crate::{
    Config,
    actor::{Actor, Handle},
    core::{self, Secret, Settings},
    ice_server,
    rest::{self, Rest},
    rpc::Rpc,
    sfu::{MediaConfig, MediaError, MediaServer},
};

/// How long clients have to take in that the deployment stops.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(3);

/// A running deployment.
#[derive(Debug)]
pub struct LocalDeployment {
    handle: Handle,
    actor: JoinHandle<()>,
    media: MediaServer,
    rest: Rest,
    rpc: Rpc,
}

/// Why a deployment can't start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The public URL can't be put into a token.
    #[error("the public URL `{url}` can't be used in tokens: {source}")]
    PublicUrl {
        /// The URL.
        url: String,
        /// What is wrong with it.
        source: TokenError,
    },
    /// The secret is empty or has characters that OpenVidu doesn't allow.
    #[error("the secret must consist of letters, digits, `_` and `-`")]
    Secret,
    /// The media server can't start, for example because its port is taken.
    #[error("the media server can't start on UDP port {port}: {source}")]
    Media {
        /// The configured port; 0 for any.
        port: u16,
        /// What went wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl LocalDeployment {
    /// Starts media server and signalling. Needs a Tokio runtime.
    ///
    /// # Errors
    /// [`StartError`] if the configuration or a port can't be used.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let Config {
            secret,
            public_url,
            media_port: port,
            media_addresses: addresses,
        } = config;
        let origin = Origin::from_public_url(&public_url).map_err(|source| StartError::PublicUrl {
            url: public_url,
            source,
        })?;
        if secret.is_empty()
            || !secret
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        {
            return Err(StartError::Secret);
        }
        let secret = Arc::new(Secret::new(&secret));

        let (media, media_events) = MediaServer::start(MediaConfig { port, addresses })
            .await
            .map_err(|source: MediaError| StartError::Media {
                port,
                source: source.into(),
            })?;

        let settings = Settings {
            secret: secret.clone(),
            origin: origin.clone(),
            ice_servers: ice_server::own(&origin, media.addresses()).into_iter().collect(),
            limits: core::Limits::default(),
        };
        let random: rand::rngs::StdRng = rand::make_rng();
        let core = core::Deployment::new(settings, Box::new(random));
        let (actor, handle) = Actor::new(core, media.clone(), media_events);
        tracing::info!(media = ?media.addresses(), "local deployment started");
        Ok(Self {
            actor: tokio::spawn(actor.run()),
            rest: Rest {
                handle: handle.clone(),
                secret,
                origin,
            },
            rpc: Rpc::new(handle.clone()),
            handle,
            media,
        })
    }

    /// The routes `/openvidu` (websocket) and `/openvidu/api/*` (REST). Served with
    /// `into_make_service_with_connect_info::<SocketAddr>()`, the REST API can tell the addresses of participants.
    pub fn router(&self) -> axum::Router {
        self.rpc.router().merge(rest::router(self.rest.clone()))
    }

    /// Where browsers are told to send media.
    #[must_use]
    pub fn media_addresses(&self) -> &[SocketAddr] {
        self.media.addresses()
    }

    /// Ends every session, tells everybody in them, and waits a few seconds at most for the websockets to end.
    pub async fn shutdown(self) {
        if self.handle.shutdown().await.is_err() {
            tracing::error!("the deployment had stopped already");
        }
        if let Err(error) = self.actor.await {
            tracing::error!(%error, "signalling ended badly");
        }
        if tokio::time::timeout(SHUTDOWN_TIMEOUT, self.rpc.ended())
            .await
            .is_err()
        {
            tracing::warn!("some websockets did not end in time");
        }
        self.media.shutdown().await;
    }
}
