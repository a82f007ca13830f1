use openvidu_protocol::{rpc::RtcIceServer, token::Origin};

use super::{Secret, limits::Limits};

/// The version of OpenVidu whose behaviour is the model.
pub(crate) const VERSION: &str = "2.32.2";

/// What a deployment knows from its start.
#[derive(Debug)]
pub(crate) struct Settings {
    /// What recorder pages join with.
    pub(crate) secret: std::sync::Arc<Secret>,
    /// Where tokens point to.
    pub(crate) origin: Origin,
    /// ICE servers of connections that have none of their own.
    pub(crate) ice_servers: Vec<RtcIceServer>,
    /// What outsiders can make the deployment keep.
    pub(crate) limits: Limits,
}
