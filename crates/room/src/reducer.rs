//! What becomes of the room when something happens.

use std::rc::Rc;

use crate::{
    Attempt, CallEvent, CameraSwitch, ConnectionId, DeviceKind, DeviceState, LeaveReason, Nickname, Own,
    OwnDevices, Participant, Phase, Publishing, RemoteStream, RoomAction, RoomState, SessionName, StreamId,
    TileId,
};

impl RoomState {
    /// The room after `action`, or `None` when nothing changes.
    #[must_use]
    pub fn next(&self, action: RoomAction) -> Option<Self> {
        let next = match action {
            RoomAction::JoinStarted {
                attempt,
                session,
                nickname,
            } => self.join_started(attempt, session, nickname),
            RoomAction::Call { attempt, event } => {
                if attempt != self.attempt || !self.phase.is_active() {
                    return None;
                }
                self.after(event)
            }
            RoomAction::PreviewOffered => Some(Self {
                preview_offered: true,
                ..self.clone()
            }),
            RoomAction::PreviewChanged(devices) => self.previewed(devices),
            RoomAction::Promoted(tile) => self.promoted(tile),
            RoomAction::NoticeClosed => Some(self.notice_closed()),
        }?;
        (next != *self).then_some(next)
    }

    fn join_started(&self, attempt: Attempt, session: SessionName, nickname: Nickname) -> Option<Self> {
        if self.phase.is_active() || attempt == self.attempt {
            return None;
        }
        Some(Self {
            attempt,
            phase: Phase::Joining,
            session: Some(session),
            nickname: Some(nickname),
            own: Own {
                // What the preview has opened is taken along; anything else is asked for anew.
                devices: if self.own.devices.both_ok() {
                    self.own.devices
                } else {
                    OwnDevices::WAITING
                },
                ..Own::default()
            },
            participants: Vec::new(),
            promoted: None,
            preview_offered: true,
        })
    }

    fn previewed(&self, devices: OwnDevices) -> Option<Self> {
        (!self.phase.is_active()).then(|| Self {
            own: Own {
                devices,
                ..Own::default()
            },
            preview_offered: true,
            ..self.clone()
        })
    }

    fn promoted(&self, tile: TileId) -> Option<Self> {
        let known = tile == TileId::Own || self.participant(&tile).is_some();
        (self.phase.is_in_room() && known).then(|| Self {
            promoted: Some(tile),
            ..self.clone()
        })
    }

    fn notice_closed(&self) -> Self {
        let mut next = self.clone();
        if matches!(next.phase, Phase::Left(_) | Phase::Failed(_)) {
            next.phase = Phase::Lobby;
        }
        next.own.devices_acknowledged = true;
        if matches!(next.own.camera_switch, CameraSwitch::Failed | CameraSwitch::Lost) {
            next.own.camera_switch = CameraSwitch::Idle;
        }
        next
    }

    fn after(&self, event: CallEvent) -> Option<Self> {
        match event {
            CallEvent::JoinFailed(error) if self.phase == Phase::Joining => {
                Some(self.over(Phase::Failed(error)))
            }
            CallEvent::JoinFailed(_) => None,
            CallEvent::Left(LeaveReason::Cancelled) => Some(self.over(Phase::Lobby)),
            CallEvent::Left(reason) => Some(self.over(Phase::Left(reason))),
            CallEvent::Connected if self.phase == Phase::Joining => Some(self.in_phase(Phase::Connected)),
            CallEvent::Reconnecting if self.phase == Phase::Connected => {
                Some(self.in_phase(Phase::Reconnecting))
            }
            CallEvent::Reconnected if self.phase == Phase::Reconnecting => {
                Some(self.in_phase(Phase::Connected))
            }
            CallEvent::Connected | CallEvent::Reconnecting | CallEvent::Reconnected => None,

            CallEvent::ParticipantJoined { connection, nickname } => {
                Some(self.with_participant(connection, nickname, None))
            }
            CallEvent::StreamAdded {
                connection,
                nickname,
                stream,
            } => Some(self.with_participant(connection, nickname, Some(stream))),
            CallEvent::ParticipantLeft(connection) => Some(self.without_participant(&connection)),
            CallEvent::StreamRemoved(stream) => self.with_stream(&stream, |_| None),
            CallEvent::RemoteAudio(stream, toggle) => self.with_stream(&stream, |mut s| {
                s.audio = s.audio.map(|_| toggle);
                Some(s)
            }),
            CallEvent::RemoteVideo(stream, toggle) => self.with_stream(&stream, |mut s| {
                s.video = s.video.map(|_| toggle);
                Some(s)
            }),
            CallEvent::SubscribeFailed(stream) => {
                self.with_stream(&stream, |s| Some(RemoteStream { failed: true, ..s }))
            }

            own => Some(Self {
                own: self.own.after(own),
                ..self.clone()
            }),
        }
    }

