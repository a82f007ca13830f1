use std::collections::BTreeMap;

use openvidu_protocol::{ConnectionId, SessionId};
use rand::Rng;

use super::{
    Effect, Input, Settings, Timestamp, context::Context, ids::Ids, links::Links, registry::Registry,
};
use crate::sfu::{Answer, NegotiationError, PeerId};

/// All state of a deployment but its media.
#[derive(Debug)]
pub(crate) struct Deployment {
    settings: Settings,
    ids: Ids,
    registry: Registry,
    links: Links,
    /// Whose WebRTC connection it is. Entries go when the core closes the connection.
    peers: BTreeMap<PeerId, (SessionId, ConnectionId)>,
    /// When sessions that nobody joined are looked for again.
    garbage_due: Option<Timestamp>,
}

impl Deployment {
    /// `random` must be unpredictable: tokens are made of it.
    pub(crate) fn new(settings: Settings, random: Box<dyn Rng + Send>) -> Self {
        Self {
            settings,
            ids: Ids::new(random),
            registry: Registry::default(),
            links: Links::default(),
            peers: BTreeMap::new(),
            garbage_due: None,
        }
    }

    /// Takes in what happened and tells what has to be done, in order.
    pub(crate) fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Effect> {
        let registry = &mut self.registry;
        let mut context = Context {
            now,
            settings: &self.settings,
            ids: &mut self.ids,
            links: &mut self.links,
            peers: &mut self.peers,
            effects: Vec::new(),
        };
        match input {
            Input::SocketOpened { socket, address } => {
                context.links.open(socket, address, now, &context.settings.limits);
            }
            Input::Frame { socket, text } => registry.frame(socket, &text, &mut context),
            Input::SocketClosed { socket, closed } => registry.socket_closed(socket, closed, &mut context),
            Input::Negotiated { peer, result } => registry.negotiated(peer, result, &mut context),
            Input::Rest { ticket, call } => {
                let answer = registry.rest(*call, &mut context);
                context.effects.push(Effect::Answer { ticket, answer });
            }
            Input::Shutdown => {
                let sessions: Vec<_> = registry.sessions.keys().cloned().collect();
                for session in sessions {
                    registry.end_session(&session, &mut context);
                }
            }
            Input::Tick => {
                registry.expire_links(&mut context);
                let limits = &context.settings.limits;
                let due = self.garbage_due.get_or_insert(now.after(limits.garbage_interval));
                if *due <= now {
                    *due = now.after(limits.garbage_interval);
                    registry.collect_garbage(now, limits);
                }
            }
        }
        context.effects
    }

    #[cfg(test)]
    pub(super) fn parts(&self) -> (&Registry, &Links, usize) {
        (&self.registry, &self.links, self.peers.len())
    }
}

impl Registry {
    fn negotiated(
        &mut self,
        peer: PeerId,
        result: Result<Answer, NegotiationError>,
        context: &mut Context<'_>,
    ) {
        // Whoever cancelled the negotiation has closed the peer and answered the client already.
        let Some((session, id)) = context.peers.get(&peer).cloned() else {
            return;
        };
        let Some(session) = self.sessions.get_mut(&session) else {
            return;
        };
        if !session.publisher_negotiated(&id, peer, &result, context) {
            session.subscriber_negotiated(&id, peer, result, context);
        }
    }
}
