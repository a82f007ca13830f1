//! The one task that owns the state of signalling and carries its effects out.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, Waker},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use futures::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::sync::{mpsc, oneshot};

use crate::{
    core::{
        CloseReason, Closed, Deployment, Effect, Input, RestAnswer, RestCall, RestError, SocketId, Ticket,
        Timestamp,
    },
    outbox::Outbox,
    sfu::{Answer, MediaEvent, MediaServer, NegotiationError, PeerId},
};

/// Messages that may wait for the actor. Whoever sends one more waits, which slows exactly those down who send much.
const INBOX: usize = 1_024;
/// Precision of grace periods and watchdogs, which are ten seconds and longer.
const TICK: Duration = Duration::from_millis(500);
/// An answer later than that is of no use: the SDK gives up after ten seconds.
const NEGOTIATION_TIMEOUT: Duration = Duration::from_secs(8);

type RestOutcome = Result<RestAnswer, RestError>;
type Negotiation = (PeerId, Result<Answer, NegotiationError>);

#[derive(Debug)]
enum Message {
    Open {
        socket: SocketId,
        address: Option<IpAddr>,
        outbox: Outbox,
    },
    Frame {
        socket: SocketId,
        text: String,
    },
    Closed {
        socket: SocketId,
        closed: Closed,
    },
    Rest {
        call: Box<RestCall>,
        answer: oneshot::Sender<RestOutcome>,
    },
    Shutdown,
}

/// How sockets and REST calls reach the actor.
#[derive(Debug, Clone)]
pub(crate) struct Handle {
    messages: mpsc::Sender<Message>,
    next_socket: Arc<AtomicU64>,
}

/// The actor has stopped.
#[derive(Debug, thiserror::Error)]
#[error("the deployment has stopped")]
pub(crate) struct Stopped;

impl Handle {
    pub(crate) async fn open(&self, address: Option<IpAddr>, outbox: Outbox) -> Result<SocketId, Stopped> {
        let socket = SocketId(self.next_socket.fetch_add(1, Ordering::Relaxed));
        self.send(Message::Open {
            socket,
            address,
            outbox,
        })
        .await?;
        Ok(socket)
    }

    pub(crate) async fn frame(&self, socket: SocketId, text: String) -> Result<(), Stopped> {
        self.send(Message::Frame { socket, text }).await
    }

    pub(crate) async fn closed(&self, socket: SocketId, closed: Closed) -> Result<(), Stopped> {
        self.send(Message::Closed { socket, closed }).await
    }

    pub(crate) async fn rest(&self, call: RestCall) -> Result<RestOutcome, Stopped> {
        let (answer, answered) = oneshot::channel();
        self.send(Message::Rest {
            call: Box::new(call),
            answer,
        })
        .await?;
        answered.await.map_err(|_| Stopped)
    }

    pub(crate) async fn shutdown(&self) -> Result<(), Stopped> {
        self.send(Message::Shutdown).await
    }

    async fn send(&self, message: Message) -> Result<(), Stopped> {
        self.messages.send(message).await.map_err(|_| Stopped)
    }
}

/// Wall-clock time that never goes back: the clock is read once and then counted on.
#[derive(Debug)]
struct Clock {
    started: Instant,
    epoch: Duration,
}

impl Clock {
    fn start() -> Self {
        let epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            started: Instant::now(),
            epoch,
        }
    }

    fn now(&self) -> Timestamp {
        let since_epoch = self.epoch.saturating_add(self.started.elapsed());
        Timestamp(u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX))
    }
}

pub(crate) struct Actor {
    core: Deployment,
    media: MediaServer,
    media_events: mpsc::Receiver<MediaEvent>,
    messages: mpsc::Receiver<Message>,
    clock: Clock,
    outboxes: HashMap<SocketId, Outbox>,
    tickets: HashMap<Ticket, oneshot::Sender<RestOutcome>>,
    next_ticket: u64,
    negotiations: FuturesUnordered<BoxFuture<'static, Negotiation>>,
}

