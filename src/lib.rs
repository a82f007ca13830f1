//! The application client: a single-page app that joins an OpenVidu session.
//!
//! One direction: a component calls an intent of [`shell::CallHandle`]; the shell asks the browser, the application server and
//! the SDK; what happens becomes a [`room::RoomAction`]; [`room::RoomState::next`] makes the next state; it is rendered.
//! Components hold no SDK object and no phase of their own.

pub mod app;
pub mod components;
pub mod hooks;
pub mod pages;
pub mod shell;
pub mod store;
pub mod styles;
