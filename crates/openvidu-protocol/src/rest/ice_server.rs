use serde::{Deserialize, Serialize};

/// A STUN or TURN server. `Debug` shows the credential: don't log it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IceServer {
    /// For example `stun:host:3478` or `turns:host?transport=tcp`.
    pub url: String,
    /// Of TURN servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Of TURN servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// Instead of the two: the secret from which the deployment makes credentials with an expiry time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub static_auth_secret: Option<String>,
}

/// Why OpenVidu refuses an ICE server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IceServerError {
    /// Neither `stun:`, `stuns:`, `turn:` nor `turns:`.
    #[error("the scheme must be one of stun, stuns, turn and turns")]
    Scheme,
    /// No host, or one with characters that no host has.
    #[error("the host is missing or malformed")]
    Host,
    /// A port outside 1 to 65535.
    #[error("the port must be a number from 1 to 65535")]
    Port,
    /// Anything but `?transport=udp` or `?transport=tcp`, or either of them with STUN.
    #[error("only TURN takes a query, and only transport=udp or transport=tcp")]
    Query,
    /// TURN without credentials, or with both kinds of them.
    #[error("TURN needs username and credential, or staticAuthSecret, but not both")]
    MissingCredentials,
    /// STUN with credentials.
    #[error("STUN takes no credentials")]
    UnexpectedCredentials,
}

impl IceServer {
    /// Checks the server as OpenVidu does before it hands it to a browser.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), IceServerError> {
        let (scheme, rest) = self.url.split_once(':').ok_or(IceServerError::Scheme)?;
        let is_turn = match scheme {
            "stun" | "stuns" => false,
            "turn" | "turns" => true,
            _ => return Err(IceServerError::Scheme),
        };
        let (address, query) = match rest.split_once('?') {
            Some((address, query)) => (address, Some(query)),
            None => (rest, None),
        };
        match query {
            None => {}
            Some("transport=udp" | "transport=tcp") if is_turn => {}
            Some(_) => return Err(IceServerError::Query),
        }
        validate_address(address)?;
        let has_pair = self.username.is_some() && self.credential.is_some();
        let has_any = self.username.is_some() || self.credential.is_some();
        let has_secret = self.static_auth_secret.is_some();
        match (is_turn, has_secret) {
            (true, true) if !has_any => Ok(()),
            (true, false) if has_pair => Ok(()),
            (true, _) => Err(IceServerError::MissingCredentials),
            (false, false) if !has_any => Ok(()),
            (false, _) => Err(IceServerError::UnexpectedCredentials),
        }
    }
}

fn validate_address(address: &str) -> Result<(), IceServerError> {
    let (host, port) = match address.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']').ok_or(IceServerError::Host)?;
            host.parse::<std::net::Ipv6Addr>()
                .map_err(|_| IceServerError::Host)?;
            (host, after.strip_prefix(':'))
        }
        None => match address.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (address, None),
        },
    };
    let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
    if host.is_empty() || !host.bytes().all(is_sound) {
        return Err(IceServerError::Host);
    }
    match port.map(str::parse::<u16>) {
        None => Ok(()),
        Some(Ok(port)) if port > 0 => Ok(()),
        Some(_) => Err(IceServerError::Port),
    }
}
