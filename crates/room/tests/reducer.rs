//! The reducer by tables: what happened, and what the room looks like afterwards.
#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use room::{
    Attempt, CallEvent, CameraSwitch, ConnectionId, DeviceKind, DeviceState, JoinError, LeaveReason, Message,
    Nickname, NoticeCode, OwnDevices, Phase, PublishError, Publishing, RemoteStream, RoomAction, RoomState,
    SessionName, StreamId, TileId, Toggle,
};

const BOTH: OwnDevices = OwnDevices {
    camera: DeviceState::Ok,
    microphone: DeviceState::Ok,
};

fn attempt() -> Attempt {
    Attempt::first()
}

fn join(attempt: Attempt) -> RoomAction {
    RoomAction::JoinStarted {
        attempt,
        session: SessionName::parse("SessionA").unwrap(),
        nickname: Nickname::new("Ada"),
    }
}

fn call(event: CallEvent) -> RoomAction {
    RoomAction::Call {
        attempt: attempt(),
        event,
    }
}

fn connection(name: &str) -> ConnectionId {
    ConnectionId::new(&format!("con_{name}"))
}

fn stream(name: &str) -> RemoteStream {
    RemoteStream {
        id: StreamId::new(&format!("str_{name}")),
        audio: Some(Toggle::On),
        video: Some(Toggle::On),
        failed: false,
    }
}

fn added(name: &str) -> CallEvent {
    CallEvent::StreamAdded {
        connection: connection(name),
        nickname: Some(Nickname::new(name)),
        stream: stream(name),
    }
}

/// The state after joining and these events.
fn after(events: impl IntoIterator<Item = CallEvent>) -> RoomState {
    let joined = RoomState::default().next(join(attempt())).unwrap();
    events
        .into_iter()
        .fold(joined, |state, event| state.next(call(event)).unwrap_or(state))
}

fn in_room(events: impl IntoIterator<Item = CallEvent>) -> RoomState {
    after(std::iter::once(CallEvent::Connected).chain(events))
}

fn names(state: &RoomState) -> Vec<String> {
    state.tiles().iter().map(|tile| tile.name().to_string()).collect()
}

#[test]
fn phases_follow_what_happens() {
    use CallEvent as E;
    let error = JoinError::Refused;
    let cases: [(&[CallEvent], Phase); 11] = [
        (&[], Phase::Joining),
        (&[E::Connected], Phase::Connected),
        (&[E::JoinFailed(error.clone())], Phase::Failed(error.clone())),
        (&[E::Left(LeaveReason::Cancelled)], Phase::Lobby),
        (
            &[E::Connected, E::Left(LeaveReason::Own)],
            Phase::Left(LeaveReason::Own),
        ),
        (&[E::Connected, E::Reconnecting], Phase::Reconnecting),
        (&[E::Connected, E::Reconnecting, E::Reconnected], Phase::Connected),
        (
            &[
                E::Connected,
                E::Reconnecting,
                E::Left(LeaveReason::ConnectionLost),
            ],
            Phase::Left(LeaveReason::ConnectionLost),
        ),
        // Out of order: nothing comes of it.
        (&[E::Reconnecting], Phase::Joining),
        (&[E::Connected, E::JoinFailed(error.clone())], Phase::Connected),
        (
            &[E::JoinFailed(error.clone()), E::Connected],
            Phase::Failed(error),
        ),
    ];
    for (events, phase) in cases {
        assert_eq!(after(events.to_vec()).phase, phase, "{events:?}");
    }
}

#[test]
fn an_abandoned_attempt_changes_nothing_any_more() {
    let left = in_room([CallEvent::Left(LeaveReason::Own)]);
    assert_eq!(left.next(call(added("bo"))), None, "after leaving");

    let again = left.next(join(attempt().next())).unwrap();
    for event in [
        CallEvent::Connected,
        added("bo"),
        CallEvent::JoinFailed(JoinError::Refused),
    ] {
        assert_eq!(
            again.next(call(event.clone())),
            None,
            "{event:?} of the attempt before"
        );
    }
}

#[test]
fn join_pressed_twice_joins_once() {
    let joining = after([]);
    assert_eq!(joining.next(join(attempt().next())), None);
}

#[test]
fn names_survive_leaving() {
    let left = in_room([added("bo"), CallEvent::Left(LeaveReason::Own)]);
    assert_eq!(left.session.as_ref().map(SessionName::as_str), Some("SessionA"));
    assert_eq!(left.nickname.as_ref().map(Nickname::as_str), Some("Ada"));
    assert!(left.participants.is_empty());
    assert_eq!(left.own, room::Own::default());
}

