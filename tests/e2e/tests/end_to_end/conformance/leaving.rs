//! The ends of streams, connections and sessions.

use anyhow::{Context, Result, ensure};
use e2e::{Closing, Participant, RestClient, SHORT, WireEnd, until};
use serde_json::{Value, json};

use super::sending::ensure_only_stream;
use crate::ROOM;

/// How the SDK closes a socket that it doesn't need any more.
const CLOSED_BY_CLIENT: Closing = Closing {
    end: WireEnd::Client,
    code: Some(4102),
};

/// Whoever stops sending stays, and the others are told.
pub(super) async fn unpublish_video(
    sender: &Participant,
    receiver: &Participant,
    stream: &str,
) -> Result<()> {
    sender
        .run::<()>("return session.unpublish(publisher)", &[])
        .await?;
    sender.answered("unpublishVideo", json!({})).await?.result()?;
    let ended = json!({ "event": "streamDestroyed", "stream": stream, "reason": "unpublish" });
    let notice = json!({ "connectionId": sender.connection(), "reason": "unpublish" });
    receiver.notified("participantUnpublished", notice).await?;
    receiver.told(with_source(&ended, "session")).await?;
    sender.told(with_source(&ended, "publisher")).await?;
    Ok(())
}

/// Sending again gives another stream.
pub(super) async fn another_stream(receiver: &Participant, before: &str, now: &str) -> Result<()> {
    ensure!(before != now, "{now} has been there before");
    receiver
        .told(json!({ "source": "session", "event": "streamCreated", "stream": now }))
        .await?;
    ensure_only_stream(receiver, now).await
}

/// Only moderators remove others.
pub(super) async fn force_disconnect_refused(publisher: &Participant) -> Result<()> {
    publisher
        .browser()
        .expect_console(&["method:forceDisconnect", "Error forcing disconnect"]);
    let name: String = publisher
        .run(
            "const [other] = session.remoteConnections.values();
             return session.forceDisconnect(other).then(() => 'done', ({ name }) => name)",
            &[],
        )
        .await?;
    ensure!(name == "OPENVIDU_PERMISSION_DENIED", "{name}");
    let refused = publisher.answered("forceDisconnect", json!({})).await?;
    ensure!(refused.answer["error"]["code"] == 401, "{refused:?}");
    Ok(())
}

/// Whoever is removed is told, closes the socket and says nothing more; the moderator hears of it in a certain order.
pub(super) async fn force_disconnect(
    moderator: &Participant,
    removed: &Participant,
    stream: &str,
) -> Result<()> {
    const REASON: &str = "forceDisconnectByUser";
    let connection = removed.connection();
    let body = "const [other] = session.remoteConnections.values(); return session.forceDisconnect(other)";
    moderator.run::<()>(body, &[]).await?;

    let notice = json!({ "connectionId": connection, "reason": REASON });
    let (left, _) = moderator.notified("participantLeft", notice.clone()).await?;
    let answered = moderator
        .answered("forceDisconnect", json!({ "connectionId": connection }))
        .await?;
    answered.result()?;
    let (evicted, _) = moderator.notified("participantEvicted", notice.clone()).await?;
    ensure!(
        left < answered.place && answered.place < evicted,
        "participantLeft, answer, participantEvicted at {left}, {}, {evicted}",
        answered.place
    );
    let gone = json!({ "source": "session", "event": "connectionDestroyed", "connection": connection, "reason": REASON });
    moderator.told(gone).await?;
    let ended = json!({ "event": "streamDestroyed", "stream": stream, "reason": REASON });
    moderator.told(with_source(&ended, "session")).await?;

    removed.notified("participantEvicted", notice).await?;
    removed.told(with_source(&ended, "publisher")).await?;
    removed
        .told(json!({ "source": "session", "event": "sessionDisconnected", "reason": REASON }))
        .await?;
    ensure_closed(removed).await?;
    for wire in removed.wires().await? {
        ensure!(wire.exchanges("leaveRoom").is_empty(), "they left by themselves");
    }
    Ok(())
}

/// A token that was used lets nobody in.
pub(super) async fn token_used_twice(who: &Participant, token: &str) -> Result<()> {
    who.browser().expect_console(&["is not valid. Code: 401"]);
    let code: Value = who
        .browser()
        .run(
            "return window.participants.join({ token: arguments[0] }).then(() => 'in', ({ code }) => code)",
            vec![token.into()],
        )
        .await?;
    ensure!(code == 401, "{code}");
    Ok(())
}

/// Whoever leaves says so, closes the socket, and is gone for the others with what they sent.
pub(super) async fn leave_room(leaver: &Participant, other: &Participant, stream: &str) -> Result<()> {
    leaver.run::<()>("session.disconnect()", &[]).await?;
    leaver
        .told(json!({ "source": "session", "event": "sessionDisconnected", "reason": "disconnect" }))
        .await?;
    leaver.answered("leaveRoom", json!({})).await?.result()?;
    ensure_closed(leaver).await?;

    let connection = leaver.connection();
    let notice = json!({ "connectionId": connection, "reason": "disconnect" });
    other.notified("participantLeft", notice).await?;
    for event in [
        json!({ "event": "streamDestroyed", "stream": stream, "reason": "disconnect" }),
        json!({ "event": "connectionDestroyed", "connection": connection, "reason": "disconnect" }),
    ] {
        other.told(with_source(&event, "session")).await?;
    }
    Ok(())
}

/// A session ends with its last participant.
pub(super) async fn last_one_leaves(last: &Participant, rest: &RestClient) -> Result<()> {
    ensure!(rest.has_session(ROOM).await?, "it is gone already");
    last.run::<()>("session.disconnect()", &[]).await?;
    last.answered("leaveRoom", json!({})).await?.result()?;
    ensure_closed(last).await?;
    until("the session gone", SHORT, async || {
        ensure!(!rest.has_session(ROOM).await?, "it is still there");
        Ok(())
    })
    .await
}

/// Waits until the page's last websocket has been closed by the SDK.
async fn ensure_closed(who: &Participant) -> Result<()> {
    until("the socket closed", SHORT, async || {
        let wires = who.wires().await?;
        let closed = wires.last().context("no socket")?.closed_by;
        ensure!(closed == Some(CLOSED_BY_CLIENT), "{closed:?}");
        Ok(())
    })
    .await
}

fn with_source(event: &Value, source: &str) -> Value {
    let mut event = event.clone();
    event["source"] = source.into();
    event
}
