//! Whose datagram is it? One look-up each, whatever the number of peers.

use std::{collections::HashMap, net::SocketAddr};

use super::PeerId;

/// Most remote addresses of a peer. A browser tries a handful of candidates and settles on one; who tries many more wants
/// to fill memory, since the ICE agent keeps something about each.
const MAX_ADDRESSES: usize = 32;

/// Finds peers by the user name fragment of ICE checks, and by the address of everything else.
#[derive(Debug, Default)]
pub(super) struct Demux {
    by_ufrag: HashMap<String, PeerId>,
    by_address: HashMap<SocketAddr, PeerId>,
    known: HashMap<PeerId, Known>,
}

/// What is to be forgotten with the peer.
#[derive(Debug)]
struct Known {
    ufrag: String,
    addresses: Vec<SocketAddr>,
}

impl Demux {
    /// Makes a peer reachable by its ICE user name fragment.
    pub(super) fn add(&mut self, peer: PeerId, ufrag: String) {
        self.by_ufrag.insert(ufrag.clone(), peer);
        self.known.insert(
            peer,
            Known {
                ufrag,
                addresses: Vec::new(),
            },
        );
    }

    /// Remembers an address that has proved, by an authenticated ICE check, to be the peer's.
    pub(super) fn learn(&mut self, peer: PeerId, address: SocketAddr) {
        if self.by_address.get(&address) == Some(&peer) {
            return;
        }
        if let Some(known) = self.known.get_mut(&peer) {
            known.addresses.push(address);
            self.by_address.insert(address, peer);
        }
    }

    /// Forgets everything about a peer.
    pub(super) fn remove(&mut self, peer: PeerId) {
        let Some(Known { ufrag, addresses }) = self.known.remove(&peer) else {
            return;
        };
        self.by_ufrag.remove(&ufrag);
        for address in addresses {
            self.forget_address(peer, address);
        }
    }

    /// The peer with this ICE user name fragment, unless it has been at too many other addresses.
    pub(super) fn by_ufrag(&self, ufrag: &str, address: SocketAddr) -> Option<PeerId> {
        let peer = self.by_ufrag.get(ufrag)?;
        let addresses = &self.known.get(peer)?.addresses;
        let is_welcome = addresses.len() < MAX_ADDRESSES || addresses.contains(&address);
        is_welcome.then_some(*peer)
    }

    /// The peer that was last proved to be at this address.
    pub(super) fn by_address(&self, address: SocketAddr) -> Option<PeerId> {
        self.by_address.get(&address).copied()
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.by_ufrag.is_empty() && self.by_address.is_empty() && self.known.is_empty()
    }

    /// The address may belong to another peer by now: a browser reuses its ports.
    fn forget_address(&mut self, peer: PeerId, address: SocketAddr) {
        if self.by_address.get(&address) == Some(&peer) {
            self.by_address.remove(&address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(port: u16) -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 1], port))
    }

    #[test]
    fn reused_address_belongs_to_the_newest_peer_and_survives_the_old_one() {
        let mut demux = Demux::default();
        demux.add(PeerId(1), "one".into());
        demux.add(PeerId(2), "two".into());
        demux.learn(PeerId(1), address(1));
        demux.learn(PeerId(2), address(1));
        demux.remove(PeerId(1));
        assert_eq!(demux.by_address(address(1)), Some(PeerId(2)));
        assert_eq!(demux.by_ufrag("one", address(1)), None);
        demux.remove(PeerId(2));
        assert!(demux.is_empty());
    }

    #[test]
    fn peer_that_has_been_everywhere_gets_no_further() {
        let mut demux = Demux::default();
        demux.add(PeerId(1), "one".into());
        for port in 0..1_000 {
            if let Some(peer) = demux.by_ufrag("one", address(port)) {
                demux.learn(peer, address(port));
            }
        }
        assert_eq!(demux.by_address.len(), MAX_ADDRESSES);
        assert_eq!(demux.by_ufrag("one", address(0)), Some(PeerId(1)));
        assert_eq!(demux.by_ufrag("one", address(999)), None);
        demux.remove(PeerId(1));
        assert!(demux.is_empty());
    }

    #[test]
    fn nothing_is_learnt_about_unknown_peers() {
        let mut demux = Demux::default();
        demux.learn(PeerId(1), address(1));
        assert!(demux.is_empty());
    }
}
