//! The shell around the core: a thread with the sockets, and a handle to it.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    thread,
};

use tokio::{
    runtime,
    sync::{Semaphore, mpsc, oneshot},
};

use super::{
    Answer, NegotiationError, PeerId, SourceId,
    driver::{Command, Driver, Offer},
    engine::{Limits, Sfu},
    negotiation::Negotiator,
    sockets::{self, BindError, BoundSockets, Sockets},
};

pub(crate) use super::engine::MediaEvent;

/// Offers that may wait for their answers. Answering takes about a millisecond.
const MAX_WAITING_OFFERS: usize = 256;

/// Events that may wait to be received. More stay in the server until there is room.
const EVENT_CAPACITY: usize = 256;

/// Where the media server is reached.
#[derive(Debug, Clone)]
pub(crate) struct MediaConfig {
    /// UDP port, the same on each address; 0 for any free one.
    pub port: u16,
    /// Addresses to receive on and to tell clients. If there are none: that of the primary interface, and loopback.
    pub addresses: Vec<IpAddr>,
}

/// Why the media server can't start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum MediaError {
    /// The UDP port can't be opened.
    #[error("UDP port {address} can't be opened")]
    Bind {
        /// What was to be opened.
        address: SocketAddr,
        /// Why it was refused.
        source: io::Error,
    },
    /// There is no certificate for DTLS.
    #[error("no certificate for DTLS can be made")]
    Certificate,
    /// The thread can't be started.
    #[error("the media thread can't be started")]
    Thread(#[source] io::Error),
}

/// Handle of a running media server. The server stops when the last handle is dropped.
#[derive(Debug, Clone)]
pub(crate) struct MediaServer {
    commands: mpsc::UnboundedSender<Command>,
    waiting_offers: Arc<Semaphore>,
    addresses: Arc<[SocketAddr]>,
}

impl MediaServer {
    /// Opens the sockets and starts the thread.
    ///
    /// # Errors
    /// [`MediaError`] if a port can't be opened or the thread can't be started.
    pub(crate) async fn start(config: MediaConfig) -> Result<(Self, mpsc::Receiver<MediaEvent>), MediaError> {
        let mut addresses = config.addresses;
        if addresses.is_empty() {
            addresses = sockets::default_addresses();
        }
        let bound = BoundSockets::bind(&addresses, config.port)
            .map_err(|BindError { address, source }| MediaError::Bind { address, source })?;
        let addresses = bound.addresses();
        let negotiator = Negotiator::new(addresses.clone()).ok_or(MediaError::Certificate)?;

        let (commands, command_receiver) = mpsc::unbounded_channel();
        let (events, event_receiver) = mpsc::channel(EVENT_CAPACITY);
        let (started, has_started) = oneshot::channel();
        thread::Builder::new()
            .name("media".into())
            .spawn(move || {
                let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
                    Ok(runtime) => runtime,
                    Err(error) => return drop(started.send(Err(error))),
                };
                runtime.block_on(async {
                    match Sockets::new(bound) {
                        Ok(sockets) => {
                            let driver = Driver {
                                sfu: Sfu::new(negotiator, Limits::default()),
                                sockets,
                                commands: command_receiver,
                                events,
                            };
                            if started.send(Ok(())).is_ok() {
                                driver.run().await;
                            }
                        }
                        Err(error) => drop(started.send(Err(error))),
                    }
                });
            })
            .map_err(MediaError::Thread)?;
        has_started
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::Interrupted.into()))
            .map_err(MediaError::Thread)?;
        let server = Self {
            commands,
            waiting_offers: Arc::new(Semaphore::new(MAX_WAITING_OFFERS)),
            addresses: addresses.into(),
        };
        Ok((server, event_receiver))
    }

    /// Answers the offer of a peer that publishes a source. A source that has a publisher already keeps its subscribers.
    ///
    /// # Errors
    /// [`NegotiationError`] if the offer can't be answered. An existing publisher stays then.
    pub(crate) async fn publish(
        &self,
        peer: PeerId,
        source: SourceId,
        offer: String,
    ) -> Result<Answer, NegotiationError> {
        self.negotiate(peer, source, offer, Command::Publish).await
    }

    /// Answers the offer of a peer that subscribes to a source.
    ///
    /// # Errors
    /// [`NegotiationError`] if the offer can't be answered or the source doesn't exist.
    pub(crate) async fn subscribe(
        &self,
        peer: PeerId,
        source: SourceId,
        offer: String,
    ) -> Result<Answer, NegotiationError> {
        self.negotiate(peer, source, offer, Command::Subscribe).await
    }

    /// Says that somebody will subscribe to a source in a moment, for example because they have joined its session. Their
    /// first picture will be ready then: a key frame is asked for while they still make their offer.
    pub(crate) fn expect_subscriber(&self, source: SourceId) {
        self.send(Command::ExpectSubscriber(source));
    }

    /// Closes a peer's connection. A source whose publisher is closed waits for another one.
    pub(crate) fn close_peer(&self, peer: PeerId) {
        self.send(Command::ClosePeer(peer));
    }

    /// Closes a source, its publisher and its subscribers.
    pub(crate) fn close_source(&self, source: SourceId) {
        self.send(Command::CloseSource(source));
    }

    /// Where media is received.
    pub(crate) fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Closes all peers and waits until the sockets are closed. Other handles are of no use afterwards.
    pub(crate) async fn shutdown(self) {
        let (done, is_done) = oneshot::channel();
        self.send(Command::Shutdown(done));
        // An error means that the thread has ended before, which is what was asked for.
        is_done.await.unwrap_or_default();
    }

    async fn negotiate(
        &self,
        peer: PeerId,
        source: SourceId,
        sdp: String,
        command: fn(Offer) -> Command,
    ) -> Result<Answer, NegotiationError> {
        let permit = Arc::clone(&self.waiting_offers)
            .try_acquire_owned()
            .map_err(|_| NegotiationError::Overloaded)?;
        let (reply, answer) = oneshot::channel();
        self.send(command(Offer {
            peer,
            source,
            sdp,
            reply,
            _permit: permit,
        }));
        answer.await.unwrap_or(Err(NegotiationError::Overloaded))
    }

    fn send(&self, command: Command) {
        if self.commands.send(command).is_err() {
            tracing::debug!("the media server has stopped");
        }
    }
}
