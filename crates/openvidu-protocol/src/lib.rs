//! Wire types of OpenVidu 2: tokens, REST bodies and JSON-RPC messages.
//!
//! One contract: whatever arrives from outside is parsed into a value or an error, never a panic, and whatever is
//! sent has exactly the keys that OpenVidu 2.32.2 CE (with its Kurento media server) sends. Both directions are
//! there, so that a server, a REST client and a headless participant share one set of types.
//!
//! - [`token`]: the URL that an application server hands to a browser.
//! - [`rest`]: bodies of `/openvidu/api`.
//! - [`rpc`]: frames of the websocket `/openvidu`.
//!
//! ```
//! use openvidu_protocol::token::Token;
//!
//! let token: Token = "ws://localhost:5000?sessionId=SessionA&token=tok_Ab12345678901234".parse()?;
//! assert_eq!(token.session_id.as_str(), "SessionA");
//! # Ok::<(), openvidu_protocol::token::TokenError>(())
//! ```

#[macro_use]
mod wire_enum;

mod ids;
mod lenient;
mod media;
pub mod rest;
mod role;
pub mod rpc;
pub mod token;

pub use ids::{ConnectionId, RpcSessionId, SessionId, StreamId, TokenValue};
pub use media::{VideoDimensions, VideoKind};
pub use role::Role;
