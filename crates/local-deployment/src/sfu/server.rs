//! The shell around the core: a thread with the sockets, and a handle to it.

use std::{
    future::{Future, poll_fn},
    io,
    net::{IpAddr, SocketAddr},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    thread,
    time::{Duration, Instant},
};

use tokio::{
    runtime,
    sync::{OwnedSemaphorePermit, Semaphore, mpsc::{self, error::TrySendError}, oneshot},
    time::{Sleep, sleep_until},
};

use super::{
    Answer, NegotiationError, PeerId, SourceId,
    engine::Sfu,
    negotiation::Negotiator,
    sockets::{self, BindError, BoundSockets, Sockets},
};

pub(crate) use super::engine::MediaEvent;

/// Offers that may wait for their answers. Answering takes about a millisecond.
const MAX_WAITING_OFFERS: usize = 256;

/// Events that may wait to be received. More stay in the server until there is room.
const EVENT_CAPACITY: usize = 256;

/// Commands carried out in a row before datagrams have their turn again.
const COMMAND_BATCH: usize = 16;

/// How long the thread sleeps when nothing is due.
const IDLE: Duration = Duration::from_secs(3_600);

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

/// What the handle asks of the thread. Offers are bounded by permits; everything else by the peers there are.
#[derive(Debug)]
enum Command {
    Publish(Offer),
    Subscribe(Offer),
    ExpectSubscriber(SourceId),
    ClosePeer(PeerId),
    CloseSource(SourceId),
    Shutdown(oneshot::Sender<()>),
}

#[derive(Debug)]
struct Offer {
    peer: PeerId,
    source: SourceId,
    sdp: String,
    reply: oneshot::Sender<Result<Answer, NegotiationError>>,
    _permit: OwnedSemaphorePermit,
}

impl MediaServer {
    /// Opens the sockets and starts the thread.
    ///
    /// # Errors
    /// [`MediaError`] if a port can't be opened or the thread can't be started.
    pub(crate) async fn start(
        config: MediaConfig,
    ) -> Result<(Self, mpsc::Receiver<MediaEvent>), MediaError> {
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
                                sfu: Sfu::new(negotiator),
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

/// What runs on the thread.
struct Driver {
    sfu: Sfu,
    sockets: Sockets,
    commands: mpsc::UnboundedReceiver<Command>,
    events: mpsc::Sender<MediaEvent>,
}

/// Why the thread ends.
struct Stop(Option<oneshot::Sender<()>>);

impl Driver {
    async fn run(mut self) {
        let mut sleep = pin!(sleep_until(Instant::now().into()));
        let mut commands = Vec::with_capacity(COMMAND_BATCH);
        let stop = loop {
            let wake_at = self.sfu.next_timeout().unwrap_or_else(|| Instant::now() + IDLE);
            sleep.as_mut().reset(wake_at.into());
            if poll_fn(|context| self.poll_wake(context, sleep.as_mut(), &mut commands)).await {
                break Stop(None);
            }
            let stop = commands.drain(..).find_map(|command| self.carry_out(command));
            self.sockets.receive(|now, source, destination, datagram| {
                self.sfu.handle_datagram(now, source, destination, datagram);
            });
            self.sfu.handle_timeout(Instant::now());
            self.transmit();
            if let Some(stop) = stop {
                break stop;
            }
            self.report();
        };
        self.sfu.close(Instant::now());
        self.transmit();
        drop(self);
        if let Stop(Some(done)) = stop {
            // It makes no difference if nobody waits any more.
            let _: Result<(), ()> = done.send(());
        }
    }

    /// Ready when there is something to do; true if all handles are gone.
    fn poll_wake(
        &mut self,
        context: &mut Context<'_>,
        sleep: Pin<&mut Sleep>,
        commands: &mut Vec<Command>,
    ) -> Poll<bool> {
        let received = self.commands.poll_recv_many(context, commands, COMMAND_BATCH);
        if received == Poll::Ready(0) {
            return Poll::Ready(true);
        }
        let is_readable = self.sockets.poll_readable(context).is_ready();
        let is_due = sleep.poll(context).is_ready();
        if received.is_ready() || is_readable || is_due {
            Poll::Ready(false)
        } else {
            Poll::Pending
        }
    }

    fn carry_out(&mut self, command: Command) -> Option<Stop> {
        let now = Instant::now();
        match command {
            Command::Publish(Offer {
                peer,
                source,
                sdp,
                reply,
                ..
            }) => {
                let answer = self.sfu.publish(now, peer, source, &sdp);
                self.answer(now, peer, reply, answer);
            }
            Command::Subscribe(Offer {
                peer,
                source,
                sdp,
                reply,
                ..
            }) => {
                let answer = self.sfu.subscribe(now, peer, source, &sdp);
                self.answer(now, peer, reply, answer);
            }
            Command::ExpectSubscriber(source) => self.sfu.expect_subscriber(now, source),
            Command::ClosePeer(peer) => self.sfu.close_peer(now, peer),
            Command::CloseSource(source) => self.sfu.close_source(now, source),
            Command::Shutdown(done) => return Some(Stop(Some(done))),
        }
        None
    }

    /// A peer whose answer nobody waits for any more will not connect.
    fn answer(
        &mut self,
        now: Instant,
        peer: PeerId,
        reply: oneshot::Sender<Result<Answer, NegotiationError>>,
        answer: Result<Answer, NegotiationError>,
    ) {
        if let Err(Ok(_)) = reply.send(answer) {
            self.sfu.close_peer(now, peer);
        }
    }

    fn transmit(&mut self) {
        let now = Instant::now();
        while let Some(transmit) = self.sfu.poll_transmit(now) {
            self.sockets.send(&transmit);
        }
    }

    fn report(&mut self) {
        loop {
            let permit = match self.events.try_reserve() {
                Ok(permit) => Some(permit),
                Err(TrySendError::Full(())) => return,
                Err(TrySendError::Closed(())) => None,
            };
            match (self.sfu.poll_event(), permit) {
                (Some(event), Some(permit)) => permit.send(event),
                (Some(_), None) => {}
                (None, _) => return,
            }
        }
    }
}
