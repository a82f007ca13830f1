//! Signalling and media server together, with offers of a real WebRTC implementation.

use std::time::Instant;

use serde_json::{Value, json};
use str0m::{
    Rtc,
    media::{Direction, MediaKind},
};

use crate::{client::Client, server::Server};

fn offer(direction: Direction) -> String {
    let mut rtc = Rtc::builder().build(Instant::now());
    let mut changes = rtc.sdp_api();
    changes.add_media(MediaKind::Audio, direction, None, None, None);
    changes.add_media(MediaKind::Video, direction, None, None, None);
    changes.apply().unwrap().0.to_sdp_string()
}

fn publish(offer: &str) -> Value {
    json!({"sdpOffer": offer, "hasAudio": true, "hasVideo": true, "doLoopback": false, "audioActive": true,
        "videoActive": true, "typeOfVideo": "CAMERA", "frameRate": 30,
        "videoDimensions": "{\"width\":640,\"height\":480}"})
}

#[tokio::test]
async fn a_stream_is_published_received_reconnected_and_ended() {
    let server = Server::start().await;
    let (mut a, joined_a) = Client::join(&server, "S").await;
    let (mut b, _) = Client::join(&server, "S").await;
    a.notification().await;

    let refused = a.call("publishVideo", publish("not an offer")).await;
    assert_eq!(refused["error"]["code"], 302);

    let published = a.call("publishVideo", publish(&offer(Direction::SendOnly))).await;
    let answer = published["result"]["sdpAnswer"].as_str().expect("an answer");
    let port = server.deployment.media_addresses()[0].port().to_string();
    assert!(
        answer
            .lines()
            .any(|line| line.starts_with("a=candidate:") && line.contains(&port)),
        "{answer}"
    );
    let stream = &published["result"]["id"];
    let heard = b.notification().await;
    assert_eq!(heard["method"], "participantPublished");
    assert_eq!(heard["params"]["id"], joined_a["id"]);
    assert_eq!(heard["params"]["streams"][0]["id"], *stream);
    assert_eq!(heard["params"]["streams"][0]["hasVideo"], true);

    let subscribe = json!({"sender": stream, "sdpOffer": offer(Direction::RecvOnly)});
    let received = b.call("receiveVideoFrom", subscribe).await;
    assert!(
        received["result"]["sdpAnswer"]
            .as_str()
            .expect("an answer")
            .contains("a=sendonly")
    );
    let again = json!({"stream": stream, "sdpOffer": offer(Direction::RecvOnly), "forciblyReconnect": false});
    assert!(b.call("reconnectStream", again).await["result"]["sdpAnswer"].is_string());
    let again = json!({"stream": stream, "sdpString": offer(Direction::SendOnly)});
    assert_eq!(a.call("reconnectStream", again).await["result"]["id"], *stream);

    assert!(a.call("unpublishVideo", json!({})).await["result"].is_object());
    assert_eq!(b.notification().await["params"]["reason"], "unpublish");
    let gone = json!({"sender": stream, "sdpOffer": offer(Direction::RecvOnly)});
    assert_eq!(b.call("receiveVideoFrom", gone).await["error"]["code"], 105);
}
