//! The websocket `/openvidu`.

mod socket;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, State, WebSocketUpgrade},
    http::{Extensions, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::sync::Semaphore;

use crate::actor::Handle;

/// Websockets at the same time.
const SOCKETS: usize = 4_096;
/// Larger messages end the websocket. Somewhat smaller ones, still too large, get an answer that says so.
const LARGEST_MESSAGE: usize = 1024 * 1024;

/// What websocket requests share.
#[derive(Debug, Clone)]
pub(crate) struct Rpc {
    handle: Handle,
    free: Arc<Semaphore>,
}

impl Rpc {
    pub(crate) fn new(handle: Handle) -> Self {
        Self {
            handle,
            free: Arc::new(Semaphore::new(SOCKETS)),
        }
    }

    pub(crate) fn router(&self) -> Router {
        Router::new()
            .route("/openvidu", get(upgrade))
            .with_state(self.clone())
    }

    /// Waits until every websocket has ended.
    pub(crate) async fn ended(&self) {
        let all = u32::try_from(SOCKETS).unwrap_or(u32::MAX);
        // It can't fail: nothing closes the semaphore.
        let _ = self.free.acquire_many(all).await;
    }
}

/// Accepts everybody: a refused upgrade would send the SDK into endless retries, while `joinRoom` can refuse with a
/// reason.
async fn upgrade(State(rpc): State<Rpc>, extensions: Extensions, request: WebSocketUpgrade) -> Response {
    let Ok(permit) = rpc.free.clone().try_acquire_owned() else {
        tracing::warn!("there are as many websockets as this deployment holds");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    // There only if the server was set up to tell it.
    let address = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    request
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(async move |websocket| {
            socket::serve(websocket, address, rpc.handle).await;
            drop(permit);
        })
}
