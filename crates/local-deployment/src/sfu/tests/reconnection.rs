//! A source whose RTP stream changes goes on for its subscribers.

use std::time::Duration;

use str0m::{
    media::MediaKind,
    rtp::{RtpPacket, Vp8Descriptor},
};

use super::network::{BOTH, Network, SOURCE};
use crate::sfu::PeerId;

/// Sequence numbers without gap, timestamps and picture ids that never go back.
fn assert_continuous(received: &[&RtpPacket]) {
    for pair in received.windows(2) {
        assert_eq!(*pair[1].seq_no, *pair[0].seq_no + 1);
        let step = pair[1].header.timestamp.wrapping_sub(pair[0].header.timestamp);
        assert!(step < 90_000 * 5, "timestamp step {step}");
        let [first, second] = [pair[0], pair[1]].map(|packet| Vp8Descriptor::parse(&packet.payload).unwrap());
        let step = second
            .picture_id()
            .unwrap()
            .wrapping_sub(first.picture_id().unwrap())
            & 0x7fff;
        assert_eq!(step, u16::from(step != 0), "picture id");
        assert_eq!(step != 0, pair[0].header.marker);
        assert_eq!(pair[0].header.ssrc, pair[1].header.ssrc);
    }
}

#[test]
fn publisher_that_comes_back_goes_on_where_it_ended() {
    let (mut network, publisher, subscriber) = Network::call();
    network.send_frames(publisher, 10, true);
    network.clients.remove(&publisher);
    network.pass(Duration::from_secs(2));

    let second = network.publish(9, BOTH);
    network.connect();
    let client = network.client(second);
    (client.next_seq_no, client.next_timestamp, client.next_picture_id) = (50, 77, 3);
    let lost = network.send_frames(second, 3, false);
    assert!(
        !network.client(second).keyframe_requests.is_empty(),
        "without a key frame nobody sees anything"
    );
    network.send_frames(second, 10, true);

    let client = network.client(subscriber);
    let received = client.received(MediaKind::Video);
    assert_eq!(received.len(), 60);
    assert_continuous(&received);
    let pause = received[30]
        .header
        .timestamp
        .wrapping_sub(received[29].header.timestamp);
    assert!((180_000..300_000).contains(&pause), "pause {pause}");
    let resumed = &received[30].payload[5..];
    assert_ne!(resumed, &lost[0][5..]);
    assert!(network.events.is_empty(), "{:?}", network.events);
}

#[test]
fn publisher_may_change_its_ssrc() {
    let (mut network, publisher, subscriber) = Network::call();
    network.send_frames(publisher, 10, true);
    network.pass(Duration::from_millis(500));
    let client = network.client(publisher);
    let video = client.video.unwrap();
    let mut api = client.rtc.direct_api();
    let (ssrc, rtx) = (api.new_ssrc(), api.new_ssrc());
    assert!(api.reset_stream_tx(video, None, ssrc, Some(rtx)).is_some());
    (client.next_seq_no, client.next_timestamp, client.next_picture_id) = (7, 7, 7);
    network.send_frames(publisher, 10, true);
    let client = network.client(subscriber);
    let received = client.received(MediaKind::Video);
    assert_eq!(received.len(), 60);
    assert_continuous(&received);
}

#[test]
fn refused_offer_leaves_the_publisher_in_place() {
    let (mut network, publisher, subscriber) = Network::call();
    let now = network.now;
    assert!(network.sfu.publish(now, PeerId(9), SOURCE, "nonsense").is_err());
    let sent = network.send_frames(publisher, 3, true);
    assert_eq!(network.client(subscriber).payloads(MediaKind::Video), sent);
}
