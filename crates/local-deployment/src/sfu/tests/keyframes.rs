//! Key frames are there when somebody needs them.

use std::time::Duration;

use str0m::media::MediaKind;

use super::network::{BOTH, Network, SOURCE, TICK};
use crate::sfu::PeerId;

#[test]
fn key_frame_is_requested_when_somebody_subscribes_until_it_comes() {
    let (mut network, publisher, _) = Network::call();
    network.send_frames(publisher, 40, true);
    network.client(publisher).keyframe_requests.clear();

    let late = network.subscribe(3, BOTH);
    let subscribed_at = network.now;
    network.connect();
    network.send_frames(publisher, 30, false);
    let requests = network.client(publisher).keyframe_requests.clone();
    assert!(
        requests[0] <= subscribed_at + TICK * 2,
        "before the subscriber is connected"
    );
    assert!(requests.len() >= 3, "{} requests", requests.len());
    assert!(network.client(late).received.is_empty());

    let frame = network.send_frame(publisher, true);
    network.send_frames(publisher, 30, false);
    assert_eq!(network.client(publisher).keyframe_requests.len(), requests.len());
    assert!(
        network
            .client(late)
            .payloads(MediaKind::Video)
            .starts_with(&[frame[0].as_slice()])
    );
}

#[test]
fn subscribers_request_reaches_the_publisher() {
    let (mut network, publisher, subscriber) = Network::call();
    network.send_frames(publisher, 20, true);
    network.client(publisher).keyframe_requests.clear();
    network.client(subscriber).request_keyframe();
    network.pass(TICK * 4);
    assert_eq!(network.client(publisher).keyframe_requests.len(), 1);
}

#[test]
fn requests_of_many_subscribers_are_bundled() {
    let (mut network, publisher, _) = Network::call();
    network.send_frames(publisher, 20, true);
    network.client(publisher).keyframe_requests.clear();
    for peer in 10..30 {
        network.subscribe(peer, BOTH);
    }
    network.connect();
    network.send_frame(publisher, true);
    network.send_frames(publisher, 5, false);
    assert_eq!(network.client(publisher).keyframe_requests.len(), 1);
    for peer in 10..30 {
        let client = network.client(PeerId(peer));
        assert_eq!(client.received(MediaKind::Video).len(), 18, "peer {peer}");
    }
}

#[test]
fn recent_key_frame_is_replayed_with_its_frames_drawn_together() {
    let (mut network, publisher, _) = Network::call();
    network.send_frames(publisher, 40, true);
    let mut sent = network.send_frames(publisher, 6, true);
    network.client(publisher).keyframe_requests.clear();
    let late = network.subscribe(3, BOTH);
    network.connect();
    assert_eq!(
        network.client(late).payloads(MediaKind::Video),
        sent,
        "without any new frame"
    );
    assert_eq!(network.client(publisher).keyframe_requests.len(), 0);

    sent.extend(network.send_frames(publisher, 2, false));
    let client = network.client(late);
    assert_eq!(client.payloads(MediaKind::Video), sent);
    let frames: Vec<_> = client
        .received(MediaKind::Video)
        .iter()
        .map(|packet| packet.header.timestamp)
        .step_by(3)
        .collect();
    let steps: Vec<_> = frames
        .windows(2)
        .map(|pair| pair[1].wrapping_sub(pair[0]))
        .collect();
    assert_eq!(steps.last(), Some(&3_000));
    assert!(steps[..5].iter().all(|step| (1..200).contains(step)), "{steps:?}");
}

#[test]
fn expected_subscriber_finds_the_key_frame_ready() {
    let (mut network, publisher, _) = Network::call();
    network.send_frames(publisher, 40, true);
    network.client(publisher).keyframe_requests.clear();
    let now = network.now;
    network.sfu.expect_subscriber(now, SOURCE);
    network.pass(TICK * 2);
    assert_eq!(network.client(publisher).keyframe_requests.len(), 1);
    let sent = network.send_frame(publisher, true);
    let late = network.subscribe(3, BOTH);
    network.connect();
    assert_eq!(network.client(late).payloads(MediaKind::Video), sent);
    assert_eq!(network.client(publisher).keyframe_requests.len(), 1);
}

#[test]
fn replay_with_a_hole_is_not_tried() {
    let (mut network, publisher, _) = Network::call();
    network.send_frames(publisher, 40, true);
    network.send_frame(publisher, true);
    // The publisher skips a packet that nobody will ever see.
    network.client(publisher).next_seq_no += 1;
    network.send_frame(publisher, false);
    let late = network.subscribe(3, BOTH);
    network.connect();
    assert!(network.client(late).received.is_empty());
    network.pass(Duration::from_millis(500));
    assert!(!network.client(publisher).keyframe_requests.is_empty());
}
