//! An application server as in OpenVidu's tutorials, misbehaving on demand.

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use tokio::sync::watch;
use tower_http::cors::CorsLayer;
use tower_http::services::ServeDir;

use crate::http_server::HttpServer;
use crate::{Environment, NewConnection, RestClient};

/// An application server with the contract of OpenVidu's tutorials, in front of a real deployment, which answers as it is told.
///
/// It serves the app, too, with its page telling where the application server is: under another name of this machine, so that
/// for the browser it is somebody else's server, as with the tutorials' back ends.
#[derive(Debug)]
pub struct TutorialBackEnd {
    server: HttpServer,
    behaviour: watch::Sender<Behaviour>,
}

/// How requests for tokens are answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// With a token of the deployment.
    Valid,
    /// With this HTTP status.
    Status(u16),
    /// Not, as long as the answer isn't another one.
    Never,
    /// With this text.
    Token(String),
}

#[derive(Clone, Debug)]
struct Behaviour {
    answer: Answer,
    connection: NewConnection,
    deployment: Option<String>,
    requests: u64,
}

#[derive(Clone, Debug)]
struct Shared {
    rest: RestClient,
    behaviour: watch::Sender<Behaviour>,
}

impl TutorialBackEnd {
    /// Starts it on a free port.
    pub(crate) async fn start(environment: &Environment, rest: RestClient) -> Result<Self> {
        let behaviour = watch::Sender::new(Behaviour {
            answer: Answer::Valid,
            connection: NewConnection::default(),
            deployment: None,
            requests: 0,
        });
        let listener = HttpServer::listen().await?;
        let page = page(environment, listener.local_addr()?.port()).await?;
        let page = async move || Html(page);
        let routes = Router::new()
            .route("/", get(page.clone()))
            .route("/api/sessions", post(sessions))
            .route("/api/sessions/{session}/connections", post(connections))
            .with_state(Shared {
                rest,
                behaviour: behaviour.clone(),
            })
            .fallback_service(ServeDir::new(&environment.dist).fallback(get(page)))
            .layer(CorsLayer::permissive());
        Ok(Self {
            server: HttpServer::serve(listener, routes)?,
            behaviour,
        })
    }

    /// Where the app is served, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// From now on, and also for requests that still wait, this is the answer.
    pub fn answer(&self, answer: Answer) {
        self.behaviour.send_modify(|behaviour| behaviour.answer = answer);
    }

    /// From now on, connections are made with these properties.
    pub fn make(&self, connection: NewConnection) {
        self.behaviour
            .send_modify(|behaviour| behaviour.connection = connection);
    }

    /// From now on, tokens lead to this host and port: to a proxy in front of the deployment.
    pub fn lead_to(&self, authority: &str) {
        self.behaviour
            .send_modify(|behaviour| behaviour.deployment = Some(authority.to_owned()));
    }

    /// How many tokens were asked for so far.
    #[must_use]
    pub fn token_requests(&self) -> u64 {
        self.behaviour.borrow().requests
    }
}

/// The app's page with the address of the application server on this port.
async fn page(environment: &Environment, port: u16) -> Result<String> {
    const UNCONFIGURED: &str = r#"<meta name="application-server-url" content="">"#;
    let page = tokio::fs::read_to_string(environment.dist.join("index.html")).await?;
    ensure!(
        page.contains(UNCONFIGURED),
        "the app's page has no {UNCONFIGURED}"
    );
    Ok(page.replace(
        UNCONFIGURED,
        &UNCONFIGURED.replace(r#"content="""#, &format!(r#"content="http://127.0.0.1:{port}""#)),
    ))
}

async fn sessions(State(shared): State<Shared>, body: String) -> Response {
    let session = serde_json::from_str::<Value>(&body).ok();
    let session = session.as_ref().and_then(|body| body["customSessionId"].as_str());
    let Some(session) = session else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let created = async {
        shared
            .rest
            .create_session(session)
            .await
            .map(|()| session.to_owned())
    };
    respond(&shared, |_| session.to_owned(), created).await
}

async fn connections(State(shared): State<Shared>, Path(session): Path<String>) -> Response {
    shared.behaviour.send_modify(|behaviour| behaviour.requests += 1);
    let token = async {
        let Behaviour {
            connection,
            deployment,
            ..
        } = shared.behaviour.borrow().clone();
        let token = shared.rest.create_connection(&session, &connection).await?.token;
        deployment.map_or(Ok(token.clone()), |authority| lead(&token, &authority))
    };
    respond(&shared, str::to_owned, token).await
}

async fn respond(
    shared: &Shared,
    given: impl Fn(&str) -> String,
    valid: impl Future<Output = Result<String>>,
) -> Response {
    let mut behaviour = shared.behaviour.subscribe();
    let decided = behaviour
        .wait_for(|behaviour| !matches!(behaviour.answer, Answer::Never))
        .await;
    let Ok(answer) = decided.map(|behaviour| behaviour.answer.clone()) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    match answer {
        Answer::Valid => match valid.await {
            Ok(text) => text.into_response(),
            Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
        },
        Answer::Status(status) => StatusCode::from_u16(status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
        Answer::Token(text) => given(&text).into_response(),
        Answer::Never => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The same token with another host and port.
fn lead(token: &str, authority: &str) -> Result<String> {
    let (scheme, rest) = token.split_once("://").context("the token is no address")?;
    let (_, query) = rest.split_once('?').context("the token has no query")?;
    Ok(format!("{scheme}://{authority}?{query}"))
}
