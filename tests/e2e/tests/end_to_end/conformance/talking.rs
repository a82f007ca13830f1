//! Muting, and signals.

use anyhow::{Result, ensure};
use e2e::Participant;
use serde_json::{Value, json};

use super::sending::ensure_only_stream;

/// A sound that is switched off is told, and is silence.
pub(super) async fn sound_muted(sender: &Participant, receiver: &Participant, stream: &str) -> Result<()> {
    sender.run::<()>("publisher.publishAudio(false)", &[]).await?;
    ensure_changed(sender, receiver, (stream, "audioActive", "publishAudio", false)).await?;
    receiver.hears_silence().await
}

/// And is told and heard when it is switched on again.
pub(super) async fn sound_back(sender: &Participant, receiver: &Participant, stream: &str) -> Result<()> {
    sender.run::<()>("publisher.publishAudio(true)", &[]).await?;
    ensure_changed(sender, receiver, (stream, "audioActive", "publishAudio", true)).await?;
    ensure_only_stream(receiver, stream).await
}

/// The same for a picture.
pub(super) async fn picture_muted(sender: &Participant, receiver: &Participant, stream: &str) -> Result<()> {
    for on in [false, true] {
        sender
            .run::<()>("return publisher.publishVideo(arguments[1])", &[on.into()])
            .await?;
        ensure_changed(sender, receiver, (stream, "videoActive", "publishVideo", on)).await?;
    }
    ensure_only_stream(receiver, stream).await
}

/// A signal reaches whom it is for, and nobody else.
pub(super) async fn signal_to_one(from: &Participant, to: &Participant) -> Result<()> {
    let body = "const to = [...session.remoteConnections.values()].filter((one) => one.connectionId === arguments[1]);
        return session.signal({ type: 'chat', data: 'to one', to })";
    from.run::<()>(body, &[to.connection().into()]).await?;
    let message = json!({ "type": "signal:chat", "data": "to one", "from": from.connection() });
    to.notified("sendMessage", message.clone()).await?;
    for event in ["signal", "signal:chat"] {
        to.told(with(message.clone(), "event", event)).await?;
    }
    let told = from.events().await?;
    ensure!(
        !told.iter().any(|event| event["data"] == "to one"),
        "it came back: {told:?}"
    );
    Ok(())
}

/// A signal to all reaches also who sent it, before the answer does.
pub(super) async fn signal_to_all(from: &Participant, other: &Participant) -> Result<()> {
    from.run::<()>("return session.signal({ data: 'to all' })", &[])
        .await?;
    let message = json!({ "data": "to all", "from": from.connection() });
    for participant in [from, other] {
        participant.told(with(message.clone(), "event", "signal")).await?;
    }
    let (received, _) = from.notified("sendMessage", message).await?;
    let answered = from.answered("sendMessage", json!({})).await?;
    answered.result()?;
    ensure!(received < answered.place, "the answer came first");
    Ok(())
}

/// Checks that a change of a stream was taken, and told to the other as a text, as the SDK wants it.
async fn ensure_changed(
    sender: &Participant,
    receiver: &Participant,
    (stream, property, reason, on): (&str, &str, &str, bool),
) -> Result<()> {
    let asked = json!({ "streamId": stream, "property": property, "newValue": on, "reason": reason });
    sender.answered("streamPropertyChanged", asked).await?.result()?;
    let notice = json!({
        "connectionId": sender.connection(), "streamId": stream, "property": property, "newValue": on.to_string(),
        "reason": reason,
    });
    receiver.notified("streamPropertyChanged", notice).await?;
    let event = json!({
        "source": "session", "event": "streamPropertyChanged", "stream": stream, "changedProperty": property,
        "oldValue": !on, "newValue": on, "reason": reason,
    });
    receiver.told(event).await?;
    Ok(())
}

fn with(mut object: Value, key: &str, value: &str) -> Value {
    object[key] = value.into();
    object
}
