//! Lost packets are asked for again and sent again, on both legs.

use std::{cell::Cell, collections::HashSet, rc::Rc, time::Duration};

use str0m::{media::MediaKind, net::Transmit};

use super::network::{Network, is_rtp};
use crate::sfu::PeerId;

/// Sends video while every seventh of the video packets that match is lost, and expects that none is missing.
fn assert_recovered(mut network: Network, of: impl Fn(&Transmit) -> bool + 'static) {
    let (publisher, subscriber) = (PeerId(1), PeerId(2));
    let lost = Rc::new(Cell::new(0));
    let count = Rc::clone(&lost);
    let mut seen = 0;
    let mut sent = network.send_frames(publisher, 2, true);
    network.loss = Box::new(move |transmit| {
        let matches = is_rtp(&transmit.contents) && transmit.contents.len() > 500 && of(transmit);
        seen += usize::from(matches);
        let loses = matches && seen % 7 == 3;
        count.set(count.get() + usize::from(loses));
        loses
    });
    sent.extend(network.send_frames(publisher, 40, false));
    network.loss = Box::new(|_| false);
    sent.extend(network.send_frames(publisher, 2, false));
    network.pass(Duration::from_secs(1));
    assert!(lost.get() > 15, "{} packets were lost", lost.get());

    let client = network.client(subscriber);
    let received: HashSet<_> = client.payloads(MediaKind::Video).into_iter().collect();
    let missing = sent
        .iter()
        .filter(|payload| !received.contains(payload.as_slice()))
        .count();
    assert_eq!(missing, 0, "of {}", sent.len());
    assert_eq!(client.payloads(MediaKind::Video), sent, "in order");
}

#[test]
fn loss_on_the_way_in_is_recovered() {
    let (network, ..) = Network::call();
    let server = network.server;
    assert_recovered(network, move |transmit| transmit.destination == server);
}

#[test]
fn loss_on_the_way_out_is_recovered() {
    let (network, ..) = Network::call();
    let server = network.server;
    assert_recovered(network, move |transmit| transmit.source == server);
}
