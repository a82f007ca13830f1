//! Tokens, the websocket, and who is there.

use anyhow::{Context, Result, ensure};
use e2e::{Connection, NewConnection, Participant, RestClient, WireEnd, includes};
use serde_json::{Value, json};

use crate::ROOM;

/// A token names the deployment and the session. (It is given back: nobody comes with it.)
pub(super) async fn token(rest: &RestClient, deployment: &str) -> Result<()> {
    let slot = rest.create_connection(ROOM, &NewConnection::default()).await?;
    let beginning = format!("ws://{deployment}?sessionId={ROOM}&token=");
    let token = slot.token.strip_prefix(&beginning);
    let token = token.with_context(|| format!("{} doesn't begin with {beginning}", slot.token))?;
    ensure_id(token, "tok_", 16)?;
    ensure_id(&slot.connection_id, "con_", 10)?;
    ensure!(slot.status == "pending", "{slot:?}");
    rest.disconnect(ROOM, &slot.connection_id).await
}

/// The SDK opens one websocket, at the host that the token names.
pub(super) async fn upgrade(who: &Participant, deployment: &str) -> Result<()> {
    let wires = who.wires().await?;
    let urls: Vec<_> = wires.iter().map(|wire| wire.url.as_str()).collect();
    let expected = format!("ws://{deployment}/openvidu?sessionId={ROOM}");
    ensure!(urls == [expected.as_str()], "{urls:?} instead of {expected}");
    Ok(())
}

/// It pings before anything else.
pub(super) async fn ping(who: &Participant) -> Result<()> {
    let expected = json!({ "jsonrpc": "2.0", "method": "ping", "params": { "interval": 5000 }, "id": 0 });
    let first = request(who, 0).await?;
    ensure!(first == expected, "{first}");
    let pong = who.answered("ping", json!({ "interval": 5000 })).await?;
    ensure!(pong.result()? == &json!({ "value": "pong" }), "{pong:?}");
    Ok(())
}

/// Then it enters: the answer says everything that the SDK needs to know.
pub(super) async fn join_room(who: &Participant, slot: &Connection) -> Result<()> {
    let second = request(who, 1).await?;
    ensure!(
        includes(&second, &json!({ "method": "joinRoom", "id": 1 })),
        "{second}"
    );
    let answered = who
        .answered(
            "joinRoom",
            json!({ "session": ROOM, "secret": "", "recorder": false }),
        )
        .await?;
    let result = answered.result()?;
    let expected = json!({
        "id": slot.connection_id, "session": ROOM, "role": "MODERATOR", "metadata": r#"{"clientData":"Ada"}"#,
        "value": [], "mediaServer": "kurento", "record": true,
    });
    ensure!(includes(result, &expected), "{result} lacks some of {expected}");
    let text = |key: &str| result[key].as_str().unwrap_or_default();
    ensure!(is_version(text("version")), "{result}");
    ensure!(is_time(&result["createdAt"]), "{result}");
    // 128 bits need this many characters of the densest alphabet that is fit for an address.
    ensure!(text("sessionId").len() >= 22, "{result}");
    let servers = result["customIceServers"].as_array().context("no ICE servers")?;
    let named = |server: &Value| server["url"].as_str().is_some_and(|url| url.contains(':'));
    ensure!(!servers.is_empty() && servers.iter().all(named), "{result}");
    ensure!(result.get("life").is_none(), "that of another edition: {result}");

    who.told(json!({ "source": "session", "event": "connectionCreated", "connection": slot.connection_id }))
        .await?;
    let known: Value = who
        .run("return { session: session.sessionId, role: session.connection.role, record: session.connection.record }", &[])
        .await?;
    ensure!(
        known == json!({ "session": ROOM, "role": "MODERATOR", "record": true }),
        "{known}"
    );
    Ok(())
}

