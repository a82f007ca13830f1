//! What offers are refused.

use str0m::media::{Direction, MediaKind};

use super::network::{BOTH, Network};
use crate::sfu::{NegotiationError, PeerId, SourceId, engine::Limits};

const OFFER: &str = include_str!("offers/chromium_publish.sdp");

fn publish(network: &mut Network, peer: u64, source: u64, offer: &str) -> Result<(), NegotiationError> {
    let now = network.now;
    network
        .sfu
        .publish(now, PeerId(peer), SourceId(source), offer)
        .map(drop)
}

fn subscribe(network: &mut Network, peer: u64) -> Result<(), NegotiationError> {
    let now = network.now;
    let offer = include_str!("offers/chromium_subscribe.sdp");
    network
        .sfu
        .subscribe(now, PeerId(peer), SourceId(1), offer)
        .map(drop)
}

#[test]
fn video_without_vp8_and_audio_without_opus_lack_a_codec() {
    for codec in ["VP8/90000", "opus/48000"] {
        let offer = OFFER.replace(codec, "other/90000");
        let result = publish(&mut Network::new(), 1, 1, &offer);
        assert_eq!(result, Err(NegotiationError::MissingCodec), "{codec}");
    }
}

#[test]
fn text_that_is_no_offer_is_invalid() {
    let without_ufrag = OFFER.replace("a=ice-ufrag", "a=x-ufrag");
    let without_fingerprint = OFFER.replace("a=fingerprint", "a=x-fingerprint");
    let session_only = OFFER.split("m=audio").next().unwrap();
    let receiving = OFFER.replace("a=sendonly", "a=recvonly");
    for offer in [
        "",
        "nonsense",
        "v=0\r\n",
        session_only,
        &without_ufrag,
        &without_fingerprint,
        &receiving,
    ] {
        let result = publish(&mut Network::new(), 1, 1, offer);
        assert!(
            matches!(result, Err(NegotiationError::Invalid(_))),
            "{offer}: {result:?}"
        );
    }
}

#[test]
fn refused_offers_leave_nothing() {
    let mut network = Network::new();
    assert!(publish(&mut network, 1, 1, &OFFER.replace("VP8/90000", "other/90000")).is_err());
    assert!(publish(&mut network, 1, 1, "nonsense").is_err());
    assert_eq!(
        network.join(2, Direction::RecvOnly, BOTH),
        Err(NegotiationError::UnknownSource)
    );
    assert!(network.sfu.is_empty());
}

#[test]
fn peer_negotiates_once() {
    let mut network = Network::new();
    network.publish(1, BOTH);
    assert!(matches!(
        publish(&mut network, 1, 2, OFFER),
        Err(NegotiationError::Invalid(_))
    ));
    assert!(matches!(
        network.join(1, Direction::RecvOnly, BOTH),
        Err(NegotiationError::Invalid(_))
    ));
}

#[test]
fn subscriber_that_wants_what_the_source_lacks_is_refused() {
    let mut network = Network::new();
    network.publish(1, &[MediaKind::Audio]);
    let result = network.join(2, Direction::RecvOnly, &[MediaKind::Video]);
    assert!(matches!(result, Err(NegotiationError::Invalid(_))), "{result:?}");
}

#[test]
fn peers_and_sources_are_limited() {
    let mut network = Network::with_limits(Limits { peers: 5, sources: 2 });
    publish(&mut network, 1, 1, OFFER).unwrap();
    publish(&mut network, 2, 2, OFFER).unwrap();
    assert_eq!(
        publish(&mut network, 3, 3, OFFER),
        Err(NegotiationError::Overloaded)
    );
    publish(&mut network, 3, 2, OFFER).unwrap();
    for peer in 4..7 {
        subscribe(&mut network, peer).unwrap();
    }
    assert_eq!(subscribe(&mut network, 7), Err(NegotiationError::Overloaded));
    let now = network.now;
    network.sfu.close_peer(now, PeerId(4));
    subscribe(&mut network, 7).unwrap();
}
