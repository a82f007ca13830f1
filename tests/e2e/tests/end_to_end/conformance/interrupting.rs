//! What breaks and is mended.

use anyhow::{Context, Result, ensure};
use e2e::{Participant, Proxy, SHORT, until};
use serde_json::json;

use super::sending::{ensure_only_stream, is_sdp};

/// A sender negotiates anew: the stream stays the same, and whoever receives it needs to do nothing.
pub(super) async fn sender_reconnects(
    sender: &Participant,
    receiver: &Participant,
    stream: &str,
) -> Result<()> {
    sender
        .run::<()>("return publisher.stream.reconnect()", &[])
        .await?;
    let answered = sender
        .answered("reconnectStream", json!({ "stream": stream }))
        .await?;
    ensure!(is_sdp(&answered.params["sdpString"]), "{answered:?}");
    let result = answered.result()?;
    ensure!(result["id"] == stream && is_sdp(&result["sdpAnswer"]), "{result}");
    ensure_only_stream(receiver, stream).await
}

/// A receiver negotiates anew.
pub(super) async fn receiver_reconnects(receiver: &Participant, stream: &str) -> Result<()> {
    receiver
        .run::<()>("return subscribers[0].stream.reconnect()", &[])
        .await?;
    let asked = json!({ "stream": stream, "forciblyReconnect": false });
    let answered = receiver.answered("reconnectStream", asked).await?;
    ensure!(is_sdp(&answered.params["sdpOffer"]), "{answered:?}");
    ensure!(is_sdp(&answered.result()?["sdpAnswer"]), "{answered:?}");
    ensure_only_stream(receiver, stream).await
}

/// A socket breaks: the SDK opens another one and is taken for the same participant. The others hear nothing of it.
pub(super) async fn socket_killed(broken: &Participant, network: &Proxy, other: &Participant) -> Result<()> {
    let entered = broken.answered("joinRoom", json!({})).await?;
    let secret = &entered.result()?["sessionId"];
    // The SDK reports on its picture every few seconds, also to a socket that isn't open yet.
    broken
        .browser()
        .expect_console(&["Uncaught DOMException: Failed to execute 'send' on 'WebSocket'"]);
    network.cut();
    for event in ["reconnecting", "reconnected"] {
        broken
            .told(json!({ "source": "session", "event": event }))
            .await?;
    }
    let wires = broken.wires().await?;
    let [first, second] = wires.as_slice() else {
        anyhow::bail!("{} sockets", wires.len());
    };
    ensure!(
        second.url == format!("{}&reconnect=true", first.url),
        "{}",
        second.url
    );
    let answered = broken
        .answered("connect", json!({ "sessionId": secret, "reconnect": true }))
        .await?;
    ensure!(&answered.result()?["sessionId"] == secret, "{answered:?}");
    until("it pings again", SHORT, async || {
        let wires = broken.wires().await?;
        let pings = wires.last().context("no socket")?.exchanges("ping");
        let first = pings.first().context("no ping")?;
        ensure!(
            first.params["interval"] == 5000 && first.answer.is_some(),
            "{first:?}"
        );
        Ok(())
    })
    .await?;

    other
        .run::<()>("return session.signal({ data: 'still there?' })", &[])
        .await?;
    broken
        .told(json!({ "event": "signal", "data": "still there?", "from": other.connection() }))
        .await?;
    let heard = other.events().await?;
    let gone = heard.iter().find(|event| event["event"] == "connectionDestroyed");
    ensure!(gone.is_none(), "{gone:?}");
    Ok(())
}

/// Each receives the other's stream, the same as before.
pub(super) async fn both_go_on(one: (&Participant, &str), other: (&Participant, &str)) -> Result<()> {
    for (receiver, stream) in [one, other] {
        ensure_only_stream(receiver, stream).await?;
    }
    Ok(())
}
