//! An embedded deployment that speaks the OpenVidu 2 protocol: sessions, signalling and a media server.
//!
//! It takes the place of an OpenVidu CE deployment for development, tests and small rooms: unmodified
//! `openvidu-browser` and `openvidu-node-client` work against it. Everything lives in one process and in memory; a
//! restart forgets all sessions.
//!
//! One contract: nothing that a client sends makes the process panic or grow without bound.
//!
//! - `core` decides. It is plain data without sockets, clock or tasks.
//! - `actor` owns the core and carries out what it decides; `rpc` and `rest` bring it messages.
//! - `sfu` forwards media. It knows WebRTC connections, not sessions.
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use local_deployment::{Config, LocalDeployment};
//!
//! let deployment = LocalDeployment::start(Config::new("MY_SECRET", "http://localhost:4443")).await?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:4443").await?;
//! axum::serve(listener, deployment.router()).await?;
//! # Ok(())
//! # }
//! ```

mod actor;
mod config;
mod core;
mod deployment;
mod ice_server;
mod outbox;
mod rest;
mod rpc;
mod sfu;

pub use config::Config;
pub use deployment::{LocalDeployment, StartError};
