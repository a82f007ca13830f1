//! The media server: a selective forwarding unit for VP8 and Opus.
//!
//! [`engine::Sfu`] is the core. It owns every ICE/DTLS/SRTP session (one [`str0m::Rtc`] a peer), and has no socket, thread or
//! clock: datagrams, commands and the current time go in, datagrams and events come out. [`MediaServer`] is the shell
//! around it: UDP sockets, one thread, a handle for the rest of the crate.
//!
//! A *source* is one published stream: at most one audio and one video track. A *peer* is one RTCPeerConnection, which
//! either publishes a source or subscribes to one, never both. A source outlives its publishing peer: publishing it again
//! from a new peer goes on where the old one ended, and subscribers notice nothing but a key frame.

mod clock;
mod demux;
mod driver;
mod engine;
mod forwarding;
mod ids;
mod keyframe;
mod membership;
mod negotiation;
mod offer;
mod outgoing;
mod packet;
mod peer;
mod received_streams;
mod recent_video;
mod server;
mod sockets;
mod source;
mod stun;
#[cfg(test)]
mod tests;
mod timeline;
mod timers;
mod vp8;

pub(crate) use ids::{PeerId, SourceId};
pub(crate) use negotiation::{Answer, NegotiationError};
pub(crate) use server::{MediaConfig, MediaError, MediaEvent, MediaServer};
