use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use openvidu_browser_sys as sys;
use web_sys::HtmlVideoElement;

use crate::attachment::Attachment;
use crate::error::Error;
use crate::event::{SUBSCRIBER_EVENTS, SubscriberEvent};
use crate::stream::Stream;
use crate::subscription::Subscriptions;

/// A remote stream that is received. It ends with [`Session::unsubscribe`](crate::Session::unsubscribe), with the
/// stream, or with the session; dropping the handle changes nothing.
///
/// Handles are cheap to clone and equal when they stand for the same subscriber.
#[derive(Clone, Debug)]
pub struct Subscriber(Rc<Inner>);

impl PartialEq for Subscriber {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Debug)]
struct Inner {
    raw: sys::Subscriber,
    outcome: RefCell<Outcome>,
}

#[derive(Debug)]
enum Outcome {
    Pending(Vec<oneshot::Sender<Result<(), Error>>>),
    Known(Result<(), Error>),
}

impl Subscriber {
    pub(crate) fn new(raw: sys::Subscriber) -> Self {
        Self(Rc::new(Inner {
            raw,
            outcome: RefCell::new(Outcome::Pending(Vec::new())),
        }))
    }

    pub(crate) fn settle(&self, result: &Result<(), Error>) {
        let outcome = self.0.outcome.replace(Outcome::Known(result.clone()));
        if let Outcome::Pending(waiting) = outcome {
            for waiting in waiting {
                // Whoever waited may have gone.
                let _ = waiting.send(result.clone());
            }
        }
    }

    /// The SDK's object.
    #[must_use]
    pub fn as_raw(&self) -> &sys::Subscriber {
        &self.0.raw
    }

    /// The stream it receives. (`stream`)
    #[must_use]
    pub fn stream(&self) -> Stream {
        Stream::from_raw(self.0.raw.stream())
    }

    /// Waits until media is negotiated, which does not mean that it plays yet. May be called any number of times.
    ///
    /// # Errors
    ///
    /// The reason why it was not: the server refused, the session ended, or there was no answer in time.
    pub fn ready(&self) -> impl Future<Output = Result<(), Error>> + use<> {
        let receiver = match &mut *self.0.outcome.borrow_mut() {
            Outcome::Known(result) => Err(result.clone()),
            Outcome::Pending(waiting) => {
                let (sender, receiver) = oneshot::channel();
                waiting.push(sender);
                Ok(receiver)
            }
        };
        async move {
            match receiver {
                Ok(receiver) => receiver.await.unwrap_or(Err(Error::NotConnected)),
                Err(known) => known,
            }
        }
    }

    /// Listens to everything that happens to this subscriber. The listener may be called before this returns.
    ///
    /// # Errors
    ///
    /// Fails when the SDK throws.
    pub fn subscribe_events(
        &self,
        listener: impl Fn(SubscriberEvent) + 'static,
    ) -> Result<Subscriptions, Error> {
        let handler = move |kind, event| listener(SubscriberEvent::from_js(kind, event));
        Subscriptions::new(&self.0.raw, SUBSCRIBER_EVENTS, handler)
    }

    /// Shows the remote picture in a video element, with sound. The element keeps its own id, or none. (`addVideoElement`)
    ///
    /// Two elements that show the same subscriber play its sound twice: mute one.
    ///
    /// # Errors
    ///
    /// Fails when the SDK throws.
    pub fn attach(&self, video: &HtmlVideoElement) -> Result<Attachment, Error> {
        Attachment::new(&self.0.raw, video)
    }

    /// Switches the received sound on or off, here only; it is still sent. Overwrites [`Stream::audio_active`]. (`subscribeToAudio`)
    ///
    /// # Errors
    ///
    /// Fails before [`ready`](Self::ready).
    pub fn subscribe_to_audio(&self, enabled: bool) -> Result<(), Error> {
        self.0
            .raw
            .subscribe_to_audio(enabled)
            .map(drop)
            .map_err(|error| Error::from_js(&error))
    }

    /// Switches the received picture on or off, here only; it is still sent. Overwrites [`Stream::video_active`], and the owner's next
    /// "on" switches it on again. (`subscribeToVideo`)
    ///
    /// # Errors
    ///
    /// Fails before [`ready`](Self::ready).
    pub fn subscribe_to_video(&self, enabled: bool) -> Result<(), Error> {
        self.0
            .raw
            .subscribe_to_video(enabled)
            .map(drop)
            .map_err(|error| Error::from_js(&error))
    }
}
