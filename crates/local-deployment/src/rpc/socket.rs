use std::{net::IpAddr, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures::{SinkExt, Stream, StreamExt, stream::SplitSink};

use crate::{
    actor::{Handle, Stopped},
    core::{Closed, SocketId},
    outbox::{self, Parcel, Queue},
};

/// A client that takes nothing for so long is gone or hopeless.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a client may take to agree to being closed.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);
/// What RFC 6455 sends for "going away".
const GOING_AWAY: u16 = 1001;
/// What browsers report for a close without a code.
const NO_CODE: u16 = 1005;

/// Carries frames both ways until one side ends.
pub(super) async fn serve(websocket: WebSocket, address: Option<IpAddr>, handle: Handle) {
    let (mut sink, mut stream) = websocket.split();
    let (outbox, mut queue) = outbox::channel();
    let Ok(socket) = handle.open(address, outbox).await else {
        return;
    };
    let closed = tokio::select! {
        closed = read(&mut stream, socket, &handle) => closed,
        () = write(&mut sink, &mut queue) => {
            // The client's own close frame, so that the TCP connection ends without a reset.
            let _ = tokio::time::timeout(CLOSE_TIMEOUT, stream.by_ref().for_each(async |_| ())).await;
            Ok(Closed::Lost)
        }
    };
    if let Ok(closed) = closed
        && handle.closed(socket, closed).await.is_ok()
    {
        tracing::debug!(?socket, ?closed, "a websocket ended");
    }
}

async fn read(
    stream: &mut (impl Stream<Item = Result<Message, axum::Error>> + Unpin),
    socket: SocketId,
    handle: &Handle,
) -> Result<Closed, Stopped> {
    while let Some(message) = stream.next().await {
        match message {
            Ok(Message::Text(text)) => handle.frame(socket, text.as_str().to_owned()).await?,
            Ok(Message::Close(frame)) => {
                return Ok(Closed::ByClient(frame.map_or(NO_CODE, |frame| frame.code)));
            }
            Ok(Message::Binary(_)) => tracing::debug!(?socket, "ignoring a binary message"),
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Err(error) => {
                tracing::debug!(?socket, %error, "a websocket failed");
                break;
            }
        }
    }
    Ok(Closed::Lost)
}

/// Ends when the queue does, or when the client takes no more.
async fn write(sink: &mut SplitSink<WebSocket, Message>, queue: &mut Queue) {
    let (code, reason) = loop {
        match queue.next().await {
            Some(Parcel::Frame(frame)) => {
                let sent = tokio::time::timeout(WRITE_TIMEOUT, sink.send(Message::Text(frame.into()))).await;
                if !matches!(sent, Ok(Ok(()))) {
                    return;
                }
            }
            Some(Parcel::Close(code, reason)) => break (code, reason),
            None => break (GOING_AWAY, ""),
        }
    };
    let close = Message::Close(Some(CloseFrame {
        code,
        reason: reason.into(),
    }));
    // A client that is gone needs no goodbye.
    let _ = tokio::time::timeout(WRITE_TIMEOUT, sink.send(close)).await;
}
