use std::time::Duration;

/// What outsiders can make the deployment keep, and for how long. OpenVidu itself sets only the times; the sizes
/// keep one careless application from exhausting the process.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Sessions at the same time.
    pub(crate) sessions: usize,
    /// Participants of a session, hidden ones included.
    pub(crate) participants: usize,
    /// Tokens of a session that nobody has used yet. One more replaces the oldest, so that a page that asks for
    /// tokens and never joins can't lock others out.
    pub(crate) pending: usize,
    /// Bytes of a websocket message. OpenVidu's own limit is 50 KiB; offers of browsers with many codecs come near it.
    pub(crate) frame: usize,
    /// Bytes of client data, and of server data. OpenVidu's own limit is that of a message, 50 KiB.
    pub(crate) metadata: usize,
    /// Bytes of a signal's type and data. OpenVidu's own limit is that of a message, 50 KiB.
    pub(crate) signal: usize,
    /// Bytes of a changed stream property and its reason.
    pub(crate) property: usize,
    /// Bytes of a client's description of its platform; the rest is cut off.
    pub(crate) platform: usize,
    /// Notifications that wait for a client that lost its socket.
    pub(crate) backlog: usize,
    /// How long a client may be without a socket before it counts as gone. The Kurento JSON-RPC library's default.
    pub(crate) grace: Duration,
    /// How many ping intervals may pass without a ping. The Kurento JSON-RPC library's default.
    pub(crate) missed_pings: u32,
    /// The interval of a client that does not tell it. The Kurento JSON-RPC library's default.
    pub(crate) default_ping: Duration,
    /// The longest interval that a client can ask for.
    pub(crate) longest_ping: Duration,
    /// How long a client may keep its socket open after leaving, as in OpenVidu.
    pub(crate) farewell: Duration,
    /// Time between two collections of sessions that nobody joined. OpenVidu's default.
    pub(crate) garbage_interval: Duration,
    /// Age at which such a session is collected. OpenVidu's default.
    pub(crate) garbage_threshold: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sessions: 10_000,
            participants: 500,
            pending: 1_000,
            frame: 256 * 1024,
            metadata: 48 * 1024,
            signal: 64 * 1024,
            property: 4 * 1024,
            platform: 256,
            backlog: 1_024,
            grace: Duration::from_secs(10),
            missed_pings: 3,
            default_ping: Duration::from_secs(20),
            longest_ping: Duration::from_secs(60),
            farewell: Duration::from_secs(10),
            garbage_interval: Duration::from_secs(900),
            garbage_threshold: Duration::from_secs(3600),
        }
    }
}
