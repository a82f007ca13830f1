use serde::Serialize;
use serde_json::Value;

use super::{FrameError, Method, RequestId, method::MethodError};

/// A request of a client. `Debug` shows what the client sent, token included: don't log it.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// To be echoed in the response.
    pub id: RequestId,
    /// What is asked for.
    pub method: Method,
}

impl Request {
    /// Reads a text frame.
    ///
    /// # Errors
    /// [`FrameError`], which knows the answer that the sender gets.
    pub fn parse(text: &str) -> Result<Self, FrameError> {
        let frame: Value = serde_json::from_str(text).map_err(|_| FrameError::NotJson)?;
        let Value::Object(mut frame) = frame else {
            return Err(FrameError::NotARequest(None));
        };
        let id = match frame.remove("id") {
            // A fraction could not be echoed digit by digit, and JSON-RPC advises against it.
            Some(Value::Number(number)) if !number.is_f64() => Some(RequestId::Number(number)),
            Some(Value::String(text)) => Some(RequestId::Text(text.into())),
            _ => None,
        };
        if frame.contains_key("result") || frame.contains_key("error") {
            return Err(FrameError::NothingToAnswer);
        }
        if frame.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return Err(FrameError::NotARequest(id));
        }
        let Some(Value::String(name)) = frame.remove("method") else {
            return Err(FrameError::NotARequest(id));
        };
        let Some(id) = id else {
            return Err(FrameError::NothingToAnswer);
        };
        let params = match frame.remove("params") {
            None | Some(Value::Null) => Value::Object(serde_json::Map::new()),
            Some(params) => params,
        };
        match Method::parse(&name, params) {
            Ok(method) => Ok(Self { id, method }),
            Err(MethodError::Unknown) => Err(FrameError::UnknownMethod(id)),
            Err(MethodError::Params(why)) => Err(FrameError::WrongParams(id, why)),
        }
    }

    /// The text frame.
    #[must_use]
    pub fn to_frame(&self) -> String {
        #[derive(Serialize)]
        struct Frame<'a> {
            jsonrpc: &'static str,
            id: &'a RequestId,
            #[serde(flatten)]
            method: &'a Method,
        }
        super::frame::to_text(&Frame {
            jsonrpc: "2.0",
            id: &self.id,
            method: &self.method,
        })
    }
}
