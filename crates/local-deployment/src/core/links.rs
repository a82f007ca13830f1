//! Conversations with clients, and the websockets that carry them.
//!
//! A link begins when a client joins and outlives its socket for the grace period, in which notifications wait.

use std::{
    collections::{BTreeMap, VecDeque},
    net::IpAddr,
    sync::Arc,
};

use openvidu_protocol::{ConnectionId, RpcSessionId, SessionId, rpc::Notification};

use super::{CloseReason, Effect, Outgoing, SocketId, Timestamp, limits::Limits};

/// Whose conversation it is.
pub(super) type Member = (SessionId, ConnectionId);

#[derive(Debug)]
pub(super) struct Socket {
    pub(super) address: Option<IpAddr>,
    pub(super) link: Option<RpcSessionId>,
    /// Without a ping until then, the socket is closed.
    ping_due: Timestamp,
    ping_allowance: std::time::Duration,
    /// The participant has left: the client has until then to close.
    farewell_ends: Option<Timestamp>,
}

#[derive(Debug)]
struct Link {
    /// `None` once the participant was thrown out, while the client has yet to learn of it.
    member: Option<Member>,
    carrier: Carrier,
}

#[derive(Debug)]
enum Carrier {
    Socket(SocketId),
    /// Waiting for the client to come back.
    Backlog {
        ends: Timestamp,
        waiting: VecDeque<Arc<Notification>>,
    },
}

#[derive(Debug, Default)]
pub(super) struct Links {
    sockets: BTreeMap<SocketId, Socket>,
    links: BTreeMap<RpcSessionId, Link>,
}

impl Links {
    pub(super) fn open(
        &mut self,
        socket: SocketId,
        address: Option<IpAddr>,
        now: Timestamp,
        limits: &Limits,
    ) {
        let ping_allowance = limits.default_ping * limits.missed_pings;
        let ping_due = now.after(ping_allowance);
        let opened = Socket {
            address,
            link: None,
            ping_due,
            ping_allowance,
            farewell_ends: None,
        };
        self.sockets.insert(socket, opened);
    }

    pub(super) fn socket(&self, socket: SocketId) -> Option<&Socket> {
        self.sockets.get(&socket)
    }

    /// The participant behind a socket.
    pub(super) fn member(&self, socket: SocketId) -> Option<&Member> {
        let link = self.sockets.get(&socket)?.link.as_ref()?;
        self.links.get(link)?.member.as_ref()
    }

    pub(super) fn ping(&mut self, socket: SocketId, interval: Option<u64>, now: Timestamp, limits: &Limits) {
        let Some(socket) = self.sockets.get_mut(&socket) else {
            return;
        };
        if let Some(interval) = interval {
            let interval = std::time::Duration::from_millis(interval.max(1_000)).min(limits.longest_ping);
            socket.ping_allowance = interval * limits.missed_pings;
        }
        socket.ping_due = now.after(socket.ping_allowance);
    }

    /// A participant has joined over the socket.
    pub(super) fn join(&mut self, socket: SocketId, link: RpcSessionId, member: Member) {
        let Some(entry) = self.sockets.get_mut(&socket) else {
            return;
        };
        entry.link = Some(link.clone());
        entry.farewell_ends = None;
        self.links.insert(
            link,
            Link {
                member: Some(member),
                carrier: Carrier::Socket(socket),
            },
        );
    }

    /// Moves a conversation to another socket and returns what waited for the client. `None` if there is no such
    /// conversation any more.
    pub(super) fn resume(
        &mut self,
        id: &RpcSessionId,
        socket: SocketId,
    ) -> Option<VecDeque<Arc<Notification>>> {
        let link = self.links.get_mut(id)?;
        let carrier = std::mem::replace(&mut link.carrier, Carrier::Socket(socket));
        let waiting = match carrier {
            Carrier::Socket(old) => {
                // A half-open connection: the client knows that it is dead before we do.
                if old != socket
                    && let Some(old) = self.sockets.get_mut(&old)
                {
                    old.link = None;
                }
                VecDeque::new()
            }
            Carrier::Backlog { waiting, .. } => waiting,
        };
        self.sockets.get_mut(&socket)?.link = Some(id.clone());
        Some(waiting)
    }

