//! The REST API of an OpenVidu deployment.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use reqwest::{Client, Method, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::until;

/// The REST API of an OpenVidu deployment, as an application server uses it.
#[derive(Clone, Debug)]
pub struct RestClient {
    client: Client,
    base: String,
    secret: String,
}

/// What a connection may have beyond the defaults.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NewConnection {
    /// Server data: joined to the client's data for everybody to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// `SUBSCRIBER`, `PUBLISHER` (the default) or `MODERATOR`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl NewConnection {
    /// One with this role.
    #[must_use]
    pub fn with_role(role: &str) -> Self {
        Self {
            role: Some(role.to_owned()),
            ..Self::default()
        }
    }
}

/// A participant's slot in a session.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Its id.
    pub connection_id: String,
    /// The key to it.
    pub token: String,
    /// `pending` or `active`.
    pub status: String,
    /// What the client said about itself when it joined.
    pub client_data: Option<String>,
    /// What it sends.
    #[serde(default)]
    pub publishers: Option<Vec<PublishedStream>>,
}

/// A stream that a connection sends.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedStream {
    /// Its id.
    pub stream_id: String,
}

#[derive(Deserialize)]
struct List {
    content: Vec<Connection>,
}

impl RestClient {
    pub(crate) fn new(url: &str, secret: &str) -> Self {
        Self {
            client: Client::new(),
            base: format!("{url}/openvidu/api"),
            secret: secret.to_owned(),
        }
    }

    /// Makes sure that the session exists.
    ///
    /// # Errors
    ///
    /// When the deployment refuses or can't be reached.
    pub async fn create_session(&self, session: &str) -> Result<()> {
        let response = self
            .send(
                Method::POST,
                "sessions",
                Some(json!({ "customSessionId": session })),
            )
            .await?;
        match response.status() {
            StatusCode::OK | StatusCode::CONFLICT => Ok(()),
            status => bail!("creating {session} gave {status}: {}", response.text().await?),
        }
    }

    /// Whether the session exists.
    ///
    /// # Errors
    ///
    /// When the deployment refuses or can't be reached.
    pub async fn has_session(&self, session: &str) -> Result<bool> {
        let response = self
            .send(Method::GET, &format!("sessions/{session}"), None)
            .await?;
        match response.status() {
            StatusCode::OK => Ok(true),
            StatusCode::NOT_FOUND => Ok(false),
            status => bail!("asking for {session} gave {status}: {}", response.text().await?),
        }
    }

    /// Makes a slot in the session, which is created if need be.
    ///
    /// # Errors
    ///
    /// When the deployment refuses or can't be reached.
    pub async fn create_connection(&self, session: &str, connection: &NewConnection) -> Result<Connection> {
        self.create_session(session).await?;
        let path = format!("sessions/{session}/connection");
        let response = self
            .send(Method::POST, &path, Some(serde_json::to_value(connection)?))
            .await?;
        Ok(response
            .error_for_status()
            .context("creating a connection")?
            .json()
            .await?)
    }

    /// The participants that have joined the session.
    ///
    /// # Errors
    ///
    /// When the deployment can't be reached.
    pub async fn participants(&self, session: &str) -> Result<Vec<Connection>> {
        let response = self
            .send(Method::GET, &format!("sessions/{session}/connection"), None)
            .await?;
        if response.status() == StatusCode::NOT_FOUND {
            return Ok(Vec::new());
        }
        let list: List = response.error_for_status()?.json().await?;
        Ok(list
            .content
            .into_iter()
            .filter(|connection| connection.status == "active")
            .collect())
    }

    /// Waits until nobody is in the session.
    ///
    /// # Errors
    ///
    /// When somebody still is at the deadline.
    pub async fn until_nobody(&self, session: &str, deadline: Duration) -> Result<()> {
        until("nobody in the session", deadline, async || {
            let participants = self.participants(session).await?;
            ensure!(participants.is_empty(), "still there: {participants:?}");
            Ok(())
        })
        .await
    }

    /// The participant whose client data contains this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn participant(&self, session: &str, name: &str) -> Result<Connection> {
        let participants = self.participants(session).await?;
        let named = |c: &&Connection| c.client_data.as_deref().is_some_and(|data| data.contains(name));
        participants
            .iter()
            .find(named)
            .cloned()
            .with_context(|| format!("no {name} among {participants:?}"))
    }

    /// Removes a participant, or takes back a token that nobody has used.
    ///
    /// # Errors
    ///
    /// When the deployment refuses.
    pub async fn disconnect(&self, session: &str, connection: &str) -> Result<()> {
        self.delete(&format!("sessions/{session}/connection/{connection}"))
            .await
    }

    /// Stops a stream.
    ///
    /// # Errors
    ///
    /// When the deployment refuses.
    pub async fn unpublish(&self, session: &str, stream: &str) -> Result<()> {
        self.delete(&format!("sessions/{session}/stream/{stream}")).await
    }

    /// Closes a session for everybody.
    ///
    /// # Errors
    ///
    /// When the deployment refuses.
    pub async fn close(&self, session: &str) -> Result<()> {
        self.delete(&format!("sessions/{session}")).await
    }

    async fn delete(&self, path: &str) -> Result<()> {
        let response = self.send(Method::DELETE, path, None).await?;
        if response.status() != StatusCode::NO_CONTENT {
            bail!(
                "DELETE {path} gave {}: {}",
                response.status(),
                response.text().await?
            );
        }
        Ok(())
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Result<Response> {
        let request = self.client.request(method, format!("{}/{path}", self.base));
        let request = request.basic_auth("OPENVIDUAPP", Some(&self.secret));
        let request = if let Some(body) = body {
            request.json(&body)
        } else {
            request
        };
        request
            .send()
            .await
            .with_context(|| format!("the deployment's REST API at {path}"))
    }
}
