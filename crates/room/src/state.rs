//! The room as it is now, and what follows from it.

use std::rc::Rc;

use crate::{
    Attempt, CameraSwitch, JoinError, LeaveReason, Message, Nickname, Notice, NoticeCode, OwnDevices,
    Participant, PreviewAction, Publishing, SessionName, Severity, StreamId, TileId, TileView, Toggle,
};

/// Where somebody is between the form and the room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// In front of the form.
    #[default]
    Lobby,
    /// JOIN was pressed; nobody has let us in yet.
    Joining,
    /// In the room.
    Connected,
    /// In the room, but the connection broke and is being mended.
    Reconnecting,
    /// Was in the room and no longer is. The form is back.
    Left(LeaveReason),
    /// Couldn't get into the room. The form is back.
    Failed(JoinError),
}

impl Phase {
    /// A short, stable word for style sheets and tests.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Lobby => "lobby",
            Self::Joining => "joining",
            Self::Connected => "connected",
            Self::Reconnecting => "reconnecting",
            Self::Left(_) => "left",
            Self::Failed(_) => "failed",
        }
    }

    /// Whether an attempt is under way: something may still come of it.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        match self {
            Self::Joining | Self::Connected | Self::Reconnecting => true,
            Self::Lobby | Self::Left(_) | Self::Failed(_) => false,
        }
    }

    /// Whether we are in the room.
    #[must_use]
    pub const fn is_in_room(&self) -> bool {
        match self {
            Self::Connected | Self::Reconnecting => true,
            Self::Lobby | Self::Joining | Self::Left(_) | Self::Failed(_) => false,
        }
    }
}

/// Ourselves in the room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// What became of camera and microphone.
    pub devices: OwnDevices,
    /// Whether trouble with the devices was read and closed.
    pub devices_acknowledged: bool,
    /// How many cameras there are to switch between.
    pub cameras: usize,
    /// Whether the others get our media.
    pub publishing: Publishing,
    /// Whether our microphone is on, as the SDK confirmed it.
    pub audio: Toggle,
    /// Whether our camera's picture is on, as the SDK confirmed it.
    pub video: Toggle,
    /// A change of camera under way.
    pub camera_switch: CameraSwitch,
}

impl Own {
    /// Whether there is a picture of ourselves.
    #[must_use]
    pub const fn shows_picture(&self) -> bool {
        self.devices.camera.is_ok() && self.video.is_on()
    }

    /// Whether the camera can be changed now.
    #[must_use]
    pub const fn can_switch_camera(&self) -> bool {
        self.devices.camera.is_ok()
            && self.cameras > 1
            && !matches!(self.camera_switch, CameraSwitch::Switching)
    }
}

/// The room as it is now. Cloning is shallow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomState {
    /// The attempt that everything here belongs to.
    pub attempt: Attempt,
    /// Where we are.
    pub phase: Phase,
    /// The session that was joined last; kept after leaving.
    pub session: Option<SessionName>,
    /// What we call ourselves; kept after leaving.
    pub nickname: Option<Nickname>,
    /// Ourselves.
    pub own: Own,
    /// Everybody else, in the order in which they came.
    pub participants: Vec<Rc<Participant>>,
    /// Who was picked to be shown large, for as long as they are here.
    pub promoted: Option<TileId>,
    /// Whether a preview can be asked for in front of the form. Not before it is known whether it begins by itself.
    pub preview_offered: bool,
}

