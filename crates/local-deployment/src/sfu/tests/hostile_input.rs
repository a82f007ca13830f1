//! Nothing that arrives makes the server fail, and nobody is answered who should not be.

use std::net::SocketAddr;

use proptest::prelude::*;
use str0m::media::MediaKind;

use super::network::{Network, SOURCE};
use crate::sfu::{NegotiationError, PeerId};

const OFFERS: [&str; 4] = [
    include_str!("offers/chromium_publish.sdp"),
    include_str!("offers/chromium_subscribe.sdp"),
    include_str!("offers/firefox_publish.sdp"),
    include_str!("offers/firefox_subscribe.sdp"),
];

fn stranger() -> SocketAddr {
    SocketAddr::from(([203, 0, 113, 9], 9))
}

#[test]
fn anybody_may_ask_for_their_address() {
    let mut network = Network::new();
    let (now, server) = (network.now, network.server);
    let request = b"\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl";
    network.sfu.handle_datagram(now, stranger(), server, request);
    let response = network.sfu.poll_transmit(now).unwrap();
    assert_eq!((response.source, response.destination), (server, stranger()));
    assert_eq!(&response.contents[..2], b"\x01\x01");
    assert_eq!(&response.contents[8..20], b"abcdefghijkl");
    assert!(network.sfu.poll_transmit(now).is_none());
}

#[test]
fn stranger_who_knows_only_the_user_name_gets_no_answer_and_no_media() {
    let (mut network, publisher, _) = Network::call();
    let ufrag = network.answers[&publisher]
        .sdp
        .split("a=ice-ufrag:")
        .nth(1)
        .unwrap();
    let username = format!("{}:x", ufrag.lines().next().unwrap());
    let mut request = b"\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl\x00\x06".to_vec();
    request.extend(u16::try_from(username.len()).unwrap().to_be_bytes());
    request.extend(username.bytes());
    request.resize(request.len().next_multiple_of(4), 0);
    request[3] = u8::try_from(request.len() - 20).unwrap();
    let (now, server) = (network.now, network.server);
    network.sfu.handle_datagram(now, stranger(), server, &request);
    network.send_frames(publisher, 5, true);
    assert!(network.strays.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_datagrams_from_anybody(
        datagrams in proptest::collection::vec((any::<bool>(), 0..256_usize, proptest::collection::vec(any::<u8>(), 0..1_600)), 0..64),
    ) {
        let (mut network, publisher, subscriber) = Network::call();
        let server = network.server;
        for (is_client, first, mut datagram) in datagrams {
            let source = if is_client { network.client(publisher).address } else { stranger() };
            // Every class of datagram shall occur: STUN, DTLS, RTP and RTCP are told apart by the first octet.
            if let (Some(octet), Ok(first)) = (datagram.first_mut(), u8::try_from(first)) {
                *octet = first;
            }
            let now = network.now;
            network.sfu.handle_datagram(now, source, server, &datagram);
        }
        let sent = network.send_frames(publisher, 3, true);
        prop_assert_eq!(network.client(subscriber).payloads(MediaKind::Video), sent);
    }

    #[test]
    fn any_alteration_of_what_clients_send(
        seed in any::<u64>(),
    ) {
        let (mut network, publisher, _) = Network::call();
        let mut state = seed;
        network.alteration = Some(Box::new(move |datagram: &mut Vec<u8>| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let position = (state >> 33) as usize % datagram.len().max(1);
            if state >> 62 == 0 && let Some(octet) = datagram.get_mut(position) {
                *octet ^= (state >> 20) as u8;
            }
        }));
        network.subscribe(3, super::network::BOTH);
        network.send_frames(publisher, 20, true);
    }

    #[test]
    fn any_video_that_a_publisher_sends(
        packets in proptest::collection::vec((0..40_000_u64, any::<u32>(), proptest::collection::vec(any::<u8>(), 0..1_900), any::<bool>()), 1..40),
    ) {
        let (mut network, publisher, _) = Network::call();
        for (index, (seq_no, timestamp, mut payload, starts_frame)) in (0_u64..).zip(packets) {
            if let (Some(octet), true) = (payload.first_mut(), starts_frame) {
                *octet = 0x10;
            }
            let now = network.now;
            network.client(publisher).send_video_packet(now, seq_no, timestamp, &payload);
            network.pass(super::network::TICK);
            if index % 10 == 5 {
                network.subscribe(10 + index, super::network::BOTH);
            }
        }
        network.pass(std::time::Duration::from_millis(500));
        prop_assert!(network.events.is_empty());
    }

    #[test]
    fn any_alteration_of_an_offer(
        which in 0..OFFERS.len(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8, any::<char>()), 1..6),
        publishes in any::<bool>(),
    ) {
        let mut lines: Vec<String> = OFFERS[which].lines().map(Into::into).collect();
        for (line, other, action, letter) in cuts {
            let (line, other) = (line.index(lines.len()), other.index(lines.len()));
            match action {
                0 => drop(lines.remove(line)),
                1 => lines.swap(line, other),
                2 => lines.insert(line, lines[other].clone()),
                _ => lines[line].push(letter),
            }
            prop_assume!(!lines.is_empty());
        }
        let offer = lines.join("\r\n") + "\r\n";
        let mut network = Network::new();
        network.publish(1, super::network::BOTH);
        let now = network.now;
        let result = if publishes {
            network.sfu.publish(now, PeerId(2), SOURCE, &offer)
        } else {
            network.sfu.subscribe(now, PeerId(2), SOURCE, &offer)
        };
        if result.is_ok() {
            prop_assert!(network.sfu.peers.contains_key(&PeerId(2)));
        } else {
            prop_assert!(matches!(result, Err(NegotiationError::Invalid(_) | NegotiationError::MissingCodec)));
        }
    }
}
