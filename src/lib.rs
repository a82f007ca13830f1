//! The application client.
