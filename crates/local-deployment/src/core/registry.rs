use std::collections::BTreeMap;

use openvidu_protocol::SessionId;

use super::session::Session;

/// The sessions of a deployment. Its methods are spread over the files of their subjects.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) sessions: BTreeMap<SessionId, Session>,
}
