use crate::text::id;

id! {
    /// A session's id, as it was given to the server when the session was made.
    SessionId
}

id! {
    /// A connection's id (`con_…`), given by the server. Unique in its session.
    ConnectionId
}

id! {
    /// A stream's id (`str_…`), given by the server. Unique in its session.
    StreamId
}

id! {
    /// A camera's or microphone's id, given by the browser. Differs from site to site.
    DeviceId
}
