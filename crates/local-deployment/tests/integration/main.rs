//! The deployment over real sockets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test may fail loudly"
)]

mod client;
mod media;
mod node_client;
mod rest;
mod rpc;
mod server;