#[test]
fn a_stream_that_is_announced_twice_is_one_tile() {
    let state = in_room([
        CallEvent::ParticipantJoined {
            connection: connection("bo"),
            nickname: Some(Nickname::new("bo")),
        },
        added("bo"),
        added("bo"),
    ]);
    assert_eq!(names(&state), ["Ada", "bo"]);
    assert_eq!(state.people(), 2);
}

#[test]
fn a_stream_without_an_announced_participant_makes_one() {
    let state = in_room([CallEvent::StreamAdded {
        connection: connection("x"),
        nickname: None,
        stream: stream("x"),
    }]);
    assert_eq!(names(&state), ["Ada", "Someone"]);
}

#[test]
fn removing_the_middle_one_leaves_the_others_as_they_were() {
    let before = in_room([added("bo"), added("cy"), added("di")]);
    let after = before
        .next(call(CallEvent::ParticipantLeft(connection("cy"))))
        .unwrap();
    assert_eq!(names(&after), ["Ada", "bo", "di"]);
    // By pointer: what did not change is not rendered again.
    assert!(std::rc::Rc::ptr_eq(
        &before.participants[0],
        &after.participants[0]
    ));
    assert!(std::rc::Rc::ptr_eq(
        &before.participants[2],
        &after.participants[1]
    ));
}

#[test]
fn main_is_whoever_was_picked_while_they_are_here() {
    let bo = TileId::Remote(connection("bo"));
    let cy = TileId::Remote(connection("cy"));
    let alone = in_room([]);
    assert_eq!(alone.main(), TileId::Own);

    let state = in_room([added("bo"), added("cy")]);
    assert_eq!(state.main(), bo, "the first of the others");

    let state = state.next(RoomAction::Promoted(cy.clone())).unwrap();
    assert_eq!(state.main(), cy);
    assert_eq!(
        state.next(RoomAction::Promoted(cy)),
        None,
        "again changes nothing"
    );

    let state = state
        .next(call(CallEvent::ParticipantLeft(connection("cy"))))
        .unwrap();
    assert_eq!(state.main(), bo, "falls back");

    let state = state.next(RoomAction::Promoted(TileId::Own)).unwrap();
    assert_eq!(state.main(), TileId::Own);
    let stranger = TileId::Remote(connection("nobody"));
    assert_eq!(state.next(RoomAction::Promoted(stranger)), None);
}

#[test]
fn a_muted_camera_shows_initials_and_a_muted_microphone_a_mark() {
    let id = stream("bo").id;
    let state = in_room([added("bo")]);
    assert!(state.tiles()[1].picture && !state.tiles()[1].silent);
    let state = in_room([
        added("bo"),
        CallEvent::RemoteVideo(id.clone(), Toggle::Off),
        CallEvent::RemoteAudio(id.clone(), Toggle::Off),
    ]);
    assert!(!state.tiles()[1].picture && state.tiles()[1].silent);
    let state = in_room([added("bo"), CallEvent::StreamRemoved(id)]);
    assert!(!state.tiles()[1].picture && state.tiles()[1].silent);
    assert_eq!(state.tiles()[1].stream, None);
}

#[test]
fn unknown_streams_change_nothing() {
    let state = in_room([added("bo")]);
    let unknown = StreamId::new("str_unknown");
    for event in [
        CallEvent::StreamRemoved(unknown.clone()),
        CallEvent::RemoteVideo(unknown.clone(), Toggle::Off),
        CallEvent::SubscribeFailed(unknown),
        CallEvent::ParticipantLeft(connection("unknown")),
    ] {
        assert_eq!(state.next(call(event.clone())), None, "{event:?}");
    }
}

#[test]
fn each_device_tells_its_own_trouble() {
    let state = in_room([CallEvent::DevicesChanged(OwnDevices {
        camera: DeviceState::Denied,
        microphone: DeviceState::Ok,
    })]);
    assert_eq!(
        state.own.devices.troubles(),
        [Message::Device {
            kind: DeviceKind::Camera,
            state: DeviceState::Denied
        }]
    );
    let closed = state.next(RoomAction::NoticeClosed).unwrap();
    assert!(closed.own.devices_acknowledged);
    assert_eq!(closed.phase, Phase::Connected, "closing a notice doesn't leave");

    let changed = CallEvent::DeviceChanged {
        kind: DeviceKind::Microphone,
        state: DeviceState::Failed,
    };
    let news = closed.next(call(changed)).unwrap();
    assert!(!news.own.devices_acknowledged, "something new is told again");
    assert_eq!(news.own.devices.troubles().len(), 2);
}

