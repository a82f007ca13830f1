//! The session state machine without sockets, in virtual time.

mod ending;
mod invariants;
mod joining;
mod publishing;
mod reconnecting;
mod rest_calls;
mod signalling;
mod subscribing;
mod world;
