use std::{collections::VecDeque, time::Duration};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, protocol::CloseFrame},
};

use crate::server::Server;

/// Far longer than anything takes that works.
const DEADLINE: Duration = Duration::from_secs(20);

/// A client of the websocket.
pub(crate) struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next_id: u64,
    pub(crate) notifications: VecDeque<Value>,
}

/// What arrived.
pub(crate) enum Arrival {
    Frame(Value),
    Closed(Option<CloseFrame>),
}

impl Client {
    pub(crate) async fn connect(server: &Server) -> Self {
        let url = format!("ws://{}/openvidu?sessionId=S", server.address);
        let (socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        Self {
            socket,
            next_id: 0,
            notifications: VecDeque::new(),
        }
    }

    /// Connects and joins; also returns the result of joining.
    pub(crate) async fn join(server: &Server, session: &str) -> (Self, Value) {
        let token = server.token(session).await;
        let mut client = Self::connect(server).await;
        let params = json!({"token": token, "session": session, "platform": "Test", "sdkVersion": "2.32.2",
            "metadata": "", "secret": "", "recorder": false, "stt": false});
        let response = client.call("joinRoom", params).await;
        (client, response["result"].clone())
    }

    pub(crate) async fn send_text(&mut self, text: String) {
        self.socket.send(Message::Text(text.into())).await.unwrap();
    }

    pub(crate) async fn send(&mut self, method: &str, params: Value) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.send_text(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string())
            .await;
        id
    }

    /// Sends a request and waits for its response; notifications that come first are kept.
    pub(crate) async fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params).await;
        loop {
            match self.arrival().await {
                Arrival::Frame(frame) if frame["method"].is_string() => self.notifications.push_back(frame),
                Arrival::Frame(frame) => {
                    assert_eq!(frame["id"], id);
                    return frame;
                }
                Arrival::Closed(frame) => panic!("closed instead of answered: {frame:?}"),
            }
        }
    }

    pub(crate) async fn arrival(&mut self) -> Arrival {
        let deadline = tokio::time::timeout(DEADLINE, self.socket.next());
        match deadline.await.expect("something arrives in time") {
            Some(Ok(Message::Text(text))) => Arrival::Frame(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(frame))) => Arrival::Closed(frame),
            None | Some(Err(_)) => Arrival::Closed(None),
            Some(Ok(other)) => panic!("unexpected {other:?}"),
        }
    }

    /// The next notification.
    pub(crate) async fn notification(&mut self) -> Value {
        if let Some(frame) = self.notifications.pop_front() {
            return frame;
        }
        match self.arrival().await {
            Arrival::Frame(frame) if frame["method"].is_string() => frame,
            Arrival::Frame(frame) => panic!("unexpected response {frame}"),
            Arrival::Closed(frame) => panic!("closed: {frame:?}"),
        }
    }

    pub(crate) async fn close(&mut self, code: u16) {
        let frame = CloseFrame {
            code: code.into(),
            reason: "".into(),
        };
        self.socket.close(Some(frame)).await.unwrap();
    }
}
