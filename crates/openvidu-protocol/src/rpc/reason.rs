wire_enum! {
    /// Why a participant or a stream went away.
    Reason {
        /// The participant left.
        Disconnect = "disconnect",
        /// A moderator disconnected the participant.
        ForceDisconnectByUser = "forceDisconnectByUser",
        /// The application server disconnected the participant.
        ForceDisconnectByServer = "forceDisconnectByServer",
        /// The application server closed the session.
        SessionClosedByServer = "sessionClosedByServer",
        /// The participant's network went away.
        NetworkDisconnect = "networkDisconnect",
        /// The participant stopped publishing.
        Unpublish = "unpublish",
        /// A moderator stopped the stream.
        ForceUnpublishByUser = "forceUnpublishByUser",
        /// The application server stopped the stream.
        ForceUnpublishByServer = "forceUnpublishByServer",
    }
}
