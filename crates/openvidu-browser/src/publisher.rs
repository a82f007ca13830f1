use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use openvidu_browser_sys as sys;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MediaStreamTrack, MediaStreamTrackState};

use crate::attachment::Attachment;
use crate::error::Error;
use crate::event::{END_EVENTS, PUBLISHER_EVENTS, PublisherEvent};
use crate::ids::StreamId;
use crate::js;
use crate::kinds::{TrackKind, TypeOfVideo};
use crate::options::{AudioSource, PublisherOptions, VideoSource};
use crate::stream::Stream;
use crate::subscription::Subscriptions;

/// How long to wait for the browser to change a track, in milliseconds.
const TRACK_TIMEOUT_MS: u32 = 10_000;

/// Local media, to be published in a session.
///
/// Handles are cheap to clone and equal when they stand for the same publisher. When the last handle of a publisher that is
/// not published is dropped, its tracks stop, and the camera's light goes out. A published one goes on until it is
/// unpublished or the session ends; both stop its tracks.
#[derive(Clone, Debug)]
pub struct Publisher(Rc<Inner>);

impl PartialEq for Publisher {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Debug)]
struct Inner {
    raw: sys::Publisher,
    options: PublisherOptions,
    phase: Cell<Phase>,
    /// Who waits for the end of `Publishing`.
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
    /// Learns of the end of the publication, whoever ends it.
    listener: OnceCell<Subscriptions>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    Idle,
    Publishing,
    Published,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if self.phase.get() != Phase::Published {
            stop_tracks(&self.raw);
        }
        stop_measuring(&self.raw);
    }
}

/// Ends the SDK's measuring of the picture. For up to 1.5 s after another track was sent it looks for a new size every 50 ms, and
/// throws into the page when the stream has ended meanwhile. From now on the answer never comes.
fn stop_measuring(raw: &sys::Publisher) {
    js::never(raw, "getVideoDimensions");
}

impl Publisher {
    pub(crate) fn new(raw: sys::Publisher, options: PublisherOptions) -> Result<Self, Error> {
        let inner = Rc::new(Inner {
            raw,
            options,
            phase: Cell::new(Phase::Idle),
            waiting: RefCell::default(),
            listener: OnceCell::new(),
        });
        inner.announce_camera();
        let this = Rc::downgrade(&inner);
        let listener = Subscriptions::new(&inner.raw, END_EVENTS, move |_, _| {
            if let Some(inner) = this.upgrade() {
                inner.phase.set(Phase::Idle);
            }
        })?;
        // Empty until here.
        let _ = inner.listener.set(listener);
        Ok(Self(inner))
    }

    /// The SDK's object.
    #[must_use]
    pub fn as_raw(&self) -> &sys::Publisher {
        &self.0.raw
    }

    /// The stream it sends. (`stream`)
    #[must_use]
    pub fn stream(&self) -> Stream {
        Stream::from_raw(self.0.raw.stream())
    }

