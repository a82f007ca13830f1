//! Our own media: opening the devices, sending it, giving it back.

use std::rc::Rc;

use futures_channel::oneshot;
use openvidu_browser::{AudioSource, Publisher, PublisherEvent, PublisherOptions, StreamReason, VideoSource};
use room::{CallEvent, DeviceKind, DeviceState, OwnDevices, PublishError, StreamId, Toggle};

use super::{Call, Published};
use crate::shell::devices;
use crate::shell::local_media::OpenedMedia;
use crate::shell::translate;

impl Call {
    /// Opens the devices, and prepares to send what they give as soon as the SDK is there. Needs no connection yet.
    pub(super) async fn prepare_publisher(self: &Rc<Self>, sdk_is_ready: oneshot::Receiver<()>) {
        self.open_devices().await;
        if sdk_is_ready.await.is_ok() {
            self.make_publisher().await;
        }
    }

    /// Sends our media, if there is any, once we are in the room.
    pub(super) async fn publish(self: &Rc<Self>) {
        let (Some(room), Some(publisher)) = (self.room(), self.publisher()) else {
            return;
        };
        self.report(CallEvent::PublishStarted);
        match room.session.publish(&publisher).await {
            Ok(()) => {
                let stream = publisher.stream().id().map(|id| StreamId::new(id.as_str()));
                match stream {
                    Some(stream) => self.report(CallEvent::Published(stream)),
                    None => self.give_up_publishing(PublishError::Failed),
                }
            }
            Err(error) => self.give_up_publishing(translate::publish_error(&error)),
        }
    }

    /// Opens the devices and sends them once more, after that failed or was stopped.
    pub(crate) async fn publish_again(self: &Rc<Self>) {
        if self.is_over() || self.publisher().is_some() {
            return;
        }
        self.report(CallEvent::DevicesChanged(OwnDevices::WAITING));
        self.report(CallEvent::PublishStarted);
        self.open_devices().await;
        self.make_publisher().await;
        self.publish().await;
    }

    /// Mutes or unmutes our microphone.
    pub(crate) fn toggle_microphone(&self) {
        let Some(publisher) = self.publisher() else { return };
        let wanted = Toggle::from(publisher.stream().audio_active()).flipped();
        if publisher.publish_audio(wanted.is_on()).is_ok() {
            self.audio.set(wanted);
            self.report(CallEvent::OwnAudio(wanted));
        }
    }

    /// Stops or starts our camera's picture.
    pub(crate) async fn toggle_camera(&self) {
        let Some(publisher) = self.publisher() else { return };
        let wanted = Toggle::from(publisher.stream().video_active()).flipped();
        if publisher.publish_video(wanted.is_on()).await.is_ok() {
            self.video.set(wanted);
            self.report(CallEvent::OwnVideo(wanted));
        }
    }

    /// Gives camera and microphone back.
    pub(super) fn close_media(&self) {
        let published = self.published.take();
        let local = self.local.take();
        self.media.set_own(None);
        drop((published, local));
    }

    async fn open_devices(self: &Rc<Self>) {
        let opened = self.preview.take().await;
        if !self.is_over() {
            self.use_media(opened);
            self.report(CallEvent::CamerasCounted(devices::cameras().await.len()));
        }
    }

    /// Shows these devices, and reports what became of them now and later. Whatever was open before is given back.
    pub(super) fn use_media(self: &Rc<Self>, opened: OpenedMedia) {
        let opened = opened.watched(self.on_device_lost());
        self.media.set_own(opened.view());
        let before = self.local.replace(opened.media);
        drop(before);
        self.report(CallEvent::DevicesChanged(opened.states));
    }

    /// Reports it when a device goes away on its own.
    pub(super) fn on_device_lost(self: &Rc<Self>) -> impl Fn(DeviceKind) + Clone + 'static {
        let call = Rc::downgrade(self);
        move |kind| {
            if let Some(call) = call.upgrade() {
                call.report(CallEvent::DeviceChanged {
                    kind,
                    state: DeviceState::Failed,
                });
            }
        }
    }

    /// Makes the SDK's publisher out of our tracks. Nothing is sent yet.
    pub(super) async fn make_publisher(self: &Rc<Self>) {
        let Some(options) = self.publisher_options() else {
            return;
        };
        let Some(room) = self.room() else { return };
        let made = match room.openvidu.init_publisher(&options).await {
            Ok(publisher) => self
                .listen_to_publisher(&publisher)
                .map(|events| (Rc::new(publisher), events)),
            Err(error) => Err(error),
        };
        match made {
            Ok((publisher, events)) if !self.is_over() => {
                self.published.replace(Some(Published {
                    _events: events,
                    publisher,
                }));
            }
            Ok(_) => {}
            Err(error) => self.give_up_publishing(translate::publish_error(&error)),
        }
    }

    fn publisher_options(&self) -> Option<PublisherOptions> {
        let local = self.local.borrow();
        let local = local.as_ref()?;
        let camera = local.camera.as_ref().map(|track| Clone::clone(track.raw()));
        let microphone = local.microphone.as_ref().map(|track| Clone::clone(track.raw()));
        let any = camera.is_some() || microphone.is_some();
        any.then(|| PublisherOptions {
            video_source: camera.map_or(VideoSource::None, VideoSource::CameraTrack),
            audio_source: microphone.map_or(AudioSource::None, AudioSource::Track),
            publish_audio: self.audio.get().is_on(),
            publish_video: self.video.get().is_on(),
            mirror: false,
            ..PublisherOptions::default()
        })
    }

    fn listen_to_publisher(
        self: &Rc<Self>,
        publisher: &Publisher,
    ) -> Result<openvidu_browser::Subscriptions, openvidu_browser::Error> {
        let call = Rc::downgrade(self);
        publisher.subscribe_events(move |event| {
            let (Some(call), PublisherEvent::StreamDestroyed { reason, .. }) = (call.upgrade(), event) else {
                return;
            };
            if matches!(
                reason,
                StreamReason::ForceUnpublishByUser | StreamReason::ForceUnpublishByServer
            ) {
                call.close_media();
                call.report(CallEvent::UnpublishedByModerator);
            }
        })
    }

    pub(super) fn give_up_publishing(&self, error: PublishError) {
        self.close_media();
        self.report(CallEvent::PublishFailed(error));
    }

    pub(super) fn publisher(&self) -> Option<Rc<Publisher>> {
        self.published
            .borrow()
            .as_ref()
            .map(|published| Rc::clone(&published.publisher))
    }

    pub(super) fn room(&self) -> Option<Rc<super::JoinedRoom>> {
        self.room.borrow().clone()
    }
}
