//! The server as others meet it: over HTTP, and as a program.
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is a test as a whole")]

mod another_application_server;
mod api;
mod common;
mod embedded;
mod fake_deployment;
mod program;
mod security;
mod static_files;
mod where_tokens_lead;