    /// Whether it is published.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.0.phase.get() == Phase::Published
    }

    /// Listens to everything that happens to this publisher. Only one call a publisher is cheap: the SDK repeats
    /// `streamCreated` once for each listener.
    ///
    /// The listener may be called before this returns.
    ///
    /// # Errors
    ///
    /// Fails when the SDK throws.
    pub fn subscribe_events(
        &self,
        listener: impl Fn(PublisherEvent) + 'static,
    ) -> Result<Subscriptions, Error> {
        let last_created: RefCell<Option<StreamId>> = RefCell::new(None);
        let handler = move |kind, event| {
            let event = PublisherEvent::from_js(kind, event);
            // Each registration for `streamCreated` makes the SDK emit it once more, to everybody.
            if let PublisherEvent::StreamCreated { id } = &event
                && last_created.replace(Some(id.clone())).as_ref() == Some(id)
            {
                return;
            }
            listener(event);
        };
        Subscriptions::new(&self.0.raw, PUBLISHER_EVENTS, handler)
    }

    /// Shows the local picture in a video element, muted. The element keeps its own id, or none. (`addVideoElement`)
    ///
    /// # Errors
    ///
    /// Fails when the SDK throws.
    pub fn attach(&self, video: &HtmlVideoElement) -> Result<Attachment, Error> {
        Attachment::new(&self.0.raw, video)
    }

    /// Switches the sound on or off. The microphone stays open. (`publishAudio`)
    ///
    /// # Errors
    ///
    /// [`Error::NoTrack`] without sound, or after its end.
    pub fn publish_audio(&self, enabled: bool) -> Result<(), Error> {
        self.require_track(TrackKind::Audio)?;
        self.0
            .raw
            .publish_audio(enabled)
            .map_err(|error| Error::from_js(&error))
    }

    /// Switches the picture on or off. The camera stays open. Does nothing when it is so already. (`publishVideo`)
    ///
    /// # Errors
    ///
    /// [`Error::NoTrack`] without a picture, or after its end; [`Error::Timeout`] when the browser takes longer than 10 s.
    pub fn publish_video(&self, enabled: bool) -> impl Future<Output = Result<(), Error>> + use<> {
        let request = self.require_track(TrackKind::Video).and_then(|_| {
            // The SDK's promise never settles when nothing is to be done.
            if self.stream().video_active() == enabled {
                return Ok(None);
            }
            self.0
                .raw
                .publish_video(enabled)
                .map(Some)
                .map_err(|error| Error::from_js(&error))
        });
        async move {
            match request? {
                Some(promise) => within(TRACK_TIMEOUT_MS, promise).await,
                None => Ok(()),
            }
        }
    }

    /// Sends another track in place of the present one of its kind, which is **stopped**, whoever made it. Muted stays muted. While
    /// being published, waits for that. (`replaceTrack`)
    ///
    /// The new track belongs to the publisher from then on. Giving the present track again does nothing.
    ///
    /// # Errors
    ///
    /// Without any effect: [`Error::TrackEnded`] when the new track has ended, [`Error::NoTrack`] when there is none to replace. When the
    /// browser refuses, or takes longer than 10 s, the old track has been stopped all the same.
    pub fn replace_track(&self, track: &MediaStreamTrack) -> impl Future<Output = Result<(), Error>> + use<> {
        let publisher = self.clone();
        // Not `track.clone()`, which is the browser's own method: it makes a second track.
        let track = Clone::clone(track);
        async move {
            publisher.settled().await;
            let kind = if track.kind() == TrackKind::Audio.as_str() {
                TrackKind::Audio
            } else {
                TrackKind::Video
            };
            if track.ready_state() == MediaStreamTrackState::Ended {
                return Err(Error::TrackEnded { kind });
            }
            if publisher.require_track(kind)?.id() == track.id() {
                return Ok(());
            }
            let promise = publisher
                .0
                .raw
                .replace_track(&track)
                .map_err(|error| Error::from_js(&error))?;
            within(TRACK_TIMEOUT_MS, promise).await
        }
    }

    /// Stops the tracks: camera and microphone are free, and their lights go out. A published stream stays, silent and still.
    pub fn stop_tracks(&self) {
        stop_tracks(&self.0.raw);
    }

    fn require_track(&self, kind: TrackKind) -> Result<MediaStreamTrack, Error> {
        self.stream().track(kind).ok_or(Error::NoTrack { kind })
    }

    /// Waits until a running publication has ended: until then the SDK would replace a track only locally.
    async fn settled(&self) {
        while self.0.phase.get() == Phase::Publishing {
            let (sender, receiver) = oneshot::channel();
            self.0.waiting.borrow_mut().push(sender);
            // Cancelled or sent, the loop looks again.
            let _ = receiver.await;
        }
    }

    pub(crate) fn begin_publishing(&self) -> Result<(), Error> {
        if self.0.phase.get() != Phase::Idle {
            return Err(Error::Busy);
        }
        self.0.require_sources()?;
        self.0.phase.set(Phase::Publishing);
        self.0.announce_camera();
        Ok(())
    }

    /// Tells, without keeping the publisher, whether nobody wants it published.
    pub(crate) fn unwanted(&self) -> impl Fn() -> bool + use<> {
        let inner = Rc::downgrade(&self.0);
        move || {
            inner
                .upgrade()
                .is_none_or(|inner| inner.phase.get() == Phase::Idle)
        }
    }

    pub(crate) fn end_publishing(&self, published: bool) {
        self.0
            .phase
            .set(if published { Phase::Published } else { Phase::Idle });
        for waiting in self.0.waiting.take() {
            // Whoever waited may have gone.
            let _ = waiting.send(());
        }
    }
}

impl Inner {
    /// After a publication has ended, the SDK opens the sources again: for given tracks, it takes them again. When those have
    /// ended, it would never get ready.
    fn require_sources(&self) -> Result<(), Error> {
        if Stream::from_raw(self.raw.stream()).media_stream().is_some() {
            return Ok(());
        }
        let ended = |track: &MediaStreamTrack| track.ready_state() == MediaStreamTrackState::Ended;
        match (&self.options.audio_source, &self.options.video_source) {
            (AudioSource::Track(track), _) if ended(track) => Err(Error::TrackEnded {
                kind: TrackKind::Audio,
            }),
            (_, VideoSource::CameraTrack(track) | VideoSource::Track(track)) if ended(track) => {
                Err(Error::TrackEnded {
                    kind: TrackKind::Video,
                })
            }
            _ => Ok(()),
        }
    }

    /// Makes the SDK announce a track as a camera's.
    ///
    /// When it publishes, it calls every `MediaStreamTrack` in `stream.outboundStreamOpts.publisherProperties.videoSource`
    /// custom, and what is `undefined` there a camera. Nothing else reads it then, and the publisher keeps its own properties, which a later
    /// publication uses. Where these hidden members are missing, the video is announced as custom: no harm is done.
    fn announce_camera(&self) {
        if !matches!(self.options.video_source, VideoSource::CameraTrack(_)) {
            return;
        }
        let stream = self.raw.stream();
        let outbound = stream.outbound_stream_opts();
        let Some(properties) = js::copy(&js::get(&outbound, "publisherProperties")) else {
            return;
        };
        let Some(outbound) = js::copy(&outbound) else {
            return;
        };
        js::set(&properties, "videoSource", &JsValue::UNDEFINED);
        js::set(&outbound, "publisherProperties", &properties);
        stream.set_outbound_stream_opts(&outbound);
        stream.set_type_of_video(TypeOfVideo::Camera.as_str());
    }
}

fn stop_tracks(raw: &sys::Publisher) {
    let Some(media) = Stream::from_raw(raw.stream()).media_stream() else {
        return;
    };
    for track in media
        .get_tracks()
        .iter()
        .filter_map(|track| track.dyn_into::<MediaStreamTrack>().ok())
    {
        track.stop();
    }
}

async fn within(timeout_ms: u32, promise: js_sys::Promise) -> Result<(), Error> {
    match select(JsFuture::from(promise), TimeoutFuture::new(timeout_ms)).await {
        Either::Left((result, _)) => result.map(drop).map_err(|error| Error::from_js(&error)),
        Either::Right(_) => Err(Error::Timeout),
    }
}
