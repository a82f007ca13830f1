//! What runs on the media thread: commands, datagrams and time go into the core, datagrams and events come out.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::{
    sync::{
        OwnedSemaphorePermit,
        mpsc::{self, error::TrySendError},
        oneshot,
    },
    time::{Sleep, sleep_until},
};

use super::{
    Answer, NegotiationError, PeerId, SourceId,
    engine::{MediaEvent, Sfu},
    sockets::Sockets,
};

/// Commands carried out in a row before datagrams have their turn again. Answering an offer keeps media waiting for about
/// a millisecond.
const COMMAND_BATCH: usize = 1;

/// How long the thread sleeps when nothing is due.
const IDLE: Duration = Duration::from_secs(3_600);

/// What the handle asks of the thread. Offers are bounded by permits; everything else by the peers there are.
#[derive(Debug)]
pub(super) enum Command {
    Publish(Offer),
    Subscribe(Offer),
    ExpectSubscriber(SourceId),
    ClosePeer(PeerId),
    CloseSource(SourceId),
    Shutdown(oneshot::Sender<()>),
}

#[derive(Debug)]
pub(super) struct Offer {
    pub peer: PeerId,
    pub source: SourceId,
    pub sdp: String,
    pub reply: oneshot::Sender<Result<Answer, NegotiationError>>,
    /// Given back when the offer is answered.
    pub _permit: OwnedSemaphorePermit,
}

/// The core with its sockets and the handles' ends of the channels.
pub(super) struct Driver {
    pub sfu: Sfu,
    pub sockets: Sockets,
    pub commands: mpsc::UnboundedReceiver<Command>,
    pub events: mpsc::Sender<MediaEvent>,
}

/// Why the thread ends.
struct Stop(Option<oneshot::Sender<()>>);

impl Driver {
    /// Runs until all handles are gone or one of them says so.
    pub(super) async fn run(mut self) {
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
