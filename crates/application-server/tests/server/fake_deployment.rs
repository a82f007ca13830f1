//! A deployment that answers what a test wants.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::to_bytes,
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

/// What arrived: method and path, and the body if there was one.
type Call = (String, Value);

/// What it answers to a call.
type Behaviour = dyn Fn(&str) -> Reply + Send + Sync;

/// An answer of the deployment.
pub(crate) enum Reply {
    With(StatusCode, &'static str),
    Never,
}

/// A deployment on a port of its own, until dropped.
pub(crate) struct FakeDeployment {
    pub(crate) url: String,
    calls: Arc<Mutex<Vec<Call>>>,
    task: JoinHandle<()>,
}

impl FakeDeployment {
    /// Answers what `behave` says to a call such as `POST /openvidu/api/sessions`.
    pub(crate) async fn start(behave: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::new(Mutex::new(Vec::new()));
        let (seen, behave): (_, Arc<Behaviour>) = (calls.clone(), Arc::new(behave));
        let router =
            Router::new().fallback(move |request: Request| answer(request, seen.clone(), behave.clone()));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, calls, task }
    }

    /// Always answers the same.
    pub(crate) async fn always(status: StatusCode, body: &'static str) -> Self {
        Self::start(move |_| Reply::With(status, body)).await
    }

    /// What arrived so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }
}

impl Drop for FakeDeployment {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(request: Request, calls: Arc<Mutex<Vec<Call>>>, behave: Arc<Behaviour>) -> Response {
    let call = format!("{} {}", request.method(), request.uri().path());
    // The name is fixed, the password is the tests' secret: OPENVIDUAPP:a-secret
    let authorization = request.headers().get(header::AUTHORIZATION).cloned();
    let is_known = authorization.is_some_and(|value| value == "Basic T1BFTlZJRFVBUFA6YS1zZWNyZXQ=");
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
    calls
        .lock()
        .unwrap()
        .push((call.clone(), serde_json::from_slice(&body).unwrap_or_default()));
    if !is_known {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match behave(&call) {
        Reply::With(status, body) => (status, body).into_response(),
        Reply::Never => std::future::pending().await,
    }
}
