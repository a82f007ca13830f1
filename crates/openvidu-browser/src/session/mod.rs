//! The session: what a caller sees of it. Its state is in [`core`], joining in [`join`].

mod core;
mod join;
mod socket;
mod warm_socket;

use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::Promise;
use openvidu_browser_sys as sys;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use self::core::Core;
use crate::connection::Connection;
use crate::error::{ConnectError, Error};
use crate::event::{SESSION_EVENTS, SessionEvent};
use crate::ids::SessionId;
use crate::js;
use crate::kinds::Capabilities;
use crate::options::{Recipients, SignalOptions, SubscriberOptions};
use crate::publisher::Publisher;
use crate::stream::Stream;
use crate::subscriber::Subscriber;
use crate::subscription::Subscriptions;

/// How long to wait for the server, in milliseconds. The SDK itself gives up after 10 s, but not always.
const REQUEST_TIMEOUT_MS: u32 = 12_000;
/// How long to wait for a publication or subscription: media, negotiation and the server.
const MEDIA_TIMEOUT_MS: u32 = 20_000;

/// A video call, for one visit: join once, leave once.
///
/// Dropping it leaves, as [`disconnect`](Self::disconnect) does.
#[derive(Debug)]
#[must_use = "dropping a Session leaves it"]
pub struct Session {
    core: Rc<Core>,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.core.disconnect();
    }
}

impl Session {
    pub(crate) fn new(raw: sys::Session, openvidu: sys::OpenVidu) -> Result<Self, Error> {
        Core::new(raw, openvidu).map(|core| Self { core })
    }

    /// The SDK's object.
    #[must_use]
    pub fn as_raw(&self) -> &sys::Session {
        self.core.raw()
    }

    /// Listens to everything that happens in the session. Register before [`connect`](Self::connect): joining emits events.
    ///
    /// # Errors
    ///
    /// Fails when the SDK throws.
    pub fn subscribe_events(
        &self,
        listener: impl Fn(SessionEvent) + 'static,
    ) -> Result<Subscriptions, Error> {
        // Weak: the listener may hold the session, and must not keep itself alive.
        let core = Rc::downgrade(&self.core);
        let handler = move |kind, event| {
            if core.upgrade().is_some_and(|core| core.delivers(kind)) {
                listener(SessionEvent::from_js(kind, event));
            }
        };
        Subscriptions::new(self.core.raw(), SESSION_EVENTS, handler)
    }

    /// Opens the websocket that [`connect`](Self::connect) will need, while the token is still being asked for. That saves two
    /// round trips to the deployment. (The SDK can't; it has the address from the token.)
    ///
    /// `deployment` is where the tokens lead, such as `wss://example.org:4443`. A guess is good enough: where it is wrong, or
    /// nothing answers there, `connect` opens a websocket of its own.
    pub fn warm_up(&self, deployment: &str, session: &SessionId) {
        let deployment = deployment.trim_end_matches('/');
        self.core
            .warm_up(&format!("{deployment}/openvidu?sessionId={}", session.as_str()));
    }

    /// Joins. (`connect`)
    ///
    /// `client_data` is shown to everybody as [`ConnectionData::client`](crate::ConnectionData::client);
    /// [`ConnectionData::client_json`](crate::ConnectionData::client_json) makes the usual one. `timeout_ms` counts from this call.
    ///
    /// Dropping the future, [`disconnect`](Self::disconnect) and dropping the session cancel the join, and
    /// every failure ends it: the websocket is closed, and a participant that the server has made meanwhile leaves.
    ///
    /// # Errors
    ///
    /// See [`ConnectError`]. Make a new session to try again.
    pub fn connect(
        &self,
        token: &str,
        client_data: &str,
        timeout_ms: u32,
    ) -> impl Future<Output = Result<(), ConnectError>> + use<> {
        let join = join::start(&self.core, token, client_data, timeout_ms);
        async move { join?.finish().await }
    }

    /// Leaves, if you joined, and cancels a join that is going on. Never fails; a second call does nothing. (`disconnect`)
    ///
    /// Before it returns, a published publisher's tracks are stopped, and the listeners get
    /// [`Disconnected`](SessionEvent::Disconnected). Pending requests fail with [`Error::Ended`].
    pub fn disconnect(&self) {
        self.core.disconnect();
    }

    /// The session's id; `None` before joining. (`sessionId`)
    #[must_use]
    pub fn id(&self) -> Option<SessionId> {
        js::some_text(&self.core.raw().session_id()).map(|id| SessionId::new(&id))
    }

    /// Your own connection, while you are in the session. (`connection`)
    #[must_use]
    pub fn connection(&self) -> Option<Connection> {
        self.core.connection().map(Connection::from_raw)
    }

    /// What your role allowed when you joined; `None` before. (`capabilities`)
    #[must_use]
    pub fn capabilities(&self) -> Option<Capabilities> {
        let raw: sys::Capabilities = js::class(self.core.raw().capabilities())?;
        Some(Capabilities {
            subscribe: raw.subscribe().is_truthy(),
            publish: raw.publish().is_truthy(),
            force_unpublish: raw.force_unpublish().is_truthy(),
            force_disconnect: raw.force_disconnect().is_truthy(),
        })
    }

    /// Subscribes to a remote stream. The subscriber is there at once and can be attached; whether media was negotiated tells
    /// [`Subscriber::ready`]. May be called inside the event that announces the stream. (`subscribe`)
    ///
    /// # Errors
    ///
    /// [`Error::NotConnected`] and [`Error::ConnectionLost`], or what the SDK throws.
    pub fn subscribe(&self, stream: &Stream, options: SubscriberOptions) -> Result<Subscriber, Error> {
        self.core.usable()?;
        let promise = self
            .core
            .raw()
            .subscribe_async(stream.as_raw(), &JsValue::UNDEFINED, &options.to_js());
        let request = self.core.request(promise, MEDIA_TIMEOUT_MS);
        let raw = js::expect_class(
            stream.as_raw().stream_manager(),
            "subscribe sets Stream.streamManager",
        )?;
        let subscriber = Subscriber::new(raw);
        spawn_local({
            let subscriber = subscriber.clone();
            async move { subscriber.settle(&request.await) }
        });
        Ok(subscriber)
    }