#[test]
fn failed_publishing_says_so_and_the_devices_are_off() {
    let live = [CallEvent::DevicesChanged(BOTH), CallEvent::PublishStarted];
    for (event, publishing) in [
        (
            CallEvent::PublishFailed(PublishError::Failed),
            Publishing::Failed(PublishError::Failed),
        ),
        (CallEvent::UnpublishedByModerator, Publishing::StoppedByModerator),
    ] {
        let state = in_room(live.iter().cloned().chain([event]));
        assert_eq!(state.own.publishing, publishing);
        assert_eq!(state.own.devices, OwnDevices::default());
        assert!(state.publish_message().is_some());
        assert_eq!(state.own_tile().trouble, Some(Message::NobodySeesYou));
    }
    // A device that was missing stays missing.
    let partly = OwnDevices {
        camera: DeviceState::None,
        microphone: DeviceState::Ok,
    };
    let state = in_room([
        CallEvent::DevicesChanged(partly),
        CallEvent::PublishFailed(PublishError::Timeout),
    ]);
    assert_eq!(
        state.own.devices,
        OwnDevices {
            camera: DeviceState::None,
            microphone: DeviceState::Off
        }
    );
}

#[test]
fn the_camera_can_be_switched_when_there_is_another_and_none_is_being_opened() {
    let ready = [CallEvent::DevicesChanged(BOTH), CallEvent::CamerasCounted(2)];
    assert!(in_room(ready.clone()).own.can_switch_camera());
    assert!(
        !in_room([CallEvent::DevicesChanged(BOTH), CallEvent::CamerasCounted(1)])
            .own
            .can_switch_camera()
    );

    let switching = in_room(ready.iter().cloned().chain([CallEvent::CameraSwitchStarted]));
    assert!(!switching.own.can_switch_camera());
    let failed = switching.next(call(CallEvent::CameraSwitchFailed)).unwrap();
    assert!(failed.own.can_switch_camera());
    assert!(failed.camera_message().is_some());
    assert_eq!(
        failed.next(RoomAction::NoticeClosed).unwrap().own.camera_switch,
        CameraSwitch::Idle
    );

    let lost = switching
        .next(call(CallEvent::CameraLost(DeviceState::Busy)))
        .unwrap();
    assert_eq!(lost.own.devices.camera, DeviceState::Busy);
    assert!(!lost.own.can_switch_camera());
}

#[test]
fn every_way_out_has_its_notice() {
    let failed = |error| {
        after([CallEvent::JoinFailed(error)])
            .notice()
            .map(|notice| notice.code)
    };
    assert_eq!(failed(JoinError::Refused), Some(NoticeCode::Refused));
    assert_eq!(
        failed(JoinError::DeploymentUnreachable),
        Some(NoticeCode::Unreachable)
    );
    assert_eq!(
        failed(JoinError::ServerUnreachable),
        Some(NoticeCode::Unreachable)
    );
    assert_eq!(failed(JoinError::ServerTimeout), Some(NoticeCode::Timeout));
    assert_eq!(
        failed(JoinError::ServerError { status: 500 }),
        Some(NoticeCode::ServerError)
    );
    assert_eq!(failed(JoinError::BadToken), Some(NoticeCode::ServerError));
    assert_eq!(failed(JoinError::SdkNotLoaded), Some(NoticeCode::SdkNotLoaded));

    let left = |reason| {
        in_room([CallEvent::Left(reason)])
            .notice()
            .map(|notice| notice.code)
    };
    assert_eq!(left(LeaveReason::Own), Some(NoticeCode::Left));
    assert_eq!(left(LeaveReason::EvictedByModerator), Some(NoticeCode::Evicted));
    assert_eq!(left(LeaveReason::EvictedByServer), Some(NoticeCode::Evicted));
    assert_eq!(left(LeaveReason::SessionClosed), Some(NoticeCode::SessionClosed));
    assert_eq!(
        left(LeaveReason::ConnectionLost),
        Some(NoticeCode::ConnectionLost)
    );
    assert_eq!(left(LeaveReason::Cancelled), None, "who cancels knows it");

    let closed = in_room([CallEvent::Left(LeaveReason::Own)])
        .next(RoomAction::NoticeClosed)
        .unwrap();
    assert_eq!(closed.phase, Phase::Lobby);
    assert_eq!(closed.notice(), None);
}
