//! The client of a deployment's REST API.

mod address;
mod answer;
mod error;

use std::{fmt, sync::Arc, time::Duration};

use openvidu_protocol::{
    SessionId,
    rest::{ConnectionProperties, SessionProperties, USER},
};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use tokio::sync::Semaphore;

use self::answer::{Answer, failure};
pub use self::{
    address::{DeploymentAddress, ServerCertificates},
    error::{CallError, ClientError, ConnectError},
};
use crate::{Secret, http_url};

/// How long connecting may take: less, so that an unreachable host is told from a slow one.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);
/// Calls at the same time. More wait for their turn.
const LARGEST_CONCURRENCY: usize = 64;

/// A client of a deployment's REST API. Clones share connections and limits.
#[derive(Debug, Clone)]
pub struct Deployment {
    http: reqwest::Client,
    /// Up to and including `/openvidu/api`.
    api: Arc<str>,
    secret: Secret,
    timeout: Duration,
    turns: Arc<Semaphore>,
}

/// A token that lets one participant join once. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token itself, for the page.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The token itself, for the page.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What a deployment says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub struct DeploymentStatus {
    /// The version of OpenVidu.
    pub version: String,
    /// Where browsers reach it.
    pub openvidu_publicurl: String,
}

impl Deployment {
    /// Makes a client; calls nobody yet.
    ///
    /// # Errors
    /// [`ClientError`] if the URL is none or the system's certificates can't be read.
    pub fn new(address: DeploymentAddress) -> Result<Self, ClientError> {
        let DeploymentAddress {
            url,
            secret,
            certificates,
            embedded,
            timeout,
        } = address;
        if http_url::parse(&url).is_none() {
            return Err(ClientError::Url { url });
        }
        let mut http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            // A redirection would take the secret elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .tls_danger_accept_invalid_certs(certificates == ServerCertificates::Any);
        if embedded {
            http = http.no_proxy();
        }
        Ok(Self {
            http: http.build().map_err(ClientError::Http)?,
            api: format!("{}/openvidu/api", url.trim_end_matches('/')).into(),
            secret,
            timeout,
            turns: Arc::new(Semaphore::new(LARGEST_CONCURRENCY)),
        })
    }

    /// Opens a session. One that is open already is a success.
    ///
    /// # Errors
    /// [`CallError`] if the deployment can't be reached or refuses.
    pub async fn create_session(&self, properties: &SessionProperties) -> Result<SessionId, CallError> {
        #[derive(Deserialize)]
        struct Created {
            id: SessionId,
        }
        let answer = self.call(Method::POST, "/sessions", Some(properties)).await?;
        match (answer.status, &properties.custom_session_id) {
            (StatusCode::CONFLICT, Some(id)) => Ok(id.clone()),
            _ => answer.success::<Created>().map(|session| session.id),
        }
    }

    /// Makes a token for a session.
    ///
    /// # Errors
    /// [`ConnectError::NoSuchSession`] if the session is not open; [`ConnectError::Call`] if the deployment can't be
    /// reached or refuses.
    pub async fn create_connection(
        &self,
        session: &SessionId,
        properties: &ConnectionProperties,
    ) -> Result<Token, ConnectError> {
        #[derive(Deserialize)]
        struct Created {
            token: String,
        }
        // The id goes into a path; nothing but letters, digits, `_` and `-` can be the id of an open session.
        if !session.is_valid_custom() {
            return Err(ConnectError::NoSuchSession);
        }
        let path = format!("/sessions/{session}/connection");
        let answer = self.call(Method::POST, &path, Some(properties)).await?;
        if answer.status == StatusCode::NOT_FOUND {
            return Err(ConnectError::NoSuchSession);
        }
        Ok(answer
            .success::<Created>()
            .map(|connection| Token(connection.token))?)
    }

    /// Asks whether the deployment is there and takes the secret.
    ///
    /// # Errors
    /// [`CallError`] if it can't be reached or refuses.
    pub async fn status(&self) -> Result<DeploymentStatus, CallError> {
        self.call(Method::GET, "/config", None::<&()>).await?.success()
    }

    /// One call, with one deadline over waiting, sending and reading.
    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl serde::Serialize>,
    ) -> Result<Answer, CallError> {
        let exchange = async {
            // The semaphore is never closed; if it were, there would be no limit but still an answer.
            let _turn = self.turns.acquire().await.ok();
            let mut request = self
                .http
                .request(method, format!("{}{path}", self.api))
                .basic_auth(USER, Some(self.secret.expose()));
            if let Some(body) = body {
                request = request.json(body);
            }
            Answer::read(request.send().await.map_err(failure)?).await
        };
        tokio::time::timeout(self.timeout, exchange)
            .await
            .unwrap_or(Err(CallError::Timeout))
    }
}
