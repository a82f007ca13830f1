//! What goes over a page's websockets.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::Value;

/// A websocket of a page, and everything that went over it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wire {
    /// Its address.
    pub url: String,
    /// The messages of both ends, in the order in which the page sent and received them.
    pub messages: Vec<WireMessage>,
    /// Who closed it, once somebody has.
    pub closed_by: Option<Closing>,
}

/// A JSON-RPC message.
#[derive(Clone, Debug, Deserialize)]
pub struct WireMessage {
    /// Who sent it.
    pub from: WireEnd,
    /// The message.
    pub body: Value,
}

/// An end of a websocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WireEnd {
    /// The page.
    Client,
    /// The deployment, or the network in front of it.
    Server,
}

/// How a websocket was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Closing {
    /// Who began.
    pub end: WireEnd,
    /// With which code; the client may give none.
    pub code: Option<u16>,
}

/// A request of the client and its answer, with their places among the messages of their websocket.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// Where the request is.
    pub asked: usize,
    /// Its parameters, `Null` if it has none.
    pub params: &'a Value,
    /// Where the answer is, and the answer.
    pub answer: Option<(usize, &'a Value)>,
}

impl Wire {
    /// The client's requests of a method, in their order.
    #[must_use]
    pub fn exchanges(&self, method: &str) -> Vec<Exchange<'_>> {
        self.sent(WireEnd::Client)
            .filter(|(_, request)| request["method"] == method)
            .map(|(asked, request)| Exchange {
                asked,
                params: &request["params"],
                answer: self.answers(&request["id"]).next(),
            })
            .collect()
    }

    /// The server's notifications of a method, in their order: their places and their parameters.
    #[must_use]
    pub fn notifications(&self, method: &str) -> Vec<(usize, &Value)> {
        self.sent(WireEnd::Server)
            .filter(|(_, message)| message["method"] == method)
            .map(|(place, message)| (place, &message["params"]))
            .collect()
    }

    /// Checks what every message must be like: the version of JSON-RPC, requests with rising numbers, and for each exactly one
    /// answer that has either a result or an error. Only what was asked last may still wait for its answer.
    ///
    /// # Errors
    ///
    /// When a message isn't so.
    pub fn ensure_well_formed(&self) -> Result<()> {
        for (_, message) in self.sent(WireEnd::Server) {
            ensure!(message["jsonrpc"] == "2.0", "not of version 2.0: {message}");
            let is_answer = message.get("result").is_some() != message.get("error").is_some();
            let is_notification = message.get("method").is_some() && message["id"].is_null();
            ensure!(
                is_answer != is_notification,
                "neither an answer nor a notification: {message}"
            );
        }
        let requests: Vec<_> = self.sent(WireEnd::Client).map(|(_, request)| request).collect();
        let answers: Vec<_> = requests
            .iter()
            .map(|request| self.answers(&request["id"]).count())
            .collect();
        let last_answered = answers
            .iter()
            .rposition(|answers| *answers > 0)
            .unwrap_or_default();
        for (place, (request, answers)) in requests.iter().zip(answers).enumerate() {
            ensure!(
                answers == 1 || (answers == 0 && place > last_answered),
                "{answers} answers to {request}"
            );
        }
        for pair in requests.windows(2) {
            let number = |request: &Value| request["id"].as_u64();
            ensure!(
                number(pair[0]) < number(pair[1]),
                "{} came before {}",
                pair[0],
                pair[1]
            );
        }
        Ok(())
    }

    fn answers(&self, id: &Value) -> impl Iterator<Item = (usize, &Value)> {
        self.sent(WireEnd::Server)
            .filter(move |(_, message)| message.get("method").is_none() && message.get("id") == Some(id))
    }

    fn sent(&self, end: WireEnd) -> impl Iterator<Item = (usize, &Value)> {
        self.messages
            .iter()
            .enumerate()
            .filter(move |(_, message)| message.from == end)
            .map(|(place, message)| (place, &message.body))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Wire, WireEnd, WireMessage};

    fn wire(messages: &[(WireEnd, Value)]) -> Wire {
        let messages = messages.iter().cloned();
        Wire {
            url: String::new(),
            messages: messages.map(|(from, body)| WireMessage { from, body }).collect(),
            closed_by: None,
        }
    }

    fn asked(id: u32) -> (WireEnd, Value) {
        let body = json!({ "jsonrpc": "2.0", "method": "echo", "params": {}, "id": id });
        (WireEnd::Client, body)
    }

    fn said(body: Value) -> (WireEnd, Value) {
        (WireEnd::Server, body)
    }

    fn answered(id: u32) -> (WireEnd, Value) {
        said(json!({ "jsonrpc": "2.0", "id": id, "result": {} }))
    }

    #[test]
    fn each_request_has_one_answer_but_the_last_may_wait_for_it() {
        let notification = said(json!({ "jsonrpc": "2.0", "method": "participantLeft", "params": {} }));
        let healthy = wire(&[asked(0), notification, answered(0), asked(2)]);
        assert!(healthy.ensure_well_formed().is_ok());
        let exchanges = healthy.exchanges("echo");
        let places: Vec<_> = exchanges
            .iter()
            .map(|e| (e.asked, e.answer.map(|(place, _)| place)))
            .collect();
        assert_eq!(places, [(0, Some(2)), (3, None)]);

        for (what, messages) in [
            ("one has no answer", vec![asked(0), asked(1), answered(1)]),
            ("one has two", vec![asked(0), answered(0), answered(0)]),
            ("numbers fall", vec![asked(1), answered(1), asked(0), answered(0)]),
        ] {
            assert!(wire(&messages).ensure_well_formed().is_err(), "{what}");
        }
    }

    #[test]
    fn a_message_is_an_answer_or_a_notification() {
        for body in [
            json!({ "jsonrpc": "2.0", "id": 0, "result": {}, "error": null }),
            json!({ "jsonrpc": "1.0", "id": 0, "result": {} }),
            json!({ "jsonrpc": "2.0", "id": 0 }),
            json!({ "jsonrpc": "2.0", "id": 0, "method": "pull" }),
        ] {
            let wire = wire(&[asked(0), said(body.clone())]);
            assert!(wire.ensure_well_formed().is_err(), "{body}");
        }
    }
}
