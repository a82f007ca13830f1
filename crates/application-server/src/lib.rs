//! Serves the application client and hands out tokens; talks to an OpenVidu deployment over REST.
//!
//! One contract: that of OpenVidu's tutorial back ends, so that their pages work with this server and our page with
//! theirs. Only this server knows the deployment's secret; a page gets single-use tokens.
//!
//! - [`app`] is everything as a router, to be called without a socket.
//! - [`Deployment`] is the client of the deployment's REST API. An embedded deployment is called in the same way as
//!   any other.
//! - [`StaticFiles`] is the built application client, held in memory.
//! - [`run`] is the program: its arguments, its listeners, its end.

mod api;
mod app;
mod application_server_url;
mod content_security_policy;
mod deployment;
mod http_url;
mod run;
mod secret;
mod security_headers;
mod static_files;

pub use app::{AppConfig, app};
pub use application_server_url::{ApplicationServerUrl, ApplicationServerUrlError};
pub use content_security_policy::ContentSecurityPolicy;
pub use deployment::{
    CallError, ClientError, ConnectError, Deployment, DeploymentAddress, DeploymentStatus,
    ServerCertificates, Token,
};
pub use run::{Arguments, run};
pub use secret::Secret;
pub use static_files::{LoadError, StaticFiles};
