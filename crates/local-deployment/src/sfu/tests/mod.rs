//! Behaviour of the whole core with real WebRTC clients, in virtual time.

mod browser_offers;
mod client;
mod forwarding;
mod hostile_input;
mod keyframes;
mod lip_sync;
mod loss;
mod negotiation;
mod network;
mod reconnection;
mod server;
mod teardown;
