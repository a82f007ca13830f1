//! The server as others meet it: over HTTP, and as a program.

mod api;
mod common;
mod embedded;
mod fake_deployment;
mod program;
mod security;
mod static_files;