    /// Subscribes to a remote stream, and waits until media is negotiated. (`subscribeAsync`)
    ///
    /// # Errors
    ///
    /// As [`subscribe`](Self::subscribe) and [`Subscriber::ready`].
    pub fn subscribe_async(
        &self,
        stream: &Stream,
        options: SubscriberOptions,
    ) -> impl Future<Output = Result<Subscriber, Error>> + use<> {
        let subscriber = self.subscribe(stream, options);
        async move {
            let subscriber = subscriber?;
            subscriber.ready().await?;
            Ok(subscriber)
        }
    }

    /// Ends a subscription. (`unsubscribe`)
    ///
    /// # Errors
    ///
    /// Fails when not connected, or when the server refuses or does not answer.
    pub fn unsubscribe(&self, subscriber: &Subscriber) -> impl Future<Output = Result<(), Error>> + use<> {
        self.call(&|raw| raw.unsubscribe(subscriber.as_raw()))
    }

    /// Publishes local media. (`publish`)
    ///
    /// On failure the publisher keeps its tracks, and may be published again; drop it, or [stop them](Publisher::stop_tracks).
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] for a publisher that is published or being published; [`Error::TrackEnded`] for one whose given tracks an
    /// earlier publication has stopped; [`Error::OpenVidu`] with
    /// `OPENVIDU_PERMISSION_DENIED` when your role does not allow it; [`Error::Ended`] and [`Error::ConnectionLost`] when that happens
    /// meanwhile; [`Error::Timeout`] after 20 s, when a publication that succeeds later is taken back.
    pub fn publish(&self, publisher: &Publisher) -> impl Future<Output = Result<(), Error>> + use<> {
        let (sender, receiver) = oneshot::channel();
        match self.core.usable().and_then(|()| publisher.begin_publishing()) {
            Err(error) => {
                // The receiver is here.
                let _ = sender.send(Err(error));
            }
            Ok(()) => {
                let core = Rc::clone(&self.core);
                let promise = core.raw().publish(publisher.as_raw());
                let request = core.request(promise.clone(), MEDIA_TIMEOUT_MS);
                let publisher = publisher.clone();
                spawn_local(async move {
                    let result = request.await;
                    publisher.end_publishing(result.is_ok());
                    match &result {
                        Ok(()) => {}
                        // The answer may yet come.
                        Err(Error::Timeout) => core.take_back(promise, &publisher),
                        Err(error) => {
                            core.forget(&publisher);
                            if matches!(error, Error::Ended { .. }) {
                                // The SDK may still be waiting for the first picture, and would negotiate it for nobody.
                                js::never(&publisher.as_raw().stream(), "initWebRtcPeerSend");
                            }
                            core.take_back(promise, &publisher);
                        }
                    }
                    // Whoever waited may have gone.
                    let _ = sender.send(result);
                });
            }
        }
        async move { receiver.await.unwrap_or(Err(Error::NotConnected)) }
    }

    /// Ends a publication. Its tracks are stopped. (`unpublish`)
    ///
    /// # Errors
    ///
    /// Fails when not connected, when the publisher is not published, or when the server refuses or does not answer.
    pub fn unpublish(&self, publisher: &Publisher) -> impl Future<Output = Result<(), Error>> + use<> {
        self.call(&|raw| raw.unpublish(publisher.as_raw()))
    }

    /// Sends a message. It is done when the server has it. (`signal`)
    ///
    /// # Errors
    ///
    /// [`Error::NoRecipients`] for an empty list, with which the SDK would send it to everybody. Otherwise fails when not
    /// connected, or when the server refuses (600 malformed, 601 a recipient has left) or does not answer.
    pub fn signal(&self, options: SignalOptions<'_>) -> impl Future<Output = Result<(), Error>> + use<> {
        let nobody = matches!(options.to, Recipients::Only([]));
        let request = (!nobody).then(|| self.call(&|raw| raw.signal(&options.to_js())));
        async move {
            match request {
                Some(request) => request.await,
                None => Err(Error::NoRecipients),
            }
        }
    }

    /// Evicts somebody. Takes a moderator. (`forceDisconnect`)
    ///
    /// # Errors
    ///
    /// [`Error::OpenVidu`] with `OPENVIDU_PERMISSION_DENIED`. Otherwise fails when not connected, or when the server
    /// refuses or does not answer.
    pub fn force_disconnect(
        &self,
        connection: &Connection,
    ) -> impl Future<Output = Result<(), Error>> + use<> {
        self.call(&|raw| raw.force_disconnect(connection.as_raw()))
    }

    /// Ends somebody's publication. Takes a moderator. (`forceUnpublish`)
    ///
    /// # Errors
    ///
    /// As [`force_disconnect`](Self::force_disconnect).
    pub fn force_unpublish(&self, stream: &Stream) -> impl Future<Output = Result<(), Error>> + use<> {
        self.call(&|raw| raw.force_unpublish(stream.as_raw()))
    }

    fn call(
        &self,
        call: &dyn Fn(&sys::Session) -> Result<Promise, JsValue>,
    ) -> impl Future<Output = Result<(), Error>> + use<> {
        let request = self
            .core
            .usable()
            .map(|()| self.core.request(call(self.core.raw()), REQUEST_TIMEOUT_MS));
        async move { request?.await }
    }
}