/// Whoever is there hears of somebody who comes.
pub(super) async fn participant_joined(there: &Participant, comes: &Participant) -> Result<()> {
    let id = comes.connection();
    let metadata = r#"{"clientData":"Bo"}"#;
    let (_, joined) = there
        .notified("participantJoined", json!({ "id": id, "metadata": metadata }))
        .await?;
    ensure!(
        is_time(&joined["createdAt"]) && joined.get("role").is_none() && joined.get("streams").is_none(),
        "{joined}"
    );
    there
        .told(json!({ "event": "connectionCreated", "connection": id }))
        .await?;
    Ok(())
}

/// Whoever comes is told who is there and what they send, and nothing before that.
pub(super) async fn stream_in_value(comes: &Participant, there: &Participant, stream: &str) -> Result<()> {
    let answered = comes.answered("joinRoom", json!({})).await?;
    let others = answered.result()?["value"].as_array().context("no value")?;
    let [other] = others.as_slice() else {
        anyhow::bail!("others are {others:?}");
    };
    let expected = json!({ "id": there.connection(), "metadata": r#"{"clientData":"Ada"}"# });
    ensure!(
        includes(other, &expected) && other.get("role").is_none(),
        "{other}"
    );
    ensure_described(&other["streams"], stream)?;

    for wire in comes.wires().await? {
        let early = wire.messages[..answered.place]
            .iter()
            .find(|message| message.from == WireEnd::Server && message.body.get("method").is_some());
        ensure!(early.is_none(), "before the answer: {early:?}");
    }
    let told: Vec<_> = comes
        .events()
        .await?
        .iter()
        .filter(|event| event["source"] == "session")
        .map(|event| {
            (
                event["event"].clone(),
                event["connection"].clone(),
                event["stream"].clone(),
            )
        })
        .collect();
    let expected = [
        (json!("connectionCreated"), json!(comes.connection()), Value::Null),
        (json!("connectionCreated"), json!(there.connection()), Value::Null),
        (json!("streamCreated"), Value::Null, json!(stream)),
    ];
    ensure!(told == expected, "{told:?}");
    Ok(())
}

/// Checks the description of what somebody sends: the keys that the SDK reads, as it reads them.
pub(super) fn ensure_described(streams: &Value, id: &str) -> Result<()> {
    let [stream] = streams.as_array().map_or(&[][..], Vec::as_slice) else {
        anyhow::bail!("there must be one stream: {streams}");
    };
    let expected = json!({
        "id": id, "hasAudio": true, "hasVideo": true, "audioActive": true, "videoActive": true, "typeOfVideo": "CAMERA",
        "frameRate": 15, "videoDimensions": r#"{"width":320,"height":240}"#, "filter": {},
    });
    ensure!(includes(stream, &expected), "{stream} lacks some of {expected}");
    ensure!(is_time(&stream["createdAt"]), "{stream}");
    Ok(())
}

/// Checks an id: a prefix, a capital, and letters and digits.
pub(super) fn ensure_id(id: &str, prefix: &str, length: usize) -> Result<()> {
    let rest = id.strip_prefix(prefix).unwrap_or_default();
    ensure!(
        rest.len() == length
            && rest.starts_with(|first: char| first.is_ascii_uppercase())
            && rest.chars().all(|c| c.is_ascii_alphanumeric()),
        "{id} is not {prefix} and {length} letters and digits, the first a capital"
    );
    Ok(())
}

/// Whether it can be a time in milliseconds: after 2020, so not seconds.
pub(super) fn is_time(value: &Value) -> bool {
    const START_OF_2020: u64 = 1_577_836_800_000;
    value.as_u64().is_some_and(|time| time > START_OF_2020)
}

fn is_version(text: &str) -> bool {
    let parts: Vec<_> = text.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok())
}

/// The client's request at this place.
async fn request(who: &Participant, place: usize) -> Result<Value> {
    let wires = who.wires().await?;
    let mut requests = wires
        .iter()
        .flat_map(|wire| &wire.messages)
        .filter(|message| message.from == WireEnd::Client);
    let request = requests
        .nth(place)
        .with_context(|| format!("no request {place}"))?;
    Ok(request.body.clone())
}