    fn in_phase(&self, phase: Phase) -> Self {
        Self {
            phase,
            ..self.clone()
        }
    }

    /// The attempt is over: names stay for the form, everything else is gone.
    fn over(&self, phase: Phase) -> Self {
        Self {
            attempt: self.attempt,
            phase,
            session: self.session.clone(),
            nickname: self.nickname.clone(),
            preview_offered: self.preview_offered,
            ..Self::default()
        }
    }

    fn with_participant(
        &self,
        connection: ConnectionId,
        nickname: Option<Nickname>,
        stream: Option<RemoteStream>,
    ) -> Self {
        let mut next = self.clone();
        match next.participants.iter_mut().find(|p| p.connection == connection) {
            Some(known) => {
                *known = Rc::new(Participant {
                    connection,
                    nickname: nickname.or_else(|| known.nickname.clone()),
                    stream: stream.or_else(|| known.stream.clone()),
                });
            }
            None => next.participants.push(Rc::new(Participant {
                connection,
                nickname,
                stream,
            })),
        }
        next
    }

    fn without_participant(&self, connection: &ConnectionId) -> Self {
        let mut next = self.clone();
        next.participants.retain(|p| p.connection != *connection);
        if next.promoted.as_ref() == Some(&TileId::Remote(connection.clone())) {
            next.promoted = None;
        }
        next
    }

    fn with_stream(
        &self,
        stream: &StreamId,
        change: impl FnOnce(RemoteStream) -> Option<RemoteStream>,
    ) -> Option<Self> {
        let mut next = self.clone();
        let participant = next
            .participants
            .iter_mut()
            .find(|p| p.stream.as_ref().is_some_and(|s| s.id == *stream))?;
        let current = participant.stream.clone()?;
        *participant = Rc::new(Participant {
            stream: change(current),
            ..Participant::clone(participant)
        });
        Some(next)
    }
}

impl Own {
    /// What becomes of ourselves. Events about the room as a whole or about others change nothing here.
    fn after(&self, event: CallEvent) -> Self {
        let mut own = self.clone();
        match event {
            CallEvent::DevicesChanged(devices) => {
                own.devices = devices;
                own.devices_acknowledged = false;
            }
            CallEvent::DeviceChanged { kind, state } => {
                own.devices = own.devices.with(kind, state);
                own.devices_acknowledged = false;
            }
            CallEvent::CamerasCounted(cameras) => own.cameras = cameras,
            CallEvent::PublishStarted => own.publishing = Publishing::Starting,
            CallEvent::Published(stream) => own.publishing = Publishing::Live(stream),
            CallEvent::PublishFailed(error) => own.stopped(Publishing::Failed(error)),
            CallEvent::UnpublishedByModerator => own.stopped(Publishing::StoppedByModerator),
            CallEvent::OwnAudio(toggle) => own.audio = toggle,
            CallEvent::OwnVideo(toggle) => own.video = toggle,
            CallEvent::CameraSwitchStarted => own.camera_switch = CameraSwitch::Switching,
            CallEvent::CameraSwitched => own.camera_switch = CameraSwitch::Idle,
            CallEvent::CameraSwitchFailed => own.camera_switch = CameraSwitch::Failed,
            CallEvent::CameraLost(state) => {
                own.camera_switch = CameraSwitch::Lost;
                own.devices = own.devices.with(DeviceKind::Camera, state);
            }
            CallEvent::Connected
            | CallEvent::JoinFailed(_)
            | CallEvent::Left(_)
            | CallEvent::Reconnecting
            | CallEvent::Reconnected
            | CallEvent::ParticipantJoined { .. }
            | CallEvent::ParticipantLeft(_)
            | CallEvent::StreamAdded { .. }
            | CallEvent::StreamRemoved(_)
            | CallEvent::RemoteAudio(..)
            | CallEvent::RemoteVideo(..)
            | CallEvent::SubscribeFailed(_) => {}
        }
        own
    }

    /// Our media ended without us wanting it; the devices have been given back.
    fn stopped(&mut self, publishing: Publishing) {
        self.publishing = publishing;
        self.camera_switch = CameraSwitch::Idle;
        for kind in [DeviceKind::Camera, DeviceKind::Microphone] {
            let ok = match kind {
                DeviceKind::Camera => self.devices.camera.is_ok(),
                DeviceKind::Microphone => self.devices.microphone.is_ok(),
            };
            if ok {
                self.devices = self.devices.with(kind, DeviceState::Off);
            }
        }
    }
}
