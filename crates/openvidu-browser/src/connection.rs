use openvidu_browser_sys as sys;

use crate::connection_data::ConnectionData;
use crate::ids::ConnectionId;
use crate::js;
use crate::kinds::Role;

/// One participant's slot in a session, your own or a remote one.
///
/// Two handles are equal when they stand for the same JavaScript object.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection(sys::Connection);

impl Connection {
    /// Wraps the SDK's object.
    #[must_use]
    pub fn from_raw(raw: sys::Connection) -> Self {
        Self(raw)
    }

    /// The SDK's object.
    #[must_use]
    pub fn as_raw(&self) -> &sys::Connection {
        &self.0
    }

    /// The id given by the server. (`connectionId`)
    #[must_use]
    pub fn id(&self) -> ConnectionId {
        ConnectionId::new(&js::text(&self.0.connection_id()))
    }

    /// The metadata, read anew at each call. (`data`)
    #[must_use]
    pub fn data(&self) -> ConnectionData {
        ConnectionData::parse(&js::text(&self.0.data()))
    }

    /// Your own role; `None` for everybody else. (`role`)
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        js::some_text(&self.0.role()).map(|role| Role::from_word(&role))
    }

    /// Whether it is your own.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.role().is_some()
    }
}