impl RoomState {
    /// What can be done about the preview of our own devices in front of the form.
    #[must_use]
    pub fn preview_actions(&self) -> &'static [PreviewAction] {
        let devices = self.own.devices;
        if self.phase.is_active() || !self.preview_offered {
            &[]
        } else if devices == OwnDevices::default() {
            &[PreviewAction::Start]
        } else if !devices.can_be_retried() {
            &[PreviewAction::Stop]
        } else if devices.camera.is_ok() || devices.microphone.is_ok() {
            &[PreviewAction::Retry, PreviewAction::Stop]
        } else {
            &[PreviewAction::Retry]
        }
    }

    /// Whether asking once more for the devices that are missing makes sense now.
    #[must_use]
    pub fn can_retry_devices(&self) -> bool {
        let at_rest = match self.own.publishing {
            Publishing::Idle | Publishing::Live(_) => true,
            Publishing::Starting | Publishing::Failed(_) | Publishing::StoppedByModerator => false,
        };
        self.phase == Phase::Connected && at_rest && self.own.devices.can_be_retried()
    }

    /// How many people are in the room, we among them.
    #[must_use]
    pub fn people(&self) -> usize {
        if self.phase.is_in_room() {
            self.participants.len() + 1
        } else {
            0
        }
    }

    /// Somebody else in the room.
    #[must_use]
    pub fn participant(&self, tile: &TileId) -> Option<&Rc<Participant>> {
        match tile {
            TileId::Own => None,
            TileId::Remote(connection) => self.participants.iter().find(|p| p.connection == *connection),
        }
    }

    /// Whoever sends this stream.
    #[must_use]
    pub fn publisher_of(&self, stream: &StreamId) -> Option<&Rc<Participant>> {
        self.participants
            .iter()
            .find(|p| p.stream.as_ref().is_some_and(|s| s.id == *stream))
    }

    /// Who is shown large: who was picked, else the first of the others, else ourselves.
    #[must_use]
    pub fn main(&self) -> TileId {
        if let Some(promoted) = self.promoted.as_ref().filter(|tile| self.has_tile(tile)) {
            return promoted.clone();
        }
        let first = self
            .participants
            .iter()
            .find(|p| p.stream.is_some())
            .or_else(|| self.participants.first());
        first.map_or(TileId::Own, |p| TileId::Remote(p.connection.clone()))
    }

    /// Every tile: ourselves first, then the others in the order in which they came.
    #[must_use]
    pub fn tiles(&self) -> Vec<TileView> {
        let others = self.participants.iter().map(|p| Self::remote_tile(p));
        std::iter::once(self.own_tile()).chain(others).collect()
    }

    /// The tile that is shown large.
    #[must_use]
    pub fn main_tile(&self) -> TileView {
        let main = self.main();
        self.participant(&main)
            .map_or_else(|| self.own_tile(), |p| Self::remote_tile(p))
    }

    /// What to tell above the form or the stage, if anything.
    #[must_use]
    pub fn notice(&self) -> Option<Notice> {
        let (code, severity, message) = match &self.phase {
            Phase::Lobby | Phase::Joining | Phase::Connected | Phase::Reconnecting => return None,
            Phase::Failed(error) => (NoticeCode::from(error), Severity::Error, error.message()),
            Phase::Left(reason) => match reason {
                LeaveReason::Cancelled => return None,
                LeaveReason::Own => (NoticeCode::Left, Severity::Info, Message::YouLeft),
                LeaveReason::EvictedByModerator => {
                    (NoticeCode::Evicted, Severity::Error, Message::EvictedByModerator)
                }
                LeaveReason::EvictedByServer => {
                    (NoticeCode::Evicted, Severity::Error, Message::EvictedByServer)
                }
                LeaveReason::SessionClosed => {
                    (NoticeCode::SessionClosed, Severity::Error, Message::SessionClosed)
                }
                LeaveReason::ConnectionLost => (
                    NoticeCode::ConnectionLost,
                    Severity::Error,
                    Message::ConnectionLost,
                ),
                LeaveReason::ServerFailed => {
                    (NoticeCode::ConnectionLost, Severity::Error, Message::ServerFailed)
                }
            },
        };
        Some(Notice {
            code,
            severity,
            message,
        })
    }

    /// What to tell about our media not reaching the others.
    #[must_use]
    pub const fn publish_message(&self) -> Option<Message> {
        match self.own.publishing {
            Publishing::Idle | Publishing::Starting | Publishing::Live(_) => None,
            Publishing::Failed(error) => Some(Message::PublishFailed(error)),
            Publishing::StoppedByModerator => Some(Message::StoppedByModerator),
        }
    }

    /// What to tell about the last change of camera.
    #[must_use]
    pub const fn camera_message(&self) -> Option<Message> {
        match self.own.camera_switch {
            CameraSwitch::Idle | CameraSwitch::Switching => None,
            CameraSwitch::Failed => Some(Message::CameraSwitchFailed),
            CameraSwitch::Lost => Some(Message::CameraLost),
        }
    }

    fn has_tile(&self, tile: &TileId) -> bool {
        *tile == TileId::Own || self.participant(tile).is_some()
    }

    /// Our own tile.
    #[must_use]
    pub fn own_tile(&self) -> TileView {
        let own = &self.own;
        TileView {
            id: TileId::Own,
            stream: match &own.publishing {
                Publishing::Live(stream) => Some(stream.clone()),
                Publishing::Idle
                | Publishing::Starting
                | Publishing::Failed(_)
                | Publishing::StoppedByModerator => None,
            },
            nickname: self.nickname.clone(),
            picture: own.shows_picture(),
            silent: !(own.devices.microphone.is_ok() && own.audio.is_on()),
            trouble: match own.publishing {
                Publishing::Failed(_) | Publishing::StoppedByModerator => Some(Message::NobodySeesYou),
                Publishing::Idle | Publishing::Starting | Publishing::Live(_) => None,
            },
        }
    }

    fn remote_tile(participant: &Participant) -> TileView {
        let stream = participant.stream.as_ref();
        TileView {
            id: TileId::Remote(participant.connection.clone()),
            stream: stream.map(|s| s.id.clone()),
            nickname: participant.nickname.clone(),
            picture: stream.is_some_and(crate::RemoteStream::shows_picture),
            silent: !stream.is_some_and(|s| s.audio.is_some_and(Toggle::is_on)),
            trouble: stream.filter(|s| s.failed).map(|_| Message::StreamNotReceived),
        }
    }
}
