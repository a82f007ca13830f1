//! Sender reports tell subscribers which sound belongs to which picture.

use std::time::Duration;

use str0m::{media::MediaKind, rtp::RtpPacket};

use super::network::{Network, TICK};

/// When a packet was captured according to the last sender report, in seconds.
fn capture_time(packet: &RtpPacket) -> f64 {
    let report = packet.last_sender_info.expect("a sender report has come");
    let ticks = packet
        .header
        .timestamp
        .wrapping_sub(report.rtp_time.numer() as u32)
        .cast_signed();
    let reported = report
        .ntp_time
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs_f64();
    reported + f64::from(ticks) / f64::from(packet.time.denom())
}

#[test]
fn capture_times_are_the_publishers_although_video_takes_longer_to_arrive() {
    let (mut network, publisher, subscriber) = Network::call();
    let late = Duration::from_millis(80);
    for index in 0..300_u32 {
        let now = network.now;
        let client = network.client(publisher);
        client.send_audio(now, u64::from(index) + 1, index * 35 * 48, b"sound");
        // Encoding takes its time: what is sent now was captured before.
        client.next_timestamp = index * 35 * 90;
        client.send_frame(now - late, index % 30 == 0);
        network.pass(TICK * 7);
    }
    let client = network.client(subscriber);
    let (audio, video) = (
        client.received(MediaKind::Audio),
        client.received(MediaKind::Video),
    );
    let (audio, video) = (audio.last().unwrap(), video.last().unwrap());
    let difference = capture_time(audio) - capture_time(video);
    assert!(
        (difference - late.as_secs_f64()).abs() < 0.001,
        "difference {difference}"
    );
}

#[test]
fn both_tracks_belong_to_the_same_stream() {
    let (network, _, subscriber) = Network::call();
    let sdp = &network.answers[&subscriber].sdp;
    let streams: Vec<_> = sdp
        .lines()
        .filter_map(|line| line.strip_prefix("a=msid:"))
        .filter_map(|msid| msid.split(' ').next())
        .collect();
    assert_eq!(streams, ["source-1", "source-1"]);
}
