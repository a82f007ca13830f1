//! Asking once more for a device that was missing, without leaving the room.

use std::rc::Rc;

use room::{CallEvent, DeviceKind, DeviceState, OwnDevices};

use super::Call;
use crate::shell::devices;
use crate::shell::live_track::LiveTrack;
use crate::shell::local_media::{LocalMedia, OpenedMedia};
use crate::shell::translate;

impl Call {
    /// Asks once more for the devices that are missing, and sends what there is then. Where nothing new is found, what is sent goes
    /// on untouched; otherwise it is sent anew, as a stream can't get a track that it wasn't negotiated with.
    pub(crate) async fn retry_devices(self: &Rc<Self>) {
        if self.is_over() || self.changing_devices.replace(true) {
            return;
        }
        self.look_for_missing().await;
        self.changing_devices.set(false);
    }

    async fn look_for_missing(self: &Rc<Self>) {
        let has_camera = self.has(|media| media.camera.as_ref());
        let has_microphone = self.has(|media| media.microphone.as_ref());
        let state = |open: bool| {
            if open {
                DeviceState::Ok
            } else {
                DeviceState::Waiting
            }
        };
        self.report(CallEvent::DevicesChanged(OwnDevices {
            camera: state(has_camera),
            microphone: state(has_microphone),
        }));

        let camera = missing(DeviceKind::Camera, has_camera).await;
        let microphone = missing(DeviceKind::Microphone, has_microphone).await;
        if self.is_over() {
            return;
        }
        if matches!(camera, Some(Ok(_))) || matches!(microphone, Some(Ok(_))) {
            self.send_anew(camera, microphone).await;
        } else {
            self.report(CallEvent::DevicesChanged(OwnDevices {
                camera: state_of(camera.as_ref()),
                microphone: state_of(microphone.as_ref()),
            }));
        }
        self.report(CallEvent::CamerasCounted(devices::cameras().await.len()));
    }

    async fn send_anew(self: &Rc<Self>, camera: Option<Answer>, microphone: Option<Answer>) {
        self.report(CallEvent::PublishStarted);
        if let (Some(room), Some(publisher)) = (self.room(), self.publisher()) {
            let unpublished = room.session.unpublish(&publisher).await;
            if let Err(error) = unpublished {
                return self.give_up_publishing(translate::publish_error(&error));
            }
        }
        self.close_media();
        // The SDK stopped the other track along with its stream.
        let camera = again(DeviceKind::Camera, camera).await;
        let microphone = again(DeviceKind::Microphone, microphone).await;
        if self.is_over() {
            return;
        }
        let states = OwnDevices {
            camera: state_of(Some(&camera)),
            microphone: state_of(Some(&microphone)),
        };
        self.use_media(OpenedMedia {
            media: LocalMedia::new(camera.ok(), microphone.ok()),
            states,
        });
        self.make_publisher().await;
        self.publish().await;
    }

    /// Whether a device is open and hasn't gone away.
    fn has(&self, track: impl Fn(&LocalMedia) -> Option<&LiveTrack>) -> bool {
        let local = self.local.borrow();
        local.as_ref().and_then(track).is_some_and(LiveTrack::is_live)
    }
}

type Answer = Result<LiveTrack, DeviceState>;

/// The browser's answer for a device; nobody asks for one that is open.
async fn missing(kind: DeviceKind, open: bool) -> Option<Answer> {
    if open {
        None
    } else {
        Some(devices::open_one(kind).await)
    }
}

async fn again(kind: DeviceKind, answer: Option<Answer>) -> Answer {
    match answer {
        Some(answer) => answer,
        None => devices::open_one(kind).await,
    }
}

fn state_of(answer: Option<&Answer>) -> DeviceState {
    match answer {
        None | Some(Ok(_)) => DeviceState::Ok,
        Some(Err(state)) => *state,
    }
}
