//! Our own devices in front of the form, by tables.
#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use room::{
    CallEvent, DeviceState, LeaveReason, Nickname, OwnDevices, Phase, PreviewAction, PublishError,
    RoomAction, RoomState, SessionName,
};

const fn devices(camera: DeviceState, microphone: DeviceState) -> OwnDevices {
    OwnDevices { camera, microphone }
}

const BOTH: OwnDevices = devices(DeviceState::Ok, DeviceState::Ok);

fn previewed(devices: OwnDevices) -> RoomState {
    let state = RoomState::default();
    let changed = state.next(RoomAction::PreviewChanged(devices));
    changed.unwrap()
}

fn join(state: &RoomState) -> RoomState {
    let attempt = state.attempt.next();
    let session = SessionName::parse("SessionA").unwrap();
    let nickname = Nickname::new("Ada");
    let action = RoomAction::JoinStarted {
        attempt,
        session,
        nickname,
    };
    state.next(action).unwrap()
}

fn call(state: &RoomState, event: CallEvent) -> RoomState {
    let attempt = state.attempt;
    state.next(RoomAction::Call { attempt, event }).unwrap()
}

#[test]
fn nothing_can_be_done_before_it_is_known_whether_it_begins_by_itself() {
    let state = RoomState::default();
    assert_eq!(state.preview_actions(), []);
    let state = state.next(RoomAction::PreviewOffered).unwrap();
    assert_eq!(state.preview_actions(), [PreviewAction::Start]);
    assert!(state.next(RoomAction::PreviewOffered).is_none());
}

#[test]
fn what_can_be_done_follows_from_the_devices() {
    use DeviceState::{Busy, Denied, Insecure, None, Ok, Waiting};
    use PreviewAction::{Retry, Stop};
    let cases: [(OwnDevices, &[PreviewAction]); 6] = [
        (OwnDevices::WAITING, &[Stop]),
        (BOTH, &[Stop]),
        (devices(Ok, Denied), &[Retry, Stop]),
        (devices(None, Busy), &[Retry]),
        (devices(Insecure, Insecure), &[Stop]),
        (devices(Waiting, Ok), &[Stop]),
    ];
    for (devices, actions) in cases {
        assert_eq!(previewed(devices).preview_actions(), actions, "{devices:?}");
    }
}

#[test]
fn join_takes_along_what_is_open_and_asks_for_anything_else_anew() {
    assert_eq!(join(&previewed(BOTH)).own.devices, BOTH);
    let incomplete = devices(DeviceState::Ok, DeviceState::Busy);
    for devices in [OwnDevices::default(), OwnDevices::WAITING, incomplete] {
        assert_eq!(
            join(&previewed(devices)).own.devices,
            OwnDevices::WAITING,
            "{devices:?}"
        );
    }
}

#[test]
fn a_call_is_none_of_the_previews_business() {
    let joining = join(&previewed(BOTH));
    assert_eq!(joining.preview_actions(), []);
    assert!(
        joining
            .next(RoomAction::PreviewChanged(OwnDevices::default()))
            .is_none()
    );
}

#[test]
fn after_a_call_the_devices_are_off_and_a_preview_is_offered() {
    for reason in [
        LeaveReason::Own,
        LeaveReason::Cancelled,
        LeaveReason::ConnectionLost,
    ] {
        let over = call(&join(&previewed(BOTH)), CallEvent::Left(reason));
        assert_eq!(over.own.devices, OwnDevices::default());
        assert_eq!(over.preview_actions(), [PreviewAction::Start]);
    }
}

#[test]
fn a_preview_leaves_the_notice_where_it_is() {
    let left = call(&join(&previewed(BOTH)), CallEvent::Left(LeaveReason::Own));
    let state = left.next(RoomAction::PreviewChanged(BOTH)).unwrap();
    assert_eq!(state.phase, Phase::Left(LeaveReason::Own));
    assert!(state.own_tile().picture);
}

#[test]
fn missing_devices_can_be_asked_for_again_in_the_room_unless_sending_is_under_way_or_failed() {
    let connected = call(&join(&RoomState::default()), CallEvent::Connected);
    let without_camera = call(
        &connected,
        CallEvent::DevicesChanged(devices(DeviceState::Denied, DeviceState::Ok)),
    );
    assert!(without_camera.can_retry_devices());
    assert!(!call(&connected, CallEvent::DevicesChanged(BOTH)).can_retry_devices());
    let insecure = devices(DeviceState::Insecure, DeviceState::Insecure);
    assert!(!call(&connected, CallEvent::DevicesChanged(insecure)).can_retry_devices());
    let starting = call(&without_camera, CallEvent::PublishStarted);
    assert!(!starting.can_retry_devices());
    let failed = call(&starting, CallEvent::PublishFailed(PublishError::Failed));
    assert!(!failed.can_retry_devices());
}
