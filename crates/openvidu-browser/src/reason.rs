use crate::text::words;

words! {
    /// Why a connection, or the session for you, ended.
    ConnectionReason {
        /// `Session.disconnect` was called.
        Disconnect = "disconnect",
        /// A moderator evicted the participant.
        ForceDisconnectByUser = "forceDisconnectByUser",
        /// The application server evicted the participant.
        ForceDisconnectByServer = "forceDisconnectByServer",
        /// The application server closed the session.
        SessionClosedByServer = "sessionClosedByServer",
        /// The network was lost for too long.
        NetworkDisconnect = "networkDisconnect",
        /// The server's node crashed (OpenVidu Enterprise).
        NodeCrashed = "nodeCrashed",
    }
}

words! {
    /// Why a stream ended.
    StreamReason {
        /// `Session.unpublish` was called.
        Unpublish = "unpublish",
        /// Its owner left with `Session.disconnect`.
        Disconnect = "disconnect",
        /// A moderator ended the publication.
        ForceUnpublishByUser = "forceUnpublishByUser",
        /// The application server ended the publication.
        ForceUnpublishByServer = "forceUnpublishByServer",
        /// A moderator evicted its owner.
        ForceDisconnectByUser = "forceDisconnectByUser",
        /// The application server evicted its owner.
        ForceDisconnectByServer = "forceDisconnectByServer",
        /// The application server closed the session.
        SessionClosedByServer = "sessionClosedByServer",
        /// Its owner's network was lost for too long.
        NetworkDisconnect = "networkDisconnect",
        /// The media server's node crashed (OpenVidu Enterprise).
        NodeCrashed = "nodeCrashed",
    }
}

words! {
    /// Why a property of a stream changed.
    PropertyReason {
        /// `Publisher.publishVideo` was called.
        PublishVideo = "publishVideo",
        /// `Publisher.publishAudio` was called.
        PublishAudio = "publishAudio",
        /// `Publisher.replaceTrack` was called.
        TrackReplaced = "trackReplaced",
        /// The device was turned.
        DeviceRotated = "deviceRotated",
        /// The shared window was resized.
        ScreenResized = "screenResized",
        /// A filter was applied, or removed on this side.
        ApplyFilter = "applyFilter",
        /// A method of a filter was called.
        ExecFilterMethod = "execFilterMethod",
        /// A filter was removed.
        RemoveFilter = "removeFilter",
    }
}
