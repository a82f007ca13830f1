//! What happened.

use crate::{
    Attempt, ConnectionId, DeviceKind, DeviceState, JoinError, LeaveReason, Nickname, OwnDevices,
    PublishError, RemoteStream, SessionName, StreamId, TileId, Toggle,
};

/// Something that happened, to the room or by the person in front of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomAction {
    /// JOIN was pressed with a valid form.
    JoinStarted {
        /// The attempt that begins now.
        attempt: Attempt,
        /// The session to join.
        session: SessionName,
        /// What the person calls themselves.
        nickname: Nickname,
    },
    /// Something happened in an attempt. Ignored unless it is the current one.
    Call {
        /// The attempt that it happened in.
        attempt: Attempt,
        /// What happened.
        event: CallEvent,
    },
    /// In front of the form: the person may ask for a preview, which doesn't begin by itself.
    PreviewOffered,
    /// In front of the form: what became of the devices, or that they are off again. Ignored while an attempt is under way.
    PreviewChanged(OwnDevices),
    /// Somebody was picked to be shown large.
    Promoted(TileId),
    /// The notice was read and closed.
    NoticeClosed,
}

/// Something that happened in one attempt to be in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEvent {
    /// Both devices are asked for, or the browser answered for both.
    DevicesChanged(OwnDevices),
    /// One device changed on its own: unplugged, or its permission withdrawn.
    DeviceChanged {
        /// Which one.
        kind: DeviceKind,
        /// What it is now.
        state: DeviceState,
    },
    /// How many cameras there are to switch between.
    CamerasCounted(usize),
    /// The deployment has let us in.
    Connected,
    /// Joining failed.
    JoinFailed(JoinError),
    /// We are no longer in the room (or on the way to it).
    Left(LeaveReason),
    /// The connection broke; the SDK tries to mend it.
    Reconnecting,
    /// The connection is mended.
    Reconnected,
    /// Somebody else is in the room.
    ParticipantJoined {
        /// Their slot.
        connection: ConnectionId,
        /// What they call themselves.
        nickname: Option<Nickname>,
    },
    /// Somebody else left.
    ParticipantLeft(ConnectionId),
    /// Somebody else sends. An unknown connection becomes a participant.
    StreamAdded {
        /// Their slot.
        connection: ConnectionId,
        /// What they call themselves.
        nickname: Option<Nickname>,
        /// What they send.
        stream: RemoteStream,
    },
    /// Somebody else stopped sending.
    StreamRemoved(StreamId),
    /// Somebody else muted or unmuted their microphone.
    RemoteAudio(StreamId, Toggle),
    /// Somebody else turned their camera off or on.
    RemoteVideo(StreamId, Toggle),
    /// Somebody else's stream can't be received.
    SubscribeFailed(StreamId),
    /// Sending our media has begun to be negotiated.
    PublishStarted,
    /// The others get our media.
    Published(StreamId),
    /// Our media could not be sent; the devices have been given back.
    PublishFailed(PublishError),
    /// A moderator or the server stopped our media; the devices have been given back.
    UnpublishedByModerator,
    /// Our microphone is now muted or not.
    OwnAudio(Toggle),
    /// Our camera's picture is now sent or not.
    OwnVideo(Toggle),
    /// The next camera is being opened.
    CameraSwitchStarted,
    /// The next camera is in use.
    CameraSwitched,
    /// The next camera can't be used; the one before still is.
    CameraSwitchFailed,
    /// Neither camera can be used any more.
    CameraLost(DeviceState),
}
