//! Media goes from the publisher to every subscriber unchanged.

use std::time::Duration;

use str0m::media::MediaKind;

use super::{
    client::PACKETS_PER_FRAME,
    network::{BOTH, Network},
};

#[test]
fn video_arrives_with_the_subscribers_payload_type_and_everything_else_as_sent() {
    let (mut network, publisher, subscriber) = Network::call();
    let sent = network.send_frames(publisher, 10, true);
    let client = network.client(subscriber);
    assert_eq!(client.payloads(MediaKind::Video), sent);
    let received = client.received(MediaKind::Video);
    for (index, packet) in (1..).zip(&received) {
        assert_eq!(*packet.header.payload_type, 120);
        assert_eq!(packet.header.marker, index % PACKETS_PER_FRAME == 0);
        assert_eq!(*packet.seq_no, index);
    }
    let timestamps: Vec<_> = received.iter().map(|packet| packet.header.timestamp).collect();
    let first = timestamps[0];
    let frames = timestamps.chunks(PACKETS_PER_FRAME as usize);
    for (frame, index) in frames.zip(0_u32..) {
        assert!(
            frame
                .iter()
                .all(|timestamp| timestamp.wrapping_sub(first) == index * 3_000)
        );
    }
}

#[test]
fn audio_arrives_with_its_level() {
    let (mut network, publisher, subscriber) = Network::call();
    for index in 0..20_u32 {
        let now = network.now;
        let payload = [index as u8; 40];
        network
            .client(publisher)
            .send_audio(now, 500 + u64::from(index), index * 960, &payload);
        network.pass(Duration::from_millis(20));
    }
    let client = network.client(subscriber);
    let received = client.received(MediaKind::Audio);
    assert_eq!(received.len(), 20);
    for (packet, index) in received.iter().zip(0_u8..) {
        assert_eq!(*packet.payload, [index; 40]);
        assert_eq!(*packet.header.payload_type, 109);
        assert_eq!(packet.header.ext_vals.audio_level, Some(-30));
        assert_eq!(packet.header.ext_vals.voice_activity, Some(true));
        assert_eq!(packet.header.timestamp, u32::from(index) * 960);
    }
}

#[test]
fn every_subscriber_gets_everything_from_its_key_frame_on() {
    let (mut network, publisher, first) = Network::call();
    let before = network.send_frames(publisher, 5, true);
    let second = network.subscribe(3, BOTH);
    network.connect();
    let after = network.send_frames(publisher, 5, true);
    let all = [before, after.clone()].concat();
    assert_eq!(network.client(first).payloads(MediaKind::Video), all);
    assert!(
        network
            .client(second)
            .payloads(MediaKind::Video)
            .ends_with(&after.iter().map(Vec::as_slice).collect::<Vec<_>>())
    );
}

#[test]
fn subscriber_may_want_audio_only_or_video_only() {
    let (mut network, publisher, _) = Network::call();
    let listener = network.subscribe(3, &[MediaKind::Audio]);
    let viewer = network.subscribe(4, &[MediaKind::Video]);
    network.connect();
    let now = network.now;
    network.client(publisher).send_audio(now, 1, 0, b"sound");
    let frame = network.send_frame(publisher, true);
    assert_eq!(network.client(listener).payloads(MediaKind::Audio), [b"sound"]);
    assert!(network.client(listener).payloads(MediaKind::Video).is_empty());
    assert_eq!(network.client(viewer).payloads(MediaKind::Video), frame);
    assert!(network.client(viewer).payloads(MediaKind::Audio).is_empty());
}

#[test]
fn source_may_have_audio_only() {
    let mut network = Network::new();
    let publisher = network.publish(1, &[MediaKind::Audio]);
    let subscriber = network.subscribe(2, BOTH);
    network.connect();
    let answer = &network.answers[&subscriber];
    assert!(answer.has_audio && !answer.has_video);
    assert!(answer.sdp.contains("a=inactive") && answer.sdp.contains("a=sendonly"));
    let now = network.now;
    network.client(publisher).send_audio(now, 1, 0, b"sound");
    network.pass(Duration::from_millis(50));
    assert_eq!(network.client(subscriber).payloads(MediaKind::Audio), [b"sound"]);
}
