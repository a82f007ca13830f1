//! The application server: it alone may open sessions and make tokens.
//!
//! The contract is that of OpenVidu's tutorial back ends: `POST /api/sessions` with `{"customSessionId": …}` answers the session's id,
//! `POST /api/sessions/{id}/connections` answers a token, both as plain text. Any of them will do.
//!
//! Our own server also offers `POST /api/tokens`, which does both at once and so saves a round trip. It is asked first where the
//! page comes from the same origin; a server that doesn't know it answers 404 or 405 at once, and is asked in the usual way from
//! then on.

use std::cell::Cell;

use gloo_net::http::{Request, Response};
use room::{JoinError, SessionName};
use web_sys::AbortController;

use super::deadline::within;

/// How long one request may take, in milliseconds. A tutorial back end whose deployment is gone may never answer at all.
const TIMEOUT: u32 = 10_000;

/// A single-use key to one slot of a session. Never shown or logged.
pub struct Token(String);

impl Token {
    /// The key itself, for the SDK.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The application server.
#[derive(Debug)]
pub struct ApplicationServer {
    base_url: String,
    /// Whether it may know `POST /api/tokens`; unknown until asked.
    makes_tokens_at_once: Cell<bool>,
}

impl ApplicationServer {
    /// The application server at a base URL without a slash at its end; empty for the page's own origin.
    #[must_use]
    pub fn new(base_url: String) -> Self {
        let makes_tokens_at_once = Cell::new(base_url.is_empty());
        Self {
            base_url,
            makes_tokens_at_once,
        }
    }

    /// Opens the session if need be, and gets a token for it.
    ///
    /// # Errors
    ///
    /// [`JoinError::ServerUnreachable`], [`JoinError::ServerTimeout`], [`JoinError::ServerError`] with the status, or
    /// [`JoinError::BadToken`] when the answer can't be a token.
    pub async fn token(&self, session: &SessionName) -> Result<Token, JoinError> {
        let open = session_properties(session);
        if self.makes_tokens_at_once.get() {
            match self.post("/api/tokens", &open).await {
                Err(JoinError::ServerError { status: 404 | 405 }) => self.makes_tokens_at_once.set(false),
                answer => return checked(&answer?),
            }
        }
        let session_id = self.post("/api/sessions", &open).await?;
        // The id comes back as it was sent; if a server changed it, only a name that is safe in a path is used.
        let session_id = SessionName::parse(&session_id).map_err(|_| JoinError::BadToken)?;
        let connections = format!("/api/sessions/{}/connections", session_id.as_str());
        checked(&self.post(&connections, "{}").await?)
    }

    async fn post(&self, path: &str, body: &str) -> Result<String, JoinError> {
        let controller = AbortController::new().ok();
        let signal = controller.as_ref().map(AbortController::signal);
        // Whatever ends this request early, an own deadline or a cancelled join, ends it for the browser too.
        let _abort = AbortOnDrop(controller);
        let request = Request::post(&format!("{}{path}", self.base_url))
            .header("Content-Type", "application/json")
            .abort_signal(signal.as_ref())
            .body(body)
            // The address is none.
            .map_err(|_| JoinError::ServerUnreachable)?;
        let answer = within(TIMEOUT, async {
            let response = request.send().await.map_err(|_| JoinError::ServerUnreachable)?;
            text(response).await
        });
        answer.await.unwrap_or(Err(JoinError::ServerTimeout))
    }
}

struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// What the server is to open. A session name has nothing in it that JSON would have to escape.
fn session_properties(session: &SessionName) -> String {
    format!(r#"{{"customSessionId":"{}"}}"#, session.as_str())
}

async fn text(response: Response) -> Result<String, JoinError> {
    if !response.ok() {
        return Err(JoinError::ServerError {
            status: response.status(),
        });
    }
    response.text().await.map_err(|_| JoinError::ServerUnreachable)
}

fn checked(token: &str) -> Result<Token, JoinError> {
    let token = token.trim();
    let scheme = token.starts_with("ws://") || token.starts_with("wss://");
    (scheme && !token.contains(char::is_whitespace))
        .then(|| Token(token.to_owned()))
        .ok_or(JoinError::BadToken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_named_in_json() {
        let session = SessionName::parse("Room-1_x").expect("a name");
        assert_eq!(session_properties(&session), r#"{"customSessionId":"Room-1_x"}"#);
    }

    #[test]
    fn only_what_can_be_a_token_is_taken_for_one() {
        let token = checked(" wss://host?sessionId=S&token=tok_1\n").expect("a token");
        assert_eq!(token.expose(), "wss://host?sessionId=S&token=tok_1");
        for text in [
            "",
            "tok_1",
            "https://host",
            "wss://host and more",
            "<!doctype html>",
        ] {
            assert!(matches!(checked(text), Err(JoinError::BadToken)), "{text}");
        }
    }
}
