//! Bodies of OpenVidu's REST API below `/openvidu/api`.
//!
//! Requests take `null` for an absent value and ignore unknown keys, because OpenVidu's own clients send both.
//! Enums of requests keep unknown values, so that the server can name the offending one.

mod config;
mod connection;
mod error;
mod ice_server;
mod list;
mod recording;
mod session;
mod signal;
mod token;

pub use config::DeploymentConfig;
pub use connection::{
    Connection, ConnectionKind, ConnectionProperties, ConnectionStatus, ConnectionUpdate, KurentoOptions,
    MediaOptions, Publisher, Subscriber,
};
pub use error::ErrorBody;
pub use ice_server::{IceServer, IceServerError};
pub use list::List;
pub use recording::{OutputMode, RecordingLayout, RecordingProperties};
pub use session::{MediaMode, RecordingMode, Session, SessionProperties, VideoCodec};
pub use signal::Signal;
pub use token::{TokenProperties, TokenResponse};

/// The user name of HTTP Basic authentication; the password is the deployment's secret.
pub const USER: &str = "OPENVIDUAPP";
