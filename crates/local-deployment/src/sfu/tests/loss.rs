//! Lost packets are asked for again and sent again, on both legs.

use std::{collections::HashSet, time::Duration};

use str0m::{media::MediaKind, net::Transmit};

use super::network::{Network, is_rtp};

/// Loses every seventh RTP packet that matches, but not a whole second of them in a row.
fn lose_some(of: impl Fn(&Transmit) -> bool + 'static) -> Box<dyn FnMut(&Transmit) -> bool> {
    let mut count = 0;
    Box::new(move |transmit| {
        let matches = is_rtp(&transmit.contents) && transmit.contents.len() > 500 && of(transmit);
        count += usize::from(matches);
        matches && count % 7 == 3
    })
}

fn assert_recovered(mut network: Network, loss: Box<dyn FnMut(&Transmit) -> bool>) {
    let publisher = crate::sfu::PeerId(1);
    let subscriber = crate::sfu::PeerId(2);
    let mut sent = network.send_frames(publisher, 2, true);
    network.loss = loss;
    sent.extend(network.send_frames(publisher, 40, false));
    network.loss = Box::new(|_| false);
    sent.extend(network.send_frames(publisher, 2, false));
    network.pass(Duration::from_secs(1));
    let received: HashSet<_> = network.client(subscriber).payloads(MediaKind::Video).into_iter().collect();
    let missing = sent.iter().filter(|payload| !received.contains(payload.as_slice())).count();
    assert_eq!(missing, 0, "of {}", sent.len());
    let client = network.client(subscriber);
    assert_eq!(client.payloads(MediaKind::Video), sent, "in order");
}

#[test]
fn loss_on_the_way_in_is_recovered() {
    let (network, ..) = Network::call();
    let server = network.server;
    assert_recovered(network, lose_some(move |transmit| transmit.destination == server));
}

#[test]
fn loss_on_the_way_out_is_recovered() {
    let (network, ..) = Network::call();
    let server = network.server;
    assert_recovered(network, lose_some(move |transmit| transmit.source == server));
}
