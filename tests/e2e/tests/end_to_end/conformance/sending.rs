//! Sending and receiving.

use anyhow::{Context, Result, ensure};
use e2e::{Participant, SHORT, until};
use serde_json::json;

use super::entering::{ensure_described, ensure_id, is_time};

/// Sending begins with an offer, and the answer names the stream; gives its id.
pub(super) async fn publish_video(sender: &Participant) -> Result<String> {
    let stream = sender.publish().await?;
    let asked = json!({ "hasAudio": true, "hasVideo": true, "doLoopback": false, "typeOfVideo": "CAMERA" });
    let answered = sender.answered("publishVideo", asked).await?;
    let result = answered.result()?;
    ensure!(
        result["id"] == stream.as_str() && is_time(&result["createdAt"]) && is_sdp(&result["sdpAnswer"]),
        "{result}"
    );
    let kind = stream
        .strip_suffix(&format!("_{}", sender.connection()))
        .with_context(|| format!("{stream} doesn't end with its sender"))?;
    ensure_id(kind, "str_CAM_", 4)?;
    sender
        .told(json!({ "source": "publisher", "event": "streamCreated", "stream": stream }))
        .await?;
    Ok(stream)
}

/// Every candidate is taken.
pub(super) async fn on_ice_candidate(sender: &Participant) -> Result<()> {
    let mine = json!({ "endpointName": sender.connection() });
    sender.answered("onIceCandidate", mine).await?;
    until("all candidates taken", SHORT, async || {
        for wire in sender.wires().await? {
            for candidate in wire.exchanges("onIceCandidate") {
                let (_, answer) = candidate.answer.context("one isn't answered")?;
                ensure!(answer.get("result").is_some(), "{}: {answer}", candidate.params);
            }
        }
        Ok(())
    })
    .await
}

/// Receiving begins with an offer, too.
pub(super) async fn receive_video_from(receiver: &Participant, stream: &str) -> Result<()> {
    let answered = receiver
        .answered("receiveVideoFrom", json!({ "sender": stream }))
        .await?;
    ensure!(is_sdp(&answered.params["sdpOffer"]), "{answered:?}");
    ensure!(is_sdp(&answered.result()?["sdpAnswer"]), "{answered:?}");
    Ok(())
}

/// A stream plays: frames are decoded, and there is sound.
pub(super) async fn stream_playing(receiver: &Participant, stream: &str) -> Result<()> {
    let told = json!({ "source": "subscriber", "event": "streamPlaying" });
    receiver.told(told).await?;
    ensure_only_stream(receiver, stream).await
}

/// Whoever is there hears of a stream when it begins.
pub(super) async fn participant_published(
    there: &Participant,
    sender: &Participant,
    stream: &str,
) -> Result<()> {
    let (_, published) = there
        .notified("participantPublished", json!({ "id": sender.connection() }))
        .await?;
    ensure_described(&published["streams"], stream)?;
    there
        .told(json!({ "source": "session", "event": "streamCreated", "stream": stream }))
        .await?;
    Ok(())
}

/// Checks that somebody sees and hears this stream and no other.
pub(super) async fn ensure_only_stream(receiver: &Participant, stream: &str) -> Result<()> {
    let received = receiver.sees_and_hears_one().await?;
    ensure!(received == stream, "{received} instead of {stream}");
    Ok(())
}

/// Whether it can be a session description.
pub(super) fn is_sdp(value: &serde_json::Value) -> bool {
    value
        .as_str()
        .is_some_and(|sdp| sdp.starts_with("v=0") && sdp.contains("m="))
}
