//! Whatever happens in whatever order, the room stays a valid one.
#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use std::collections::HashSet;

use proptest::prelude::*;
use room::{
    Attempt, CallEvent, ConnectionId, DeviceKind, DeviceState, JoinError, LeaveReason, Nickname, OwnDevices,
    Phase, PublishError, RemoteStream, RoomAction, RoomState, SessionName, StreamId, TileId, Toggle,
};

fn connection() -> impl Strategy<Value = ConnectionId> {
    (0..4_u8).prop_map(|n| ConnectionId::new(&format!("con_{n}")))
}

fn stream_id() -> impl Strategy<Value = StreamId> {
    (0..4_u8).prop_map(|n| StreamId::new(&format!("str_{n}")))
}

fn nickname() -> impl Strategy<Value = Option<Nickname>> {
    proptest::option::of(".{0,8}".prop_map(|text| Nickname::new(&text)))
}

fn toggle() -> impl Strategy<Value = Toggle> {
    any::<bool>().prop_map(Toggle::from)
}

fn stream() -> impl Strategy<Value = RemoteStream> {
    (
        stream_id(),
        proptest::option::of(toggle()),
        proptest::option::of(toggle()),
        any::<bool>(),
    )
        .prop_map(|(id, audio, video, failed)| RemoteStream {
            id,
            audio,
            video,
            failed,
        })
}

fn device() -> impl Strategy<Value = DeviceState> {
    prop_oneof![
        Just(DeviceState::Off),
        Just(DeviceState::Waiting),
        Just(DeviceState::Ok),
        Just(DeviceState::None),
        Just(DeviceState::Denied),
        Just(DeviceState::Busy),
    ]
}

fn event() -> impl Strategy<Value = CallEvent> {
    prop_oneof![
        (device(), device())
            .prop_map(|(camera, microphone)| CallEvent::DevicesChanged(OwnDevices { camera, microphone })),
        device().prop_map(|state| CallEvent::DeviceChanged {
            kind: DeviceKind::Camera,
            state
        }),
        (0..3_usize).prop_map(CallEvent::CamerasCounted),
        Just(CallEvent::Connected),
        Just(CallEvent::JoinFailed(JoinError::Refused)),
        Just(CallEvent::Left(LeaveReason::Own)),
        Just(CallEvent::Left(LeaveReason::Cancelled)),
        Just(CallEvent::Reconnecting),
        Just(CallEvent::Reconnected),
        (connection(), nickname())
            .prop_map(|(connection, nickname)| CallEvent::ParticipantJoined { connection, nickname }),
        connection().prop_map(CallEvent::ParticipantLeft),
        (connection(), nickname(), stream()).prop_map(|(connection, nickname, stream)| {
            CallEvent::StreamAdded {
                connection,
                nickname,
                stream,
            }
        }),
        stream_id().prop_map(CallEvent::StreamRemoved),
        (stream_id(), toggle()).prop_map(|(id, toggle)| CallEvent::RemoteAudio(id, toggle)),
        (stream_id(), toggle()).prop_map(|(id, toggle)| CallEvent::RemoteVideo(id, toggle)),
        stream_id().prop_map(CallEvent::SubscribeFailed),
        Just(CallEvent::PublishStarted),
        stream_id().prop_map(CallEvent::Published),
        Just(CallEvent::PublishFailed(PublishError::Failed)),
        Just(CallEvent::UnpublishedByModerator),
        toggle().prop_map(CallEvent::OwnAudio),
        toggle().prop_map(CallEvent::OwnVideo),
        Just(CallEvent::CameraSwitchStarted),
        Just(CallEvent::CameraSwitched),
        Just(CallEvent::CameraSwitchFailed),
        device().prop_map(CallEvent::CameraLost),
    ]
}

fn attempt() -> impl Strategy<Value = Attempt> {
    (0..3_usize).prop_map(|n| (0..n).fold(Attempt::first(), |attempt, _| attempt.next()))
}

fn action() -> impl Strategy<Value = RoomAction> {
    prop_oneof![
        1 => attempt().prop_map(|attempt| RoomAction::JoinStarted {
            attempt,
            session: SessionName::parse("SessionA").unwrap(),
            nickname: Nickname::new("Ada"),
        }),
        12 => (attempt(), event()).prop_map(|(attempt, event)| RoomAction::Call { attempt, event }),
        1 => connection().prop_map(|connection| RoomAction::Promoted(TileId::Remote(connection))),
        1 => Just(RoomAction::NoticeClosed),
        1 => Just(RoomAction::PreviewOffered),
        1 => (device(), device())
            .prop_map(|(camera, microphone)| RoomAction::PreviewChanged(OwnDevices { camera, microphone })),
    ]
}

fn check(state: &RoomState) -> Result<(), TestCaseError> {
    let tiles = state.tiles();
    prop_assert_eq!(&tiles[0].id, &TileId::Own);
    let keys: HashSet<_> = tiles.iter().map(|tile| tile.id.key()).collect();
    prop_assert_eq!(keys.len(), tiles.len(), "a tile twice");
    prop_assert!(
        tiles.iter().any(|tile| tile.id == state.main()),
        "main is nobody's tile"
    );
    prop_assert_eq!(state.main_tile().id, state.main());
    prop_assert!(
        tiles
            .iter()
            .all(|tile| !tile.name().is_empty() || tile.nickname.is_some())
    );
    if !state.phase.is_active() {
        prop_assert!(state.participants.is_empty(), "somebody stays after the end");
    } else {
        prop_assert!(state.preview_actions().is_empty(), "a preview beside a call");
    }
    for action in state.preview_actions() {
        prop_assert!(!action.message().english().is_empty());
    }
    if let Some(promoted) = &state.promoted {
        prop_assert!(
            tiles.iter().any(|tile| tile.id == *promoted),
            "somebody who left is still picked"
        );
    }
    if matches!(state.phase, Phase::Failed(_)) {
        prop_assert!(
            state
                .notice()
                .is_some_and(|notice| !notice.message.english().is_empty())
        );
    }
    for message in state
        .own
        .devices
        .troubles()
        .iter()
        .chain(&state.publish_message())
        .chain(&state.camera_message())
    {
        prop_assert!(!message.english().is_empty());
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_sequence_of_actions_leaves_a_valid_room(actions in proptest::collection::vec(action(), 0..60)) {
        let mut state = RoomState::default();
        for action in actions {
            if let Some(next) = state.next(action) {
                prop_assert!(next != state, "an unchanged state must not be rendered");
                if state.phase.is_active() && !next.phase.is_active() {
                    prop_assert_eq!(next.own.devices, OwnDevices::default(), "a device stays after the end");
                }
                state = next;
            }
            check(&state)?;
        }
    }
}
