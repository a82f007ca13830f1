//! The imperative shell: everything that touches the browser, the network or the SDK.
//!
//! It does what an intent asks for and reports what happened as actions. It decides nothing that the reducer could decide.

mod application_server;
mod call;
mod call_handle;
mod config;
mod deadline;
mod devices;
mod early_form;
mod live_track;
mod local_media;
mod media_registry;
mod preview;
mod sdk;
mod services;
mod translate;

pub use application_server::ApplicationServer;
pub use call_handle::CallHandle;
pub use config::Config;
pub use early_form::EarlyForm;
pub use media_registry::MediaRegistry;
