//! Nothing is left of those who have gone.

use std::time::Duration;

use str0m::media::MediaKind;

use super::network::{BOTH, Network, SOURCE};
use crate::sfu::{PeerId, engine::MediaEvent, peer::CONNECT_TIMEOUT};

/// Longer than any time-out.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn closed_source_leaves_nothing_and_its_clients_know() {
    let (mut network, publisher, subscriber) = Network::call();
    network.send_frames(publisher, 10, true);
    let now = network.now;
    network.sfu.close_source(now, SOURCE);
    network.pass(Duration::from_millis(100));
    assert!(network.sfu.is_empty());
    assert!(network.client(publisher).is_closed && network.client(subscriber).is_closed);
    assert!(network.events.is_empty());
}

#[test]
fn closed_subscriber_leaves_the_others_alone() {
    let (mut network, publisher, first) = Network::call();
    let second = network.subscribe(3, BOTH);
    network.connect();
    network.send_frames(publisher, 2, true);
    let now = network.now;
    network.sfu.close_peer(now, first);
    let before = network.client(second).received(MediaKind::Video).len();
    network.send_frames(publisher, 5, false);
    assert_eq!(
        network.client(second).received(MediaKind::Video).len(),
        before + 15
    );
    assert!(network.client(first).is_closed);
    assert!(network.events.is_empty());
}

#[test]
fn client_that_closes_is_reported_once() {
    let (mut network, publisher, subscriber) = Network::call();
    network.client(subscriber).rtc.close().unwrap();
    network.pass(Duration::from_secs(1));
    network.client(publisher).rtc.close().unwrap();
    network.pass(LONG);
    assert_eq!(network.events, [subscriber, publisher].map(MediaEvent::PeerGone));
    let now = network.now;
    network.sfu.close_peer(now, publisher);
    network.sfu.close_source(now, SOURCE);
    assert!(network.sfu.is_empty());
}

#[test]
fn client_that_falls_silent_is_reported() {
    let (mut network, publisher, subscriber) = Network::call();
    network.clients.remove(&subscriber);
    network.pass(LONG);
    assert_eq!(network.events, [MediaEvent::PeerGone(subscriber)]);
    let sent = network.send_frames(publisher, 2, true);
    let next = network.subscribe(3, BOTH);
    network.connect();
    assert_eq!(network.client(next).payloads(MediaKind::Video), sent);
}

#[test]
fn client_that_never_connects_is_reported() {
    let mut network = Network::new();
    let publisher = network.publish(1, BOTH);
    network.clients.clear();
    network.pass(CONNECT_TIMEOUT - Duration::from_secs(1));
    assert!(network.events.is_empty());
    network.pass(Duration::from_secs(2));
    assert_eq!(network.events, [MediaEvent::PeerGone(publisher)]);
}

#[test]
fn many_comings_and_goings_leave_nothing() {
    let mut network = Network::new();
    for round in 0..20 {
        let publisher = network.publish(100 + round * 10, BOTH);
        for subscriber in 1..4 {
            network.subscribe(100 + round * 10 + subscriber, BOTH);
        }
        network.connect();
        network.send_frames(publisher, 2, true);
        let now = network.now;
        network.sfu.close_peer(now, PeerId(100 + round * 10 + 1));
        network.sfu.close_source(now, SOURCE);
        network.pass(Duration::from_millis(50));
        assert!(network.sfu.is_empty(), "round {round}");
        network.clients.clear();
    }
}
