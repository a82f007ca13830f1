//! Changing the camera during a call.
//!
//! The sender keeps its stream and only gets another track, so nobody else notices more than another picture. The next camera is
//! proven before the present one is given up; only where both can't be open at once, as on many phones, it is the other way round,
//! and then the present one is brought back if the next one fails.

use std::rc::Rc;

use room::{CallEvent, DeviceKind, DeviceState};

use super::Call;
use crate::shell::devices;
use crate::shell::live_track::LiveTrack;

impl Call {
    /// Uses the next camera, in the browser's order. A second request while one is under way is ignored.
    pub(crate) async fn switch_camera(self: &Rc<Self>) {
        if self.is_over() || self.changing_devices.replace(true) {
            return;
        }
        self.report(CallEvent::CameraSwitchStarted);
        let outcome = self.try_switch().await;
        self.changing_devices.set(false);
        self.report(outcome);
    }

    async fn try_switch(self: &Rc<Self>) -> CallEvent {
        let cameras = devices::cameras().await;
        self.report(CallEvent::CamerasCounted(cameras.len()));
        let present = self
            .local
            .borrow()
            .as_ref()
            .and_then(|local| local.camera.as_ref()?.device_id());
        let Some(next) = next_camera(&cameras, present.as_deref()) else {
            return CallEvent::CameraSwitchFailed;
        };
        match devices::open_camera(next).await {
            Ok(track) => self.use_camera(track).await,
            Err(DeviceState::Busy) => self.switch_one_at_a_time(next, present.as_deref()).await,
            Err(_) => CallEvent::CameraSwitchFailed,
        }
    }

    async fn switch_one_at_a_time(self: &Rc<Self>, next: &str, present: Option<&str>) -> CallEvent {
        if let Some(local) = self.local.borrow().as_ref()
            && let Some(camera) = &local.camera
        {
            camera.raw().stop();
        }
        let error = match devices::open_camera(next).await {
            Ok(track) => return self.use_camera(track).await,
            Err(error) => error,
        };
        let back = match present {
            Some(present) => devices::open_camera(present).await,
            None => Err(error),
        };
        match back {
            Ok(track) => match self.use_camera(track).await {
                CallEvent::CameraSwitched => CallEvent::CameraSwitchFailed,
                lost => lost,
            },
            Err(state) => self.lose_camera(state),
        }
    }

    /// Sends and shows this camera from now on.
    async fn use_camera(self: &Rc<Self>, track: LiveTrack) -> CallEvent {
        if self.is_over() {
            return CallEvent::CameraSwitchFailed;
        }
        if let Some(publisher) = self.publisher()
            && publisher.replace_track(track.raw()).await.is_err()
        {
            return CallEvent::CameraSwitchFailed;
        }
        let lost = self.on_device_lost();
        let track = track.on_ended(move || lost(DeviceKind::Camera));
        match self.local.borrow_mut().as_mut() {
            Some(local) => local.replace_camera(track),
            None => return CallEvent::CameraSwitchFailed,
        }
        CallEvent::CameraSwitched
    }

    fn lose_camera(&self, state: DeviceState) -> CallEvent {
        if let Some(local) = self.local.borrow_mut().as_mut() {
            local.close_camera();
        }
        CallEvent::CameraLost(state)
    }
}

/// The camera after the present one, in a circle; the first one when the present one is unknown. `None` when there is no other.
fn next_camera<'a>(cameras: &'a [String], present: Option<&str>) -> Option<&'a str> {
    let index = present.and_then(|present| cameras.iter().position(|camera| camera == present));
    let next = match index {
        Some(index) => cameras.get((index + 1) % cameras.len())?,
        None => cameras.first()?,
    };
    (Some(next.as_str()) != present).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::next_camera;

    #[test]
    fn goes_round_in_a_circle() {
        let cameras = ["a", "b", "c"].map(String::from);
        assert_eq!(next_camera(&cameras, Some("a")), Some("b"));
        assert_eq!(next_camera(&cameras, Some("c")), Some("a"));
        assert_eq!(next_camera(&cameras, Some("gone")), Some("a"));
        assert_eq!(next_camera(&cameras, None), Some("a"));
        assert_eq!(next_camera(&cameras[..1], Some("a")), None);
        assert_eq!(next_camera(&[], None), None);
    }
}