impl Actor {
    pub(crate) fn new(
        core: Deployment,
        media: MediaServer,
        media_events: mpsc::Receiver<MediaEvent>,
    ) -> (Self, Handle) {
        let (sender, messages) = mpsc::channel(INBOX);
        let actor = Self {
            core,
            media,
            media_events,
            messages,
            clock: Clock::start(),
            outboxes: HashMap::new(),
            tickets: HashMap::new(),
            next_ticket: 0,
            negotiations: FuturesUnordered::new(),
        };
        (
            actor,
            Handle {
                messages: sender,
                next_socket: Arc::new(AtomicU64::new(0)),
            },
        )
    }

    /// Works until it is told to stop, or until nobody can tell it anything any more.
    pub(crate) async fn run(mut self) {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        let mut media_lives = true;
        loop {
            tokio::select! {
                message = self.messages.recv() => match message {
                    None => break,
                    Some(Message::Shutdown) => {
                        self.handle(Input::Shutdown);
                        break;
                    }
                    Some(message) => self.receive(message),
                },
                Some((peer, result)) = self.negotiations.next() => self.handle(Input::Negotiated { peer, result }),
                event = self.media_events.recv(), if media_lives => match event {
                    Some(event) => tracing::debug!(?event, "from the media server"),
                    None => {
                        media_lives = false;
                        tracing::error!("the media server has stopped: no media until the deployment starts anew");
                    }
                },
                _ = ticks.tick() => self.handle(Input::Tick),
            }
        }
    }

    fn receive(&mut self, message: Message) {
        match message {
            Message::Open {
                socket,
                address,
                outbox,
            } => {
                self.outboxes.insert(socket, outbox);
                self.handle(Input::SocketOpened { socket, address });
            }
            Message::Frame { socket, text } => self.handle(Input::Frame { socket, text }),
            Message::Closed { socket, closed } => {
                self.outboxes.remove(&socket);
                self.handle(Input::SocketClosed { socket, closed });
            }
            Message::Rest { call, answer } => {
                let ticket = Ticket(self.next_ticket);
                self.next_ticket += 1;
                self.tickets.insert(ticket, answer);
                self.handle(Input::Rest { ticket, call });
            }
            Message::Shutdown => {}
        }
    }

    /// Carrying an effect out may itself be something that happened, which the core hears next.
    fn handle(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            for effect in self.core.handle(self.clock.now(), input) {
                inputs.extend(self.carry_out(effect));
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Send { socket, frame } => {
                let outbox = self.outboxes.get(&socket)?;
                outbox.send(frame.to_frame()).err()?;
                tracing::warn!(?socket, "a client reads too slowly: dropping it");
                self.outboxes.remove(&socket);
                return Some(Input::SocketClosed {
                    socket,
                    closed: Closed::TooSlow,
                });
            }
            Effect::Close { socket, reason } => {
                let text = match reason {
                    CloseReason::MissingPing => "no ping for too long",
                    CloseReason::Farewell => "the participant has left",
                };
                self.outboxes.remove(&socket)?.close(1000, text);
            }
            Effect::Publish { peer, source, offer } => {
                let media = self.media.clone();
                return self.negotiate(peer, async move { media.publish(peer, source, offer).await });
            }
            Effect::Subscribe { peer, source, offer } => {
                let media = self.media.clone();
                return self.negotiate(peer, async move { media.subscribe(peer, source, offer).await });
            }
            Effect::ExpectSubscriber(source) => self.media.expect_subscriber(source),
            Effect::ClosePeer(peer) => self.media.close_peer(peer),
            Effect::CloseSource(source) => self.media.close_source(source),
            Effect::Answer { ticket, answer } => {
                // A caller who has hung up wants no answer.
                let _ = self.tickets.remove(&ticket)?.send(answer);
            }
        }
        None
    }

    /// The media server gets the offer here and now, so that whatever closes the connection comes after it.
    fn negotiate(
        &mut self,
        peer: PeerId,
        work: impl Future<Output = Result<Answer, NegotiationError>> + Send + 'static,
    ) -> Option<Input> {
        let mut negotiation: BoxFuture<'static, Negotiation> = Box::pin(async move {
            let result = tokio::time::timeout(NEGOTIATION_TIMEOUT, work).await;
            (peer, result.unwrap_or(Err(NegotiationError::Overloaded)))
        });
        match negotiation.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready((peer, result)) => Some(Input::Negotiated { peer, result }),
            Poll::Pending => {
                self.negotiations.push(negotiation);
                None
            }
        }
    }
}
