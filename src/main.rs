//! Mounts the application client.
fn main() {}
