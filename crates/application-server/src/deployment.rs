//! The client of a deployment's REST API.

use std::{fmt, sync::Arc, time::Duration};

use openvidu_protocol::{
    SessionId,
    rest::{ConnectionProperties, ErrorBody, SessionProperties, USER},
};
use reqwest::{Method, Response, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use tokio::sync::Semaphore;

use crate::Secret;

/// How long connecting may take: less, so that an unreachable host is told from a slow one.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);
/// Calls at the same time. More wait for their turn.
const LARGEST_CONCURRENCY: usize = 64;
/// Bytes of an answer. The largest is a session with all its connections.
const LARGEST_ANSWER: usize = 1024 * 1024;

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

/// Why a client can't be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The URL of the deployment is none.
    #[error("`{url}` is not an http or https URL")]
    Url {
        /// What was given.
        url: String,
    },
    /// The HTTP client can't be made.
    #[error("the HTTP client can't be made")]
    Http(#[source] reqwest::Error),
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// No connection, or it broke.
    #[error("the deployment can't be reached")]
    Unreachable(#[source] reqwest::Error),
    /// No answer in time.
    #[error("the deployment did not answer in time")]
    Timeout,
    /// The secret is not the deployment's.
    #[error("the deployment refuses the secret")]
    Unauthorized,
    /// The deployment takes offence at a parameter.
    #[error("the deployment refuses the parameters: {message}")]
    Invalid {
        /// What the deployment says about it; may be empty.
        message: String,
    },
    /// The deployment answers with another status than the protocol foresees.
    #[error("the deployment answers with status {status}")]
    Refused {
        /// The status.
        status: StatusCode,
    },
    /// The answer is not what the protocol foresees.
    #[error("the deployment's answer can't be understood: {0}")]
    BadAnswer(#[source] serde_json::Error),
    /// The answer is longer than any honest one.
    #[error("the deployment's answer is longer than {LARGEST_ANSWER} bytes")]
    TooLong,
}

/// Why a connection can't be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// There is no such session: it was never opened, or it has ended.
    #[error("there is no such session")]
    NoSuchSession,
    /// The call failed.
    #[error(transparent)]
    Call(#[from] CallError),
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
        let is_http = reqwest::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !is_http {
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

/// A failure of the connection, without the URL: it may be the operator's business only.
fn failure(error: reqwest::Error) -> CallError {
    if error.is_timeout() && !error.is_connect() {
        CallError::Timeout
    } else {
        CallError::Unreachable(error.without_url())
    }
}

/// An answer whose status nobody has judged yet.
struct Answer {
    status: StatusCode,
    body: Vec<u8>,
}

impl Answer {
    async fn read(mut response: Response) -> Result<Self, CallError> {
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failure)? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(CallError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self { status, body })
    }

    /// The value of a success; any other status is an error.
    fn success<T: DeserializeOwned>(self) -> Result<T, CallError> {
        match self.status {
            StatusCode::OK => serde_json::from_slice(&self.body).map_err(CallError::BadAnswer),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(CallError::Unauthorized),
            StatusCode::BAD_REQUEST => {
                let message = serde_json::from_slice::<ErrorBody>(&self.body).map(|body| body.message);
                Err(CallError::Invalid {
                    message: message.unwrap_or_default(),
                })
            }
            status => Err(CallError::Refused { status }),
        }
    }
}
