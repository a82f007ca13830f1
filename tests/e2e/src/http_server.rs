//! An HTTP server of the tests' own.

use anyhow::{Context, Result};
use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// An HTTP server of the tests' own, on a free port of this machine. Ends when it is dropped.
#[derive(Debug)]
pub struct HttpServer {
    port: u16,
    task: JoinHandle<()>,
}

impl HttpServer {
    /// Serves these routes.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn start(routes: Router) -> Result<Self> {
        Self::serve(Self::listen().await?, routes)
    }

    pub(crate) async fn listen() -> Result<TcpListener> {
        TcpListener::bind(("127.0.0.1", 0)).await.context("no free port")
    }

    pub(crate) fn serve(listener: TcpListener, routes: Router) -> Result<Self> {
        let port = listener.local_addr()?.port();
        let task = tokio::spawn(async move {
            // It ends with the task.
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { port, task })
    }

    /// Address for a browser, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
