//! Offers as browsers make them.

use super::network::{Network, SOURCE};
use crate::sfu::{Answer, PeerId};

/// Recorded from Chromium 156 and Firefox 153 with microphone and camera, as the OpenVidu SDK calls them.
const BROWSERS: [(&str, &str, &str); 2] = [
    (
        "Chromium",
        include_str!("offers/chromium_publish.sdp"),
        include_str!("offers/chromium_subscribe.sdp"),
    ),
    (
        "Firefox",
        include_str!("offers/firefox_publish.sdp"),
        include_str!("offers/firefox_subscribe.sdp"),
    ),
];

fn values<'a>(sdp: &'a str, prefix: &str) -> Vec<&'a str> {
    sdp.lines().filter_map(|line| line.strip_prefix(prefix)).collect()
}

/// A valid answer (JSEP, RFC 9429, section 5.3.1), in the given direction.
fn assert_answers(answer: &Answer, offer: &str, direction: &str, browser: &str) {
    let sdp = &answer.sdp;
    assert!(answer.has_audio && answer.has_video, "{browser}");
    assert_eq!(values(sdp, "a=mid:"), values(offer, "a=mid:"), "{browser}");
    assert_eq!(values(sdp, "a=group:"), values(offer, "a=group:"), "{browser}");
    assert_eq!(values(sdp, "a=setup:"), ["passive", "passive"], "{browser}");
    assert_eq!(sdp.matches("a=rtcp-mux\r\n").count(), 2, "{browser}");
    assert_eq!(sdp.matches(direction).count(), 2, "{browser}");
    for codec in ["opus/48000/2", "VP8/90000", "rtx/90000"] {
        let payload_types = |sdp: &str| -> Vec<String> {
            values(sdp, "a=rtpmap:")
                .iter()
                .filter_map(|map| map.strip_suffix(codec))
                .map(Into::into)
                .collect()
        };
        let answered = payload_types(sdp);
        assert_eq!(answered.len(), 1, "{browser} {codec}");
        assert!(payload_types(offer).contains(&answered[0]), "{browser} {codec}");
    }
    assert_eq!(values(sdp, "a=rtpmap:").len(), 3, "{browser}: no other codec");
    let offered = values(offer, "a=extmap:");
    for extension in values(sdp, "a=extmap:") {
        let id = extension.split(' ').next().unwrap();
        let uri = extension.split(' ').nth(1).unwrap();
        let is_offered = offered
            .iter()
            .any(|offered| offered.split(['/', ' ']).next() == Some(id) && offered.contains(uri));
        assert!(is_offered, "{browser} {extension}");
    }
    assert_eq!(values(sdp, "a=candidate:").len(), 1, "{browser}");
}

#[test]
fn offers_of_publishers_are_answered() {
    for (browser, publish, _) in BROWSERS {
        let mut network = Network::new();
        let now = network.now;
        let answer = network.sfu.publish(now, PeerId(1), SOURCE, publish).unwrap();
        assert_answers(&answer, publish, "a=recvonly\r\n", browser);
        assert!(answer.sdp.contains("transport-wide-cc"), "{browser}");
    }
}

#[test]
fn offers_of_subscribers_are_answered_whoever_publishes() {
    for (_, publish, _) in BROWSERS {
        for (browser, _, subscribe) in BROWSERS {
            let mut network = Network::new();
            let now = network.now;
            network.sfu.publish(now, PeerId(1), SOURCE, publish).unwrap();
            let answer = network.sfu.subscribe(now, PeerId(2), SOURCE, subscribe).unwrap();
            assert_answers(&answer, subscribe, "a=sendonly\r\n", browser);
            assert!(!answer.sdp.contains("transport-cc"), "{browser}");
        }
    }
}
