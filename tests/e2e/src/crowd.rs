//! Participants with another client than ours.

use std::sync::Arc;

use anyhow::{Result, bail, ensure};
use axum::Router;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_http::services::{ServeDir, ServeFile};

use crate::http_server::HttpServer;
use crate::media::SILENCE;
use crate::{Browser, Environment, NewConnection, RestClient, SHORT, until};

/// A plain page with the SDK's own script, from which any number of participants join. They all share one browser.
#[derive(Debug)]
pub struct Crowd {
    browser: Arc<Browser>,
    _server: HttpServer,
}

/// Somebody who joins with another client than ours.
#[derive(Clone, Debug, Default)]
pub struct Foreigner {
    /// What the client says about itself, literally. `None`: nothing at all.
    pub metadata: Option<String>,
    /// What the application server says about it, literally.
    pub data: Option<String>,
    /// Whether it sends camera and microphone.
    pub publishes: bool,
    /// Whether it receives what the others send.
    pub subscribes: bool,
}

/// What a foreign participant receives.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Received {
    /// The stream.
    pub stream_id: String,
    /// How many of its frames have been decoded.
    pub frames_decoded: u64,
    /// How many packets of its sound have arrived.
    pub audio_packets: u64,
    /// The energy of its sound so far.
    pub audio_energy: f64,
}

#[derive(Serialize)]
struct Join<'a> {
    token: String,
    metadata: Option<&'a str>,
    publish: bool,
    subscribe: bool,
}

impl Foreigner {
    /// Somebody who sends and receives, with the metadata of the tutorials.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let metadata = json!({ "clientData": name }).to_string();
        Self {
            metadata: Some(metadata),
            data: None,
            publishes: true,
            subscribes: true,
        }
    }

    /// Somebody who only sends, with whatever the client and the application server say about them.
    #[must_use]
    pub fn sending(metadata: Option<&str>, data: Option<&str>) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Self {
            metadata: owned(metadata),
            data: owned(data),
            publishes: true,
            subscribes: false,
        }
    }

    /// The same, but not receiving.
    #[must_use]
    pub fn deaf(mut self) -> Self {
        self.subscribes = false;
        self
    }
}

