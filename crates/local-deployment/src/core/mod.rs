//! What a deployment decides, as plain data: [`Input`] in, [`Effect`]s out, time as part of the input.
//!
//! Nothing here opens a socket, reads a clock or waits. All orderings that clients rely on are orderings of one list
//! of effects:
//!
//! | Trigger | Effects, in order |
//! |---|---|
//! | join | others: participantJoined; joiner: result |
//! | publish | publisher: result; others: participantPublished |
//! | unpublish | owner: result; others: participantUnpublished |
//! | leave | others: participantLeft; leaver: result; the session may end |
//! | forceUnpublish | moderator: result; all: participantUnpublished |
//! | forceDisconnect | others: participantLeft; moderator: result; all and the victim: participantEvicted |
//! | signal | receivers: sendMessage; sender: result |

mod clock;
mod connection;
mod context;
mod deployment;
mod effect;
mod filters;
mod frames;
mod ids;
mod input;
mod join;
mod limits;
mod links;
mod moderation;
mod publication;
mod publishing;
mod reconnection;
mod registry;
mod rest;
mod secret;
mod session;
mod settings;
mod signals;
mod stream_properties;
mod subscribing;
#[cfg(test)]
mod tests;

pub(crate) use clock::Timestamp;
pub(crate) use deployment::Deployment;
pub(crate) use effect::{CloseReason, Effect, Outgoing};
pub(crate) use input::{Closed, Input, RestCall, SocketId, Ticket};
pub(crate) use limits::Limits;
pub(crate) use rest::{RestAnswer, RestError};
pub(crate) use secret::Secret;
pub(crate) use settings::{Settings, VERSION};
