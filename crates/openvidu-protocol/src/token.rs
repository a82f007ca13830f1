//! The token: a websocket URL that lets one participant join one session once.
//!
//! `wss://HOST[:PORT]?sessionId=SESSION_ID&token=tok_XXXXXXXXXXXXXXXX`. The SDK connects to `/openvidu` on the URL's
//! host, whatever its path, and sends the whole text back when it joins.

use std::{fmt, str::FromStr};

use crate::{SessionId, TokenValue};

/// Whether the websocket runs over TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `ws`, for a public URL with `http`.
    Ws,
    /// `wss`, for a public URL with `https`.
    Wss,
}

impl Scheme {
    /// The scheme without `://`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ws => "ws",
            Self::Wss => "wss",
        }
    }
}

/// The part of a token that all tokens of a deployment share: where browsers reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    scheme: Scheme,
    authority: Box<str>,
}

impl Origin {
    /// From the deployment's public URL, such as `https://example.org` or `http://localhost:5000`. A path is
    /// dropped, and so is the scheme's default port.
    ///
    /// # Errors
    /// [`TokenError::Scheme`] unless the URL starts with `http://` or `https://`, [`TokenError::Authority`] unless a
    /// host follows. A bracketed IPv6 address is refused as well, because the SDK can't parse it.
    pub fn from_public_url(url: &str) -> Result<Self, TokenError> {
        let (scheme, rest, default_port) = if let Some(rest) = url.strip_prefix("https://") {
            (Scheme::Wss, rest, ":443")
        } else if let Some(rest) = url.strip_prefix("http://") {
            (Scheme::Ws, rest, ":80")
        } else {
            return Err(TokenError::Scheme);
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let authority = authority.strip_suffix(default_port).unwrap_or(authority);
        Self::new(scheme, authority)
    }

    fn new(scheme: Scheme, authority: &str) -> Result<Self, TokenError> {
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let host_is_sound = !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        let port_is_sound = port.is_none_or(|port| port.parse::<u16>().is_ok());
        if host_is_sound && port_is_sound {
            Ok(Self {
                scheme,
                authority: authority.into(),
            })
        } else {
            Err(TokenError::Authority)
        }
    }

    /// Whether the websocket runs over TLS.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Host and, unless it is the scheme's default, `:port`.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Host without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.authority.split(':').next().unwrap_or_default()
    }
}

/// A token, taken apart. `Display` is the text for the browser; `Debug` does not show the secret part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where to connect.
    pub origin: Origin,
    /// The session to join.
    pub session_id: SessionId,
    /// The secret part.
    pub value: TokenValue,
}

/// Why a text is not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// Another scheme than `ws`/`wss` (of a token) or `http`/`https` (of a public URL).
    #[error("the URL does not start with one of the expected schemes")]
    Scheme,
    /// No host, or a host or port that the SDK can't use.
    #[error("the URL has no host name or IPv4 address, or its port is not a number")]
    Authority,
    /// No `sessionId` in the query.
    #[error("the token names no session")]
    Session,
    /// No `token` in the query.
    #[error("the token has no secret part")]
    Value,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            origin,
            session_id,
            value,
        } = self;
        let (scheme, authority) = (origin.scheme.as_str(), &origin.authority);
        write!(
            f,
            "{scheme}://{authority}?sessionId={session_id}&token={}",
            value.as_str()
        )
    }
}

impl FromStr for Token {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, TokenError> {
        let (scheme, rest) = if let Some(rest) = text.strip_prefix("wss://") {
            (Scheme::Wss, rest)
        } else if let Some(rest) = text.strip_prefix("ws://") {
            (Scheme::Ws, rest)
        } else {
            return Err(TokenError::Scheme);
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        Ok(Self {
            origin: Origin::new(scheme, authority)?,
            session_id: query_value(text, "sessionId")
                .map(SessionId::new)
                .ok_or(TokenError::Session)?,
            value: query_value(text, "token")
                .map(TokenValue::new)
                .ok_or(TokenError::Value)?,
        })
    }
}

impl TokenValue {
    /// Finds the secret part in what a client sends back: the whole token, or the bare `tok_…`.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        query_value(text, "token")
            .or_else(|| text.starts_with("tok_").then_some(text))
            .map(Self::new)
    }
}

/// The query is cut as the SDK does: at `?`, then `&`, then `=`; a second `?` or `=` ends the value.
fn query_value<'a>(url: &'a str, key: &str) -> Option<&'a str> {
    let query = url.split('?').nth(1)?.split('#').next()?;
    query
        .split('&')
        .map(|pair| pair.split('='))
        .find_map(|mut pair| (pair.next() == Some(key)).then(|| pair.next()).flatten())
        .filter(|value| !value.is_empty())
}