    /// Whether the client of this conversation has been thrown out.
    pub(super) fn is_over(&self, id: &RpcSessionId) -> bool {
        self.links.get(id).is_none_or(|link| link.member.is_none())
    }

    /// The socket is gone; its conversation, if any, now waits. Returns that conversation.
    pub(super) fn close(
        &mut self,
        socket: SocketId,
        now: Timestamp,
        limits: &Limits,
    ) -> Option<RpcSessionId> {
        let id = self.sockets.remove(&socket)?.link?;
        let link = self.links.get_mut(&id)?;
        link.carrier = Carrier::Backlog {
            ends: now.after(limits.grace),
            waiting: VecDeque::new(),
        };
        Some(id)
    }

    /// Whose conversation it is.
    pub(super) fn member_of(&self, id: &RpcSessionId) -> Option<Member> {
        self.links.get(id)?.member.clone()
    }

    /// The participant is gone. A client that is connected has a while to close; one that isn't may still come back
    /// to learn why.
    pub(super) fn end(&mut self, id: &RpcSessionId, now: Timestamp, limits: &Limits) {
        let Some(link) = self.links.get_mut(id) else {
            return;
        };
        match link.carrier {
            Carrier::Socket(socket) => {
                self.links.remove(id);
                if let Some(socket) = self.sockets.get_mut(&socket) {
                    socket.link = None;
                    socket.farewell_ends = Some(now.after(limits.farewell));
                }
            }
            Carrier::Backlog { .. } => link.member = None,
        }
    }

    /// Nobody will come back for the conversation.
    pub(super) fn forget(&mut self, id: &RpcSessionId) {
        if let Some(Link {
            carrier: Carrier::Socket(socket),
            ..
        }) = self.links.remove(id)
            && let Some(socket) = self.sockets.get_mut(&socket)
        {
            socket.link = None;
        }
    }

    /// Sends at once, or keeps for later. Too much to keep means that the client has waited too long: its grace
    /// ends, and the next tick throws it out.
    pub(super) fn notify(
        &mut self,
        id: &RpcSessionId,
        notification: Arc<Notification>,
        limits: &Limits,
        effects: &mut Vec<Effect>,
    ) {
        let Some(link) = self.links.get_mut(id) else {
            return;
        };
        match &mut link.carrier {
            Carrier::Socket(socket) => {
                effects.push(Effect::Send {
                    socket: *socket,
                    frame: Outgoing::Notification(notification),
                });
            }
            Carrier::Backlog { waiting, .. } if waiting.len() < limits.backlog => {
                waiting.push_back(notification)
            }
            Carrier::Backlog { ends, waiting } => {
                *ends = Timestamp(0);
                waiting.clear();
            }
        }
    }

    /// Forgets and closes the sockets whose time is up. Returns the conversations that lost theirs.
    pub(super) fn close_overdue(&mut self, now: Timestamp, limits: &Limits, effects: &mut Vec<Effect>) {
        let overdue: Vec<_> = self
            .sockets
            .iter()
            .filter_map(|(&id, socket)| {
                if socket.farewell_ends.is_some_and(|end| end <= now) {
                    Some((id, CloseReason::Farewell))
                } else {
                    (socket.ping_due <= now).then_some((id, CloseReason::MissingPing))
                }
            })
            .collect();
        for (socket, reason) in overdue {
            self.close(socket, now, limits);
            effects.push(Effect::Close { socket, reason });
        }
    }

    /// The conversations whose grace is over.
    pub(super) fn expired(&self, now: Timestamp) -> Vec<RpcSessionId> {
        let is_expired = |link: &Link| matches!(link.carrier, Carrier::Backlog { ends, .. } if ends <= now);
        self.links
            .iter()
            .filter(|(_, link)| is_expired(link))
            .map(|(id, _)| id.clone())
            .collect()
    }

    #[cfg(test)]
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.sockets.len(), self.links.len())
    }

    #[cfg(test)]
    pub(super) fn longest_backlog(&self) -> usize {
        let waiting = self.links.values().map(|link| match &link.carrier {
            Carrier::Socket(_) => 0,
            Carrier::Backlog { waiting, .. } => waiting.len(),
        });
        waiting.max().unwrap_or(0)
    }
}