impl Crowd {
    /// Opens the page.
    ///
    /// # Errors
    ///
    /// When it can't be opened.
    pub async fn open(environment: &Environment, browser: Arc<Browser>) -> Result<Self> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/bare-page");
        let routes = Router::new()
            .route_service("/openvidu-browser.min.js", ServeFile::new(&environment.sdk))
            .fallback_service(ServeDir::new(folder));
        let server = HttpServer::start(routes).await?;
        browser
            .open(&format!("{}/participants.html", server.url()))
            .await?;
        Ok(Self {
            browser,
            _server: server,
        })
    }

    /// The browser.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Lets somebody join; gives their connection's id once they are in and publish, if they do.
    ///
    /// # Errors
    ///
    /// When joining or publishing fails.
    pub async fn join(&self, rest: &RestClient, session: &str, foreigner: &Foreigner) -> Result<String> {
        let mut joined = self
            .join_all(rest, session, std::slice::from_ref(foreigner))
            .await?;
        Ok(joined.remove(0))
    }

    /// Lets some people join, all at the same time.
    ///
    /// # Errors
    ///
    /// When joining or publishing fails for one of them.
    pub async fn join_all(
        &self,
        rest: &RestClient,
        session: &str,
        foreigners: &[Foreigner],
    ) -> Result<Vec<String>> {
        let mut tokens = Vec::new();
        for Foreigner { data, .. } in foreigners {
            let connection = NewConnection {
                data: data.clone(),
                ..NewConnection::default()
            };
            tokens.push(rest.create_connection(session, &connection).await?.token);
        }
        self.join_with(&tokens, foreigners).await
    }

    /// Lets some people join with tokens that are there already.
    ///
    /// # Errors
    ///
    /// When joining or publishing fails for one of them.
    pub async fn join_with(&self, tokens: &[String], foreigners: &[Foreigner]) -> Result<Vec<String>> {
        let joins = tokens.iter().zip(foreigners).map(|(token, foreigner)| Join {
            token: token.clone(),
            metadata: foreigner.metadata.as_deref(),
            publish: foreigner.publishes,
            subscribe: foreigner.subscribes,
        });
        let joins = serde_json::to_value(joins.collect::<Vec<_>>())?;
        let body = "return Promise.all(arguments[0].map((join) => window.participants.join(join)))";
        let ids: Vec<String> = self.browser.run(body, vec![joins]).await?;
        ensure!(ids.len() == foreigners.len(), "not everybody joined: {ids:?}");
        Ok(ids)
    }

    /// Lets some of them leave, all at the same time.
    ///
    /// # Errors
    ///
    /// When one of them isn't there.
    pub async fn leave(&self, connections: &[String]) -> Result<()> {
        self.browser
            .run(
                "arguments[0].forEach((id) => window.participants.leave(id))",
                vec![json!(connections)],
            )
            .await
    }

    /// What one of them receives.
    ///
    /// # Errors
    ///
    /// When it isn't there.
    pub async fn received(&self, connection: &str) -> Result<Vec<Received>> {
        self.browser
            .run(
                "return window.participants.received(arguments[0])",
                vec![json!(connection)],
            )
            .await
    }

    /// Waits until one of them sees and hears exactly one stream; gives its id.
    ///
    /// # Errors
    ///
    /// When it isn't so within [`SHORT`].
    pub async fn sees_and_hears_one(&self, connection: &str) -> Result<String> {
        self.sees_one(connection).await?;
        self.hears_one(connection).await
    }

    /// Waits until one of them sees exactly one stream; gives its id.
    ///
    /// # Errors
    ///
    /// When it isn't so within [`SHORT`].
    pub async fn sees_one(&self, connection: &str) -> Result<String> {
        self.grows(connection, |before, now| {
            now.frames_decoded > before.frames_decoded + 5
        })
        .await
    }

    /// Waits until one of them hears exactly one stream; gives its id.
    ///
    /// # Errors
    ///
    /// When it isn't so within [`SHORT`].
    pub async fn hears_one(&self, connection: &str) -> Result<String> {
        self.grows(connection, |before, now| {
            now.audio_energy > before.audio_energy + SILENCE
        })
        .await
    }

    /// Waits until two seconds of nothing but silence have arrived in the only stream that one of them receives: Chromium's
    /// fake microphone beeps every second.
    ///
    /// # Errors
    ///
    /// When they haven't within [`SHORT`].
    pub async fn hears_silence(&self, connection: &str) -> Result<()> {
        /// Packets of 20 ms.
        const TWO_SECONDS: u64 = 100;
        let mut since: Option<Received> = None;
        until("silence", SHORT, async || {
            let received = self.received(connection).await?;
            let [now] = received.as_slice() else {
                bail!("it receives {received:?}");
            };
            let before = since.get_or_insert_with(|| now.clone()).clone();
            if now.audio_energy > before.audio_energy + SILENCE {
                since = Some(now.clone());
                bail!("there is a sound: {before:?}, then {now:?}");
            }
            ensure!(
                now.audio_packets >= before.audio_packets + TWO_SECONDS,
                "not long enough: {before:?}, then {now:?}"
            );
            Ok(())
        })
        .await
    }

    async fn grows(&self, connection: &str, enough: impl Fn(&Received, &Received) -> bool) -> Result<String> {
        let mut first: Option<Received> = None;
        until("a foreign participant receives", SHORT, async || {
            let received = self.received(connection).await?;
            ensure!(received.len() == 1, "it receives {received:?}");
            let now = &received[0];
            let before = first.get_or_insert_with(|| now.clone());
            ensure!(
                before.stream_id == now.stream_id,
                "another stream than before: {before:?}, then {now:?}"
            );
            ensure!(enough(before, now), "too little: {before:?}, then {now:?}");
            Ok(now.stream_id.clone())
        })
        .await
    }
}
