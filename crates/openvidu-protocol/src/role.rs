//! What a participant may do.

wire_enum! {
    /// The role of a connection. Each role may do what the one before it may.
    Role {
        /// May subscribe and send signals.
        Subscriber = "SUBSCRIBER",
        /// May also publish.
        Publisher = "PUBLISHER",
        /// May also disconnect and unpublish others, and apply filters to any stream.
        Moderator = "MODERATOR",
    }
}

impl Role {
    /// Whether the role allows publishing a stream.
    #[must_use]
    pub fn may_publish(&self) -> bool {
        matches!(self, Self::Publisher | Self::Moderator)
    }

    /// Whether the role allows acting on other participants.
    #[must_use]
    pub fn may_moderate(&self) -> bool {
        matches!(self, Self::Moderator)
    }
}
