use std::sync::Arc;

use openvidu_protocol::rpc::{Notification, Response};

use super::{RestAnswer, RestError, SocketId, Ticket};
use crate::sfu::{PeerId, SourceId};

/// What the shell has to do, in this order.
#[derive(Debug)]
pub(crate) enum Effect {
    /// Write a frame to a websocket that is open as far as the core knows.
    Send { socket: SocketId, frame: Outgoing },
    /// Close a websocket. The core has forgotten it already.
    Close { socket: SocketId, reason: CloseReason },
    /// Let the media server answer a publisher's offer.
    Publish {
        peer: PeerId,
        source: SourceId,
        offer: String,
    },
    /// Let the media server answer a subscriber's offer.
    Subscribe {
        peer: PeerId,
        source: SourceId,
        offer: String,
    },
    /// Somebody will subscribe to the source in a moment.
    ExpectSubscriber(SourceId),
    /// Drop a WebRTC connection, which may never have come to be.
    ClosePeer(PeerId),
    /// Drop a published stream.
    CloseSource(SourceId),
    /// Answer a REST call.
    Answer {
        ticket: Ticket,
        answer: Result<RestAnswer, RestError>,
    },
}

/// A frame for a client. Kept as data until it is written, so that tests can look at it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outgoing {
    Response(Box<Response>),
    Notification(Arc<Notification>),
}

impl Outgoing {
    pub(crate) fn to_frame(&self) -> String {
        match self {
            Self::Response(response) => response.to_frame(),
            Self::Notification(notification) => notification.to_frame(),
        }
    }
}

/// Why the server closes a websocket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CloseReason {
    /// No ping for too long.
    MissingPing,
    /// The participant is gone, but the client didn't close.
    Farewell,
}
