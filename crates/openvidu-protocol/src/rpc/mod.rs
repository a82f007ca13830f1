//! Frames of the websocket `/openvidu`: JSON-RPC 2.0 with OpenVidu's methods and notifications.
//!
//! A server reads [`Request::parse`] and writes [`Response`] and [`Notification`]; a headless participant does the
//! reverse.

mod error;
mod frame;
mod join;
mod method;
mod notification;
mod reason;
mod request;
mod response;
mod signal;
mod stream;

pub use error::{ErrorCode, RpcError};
pub use frame::{FrameError, RequestId};
pub use join::{JoinRoom, JoinRoomResult, RemoteParticipant, RtcIceServer};
pub use method::{
    ApplyFilter, Connect, ForceDisconnect, ForceUnpublish, IceCandidate, Method, OnFilter, Ping,
    PrepareReceiveVideo, PublishVideo, ReceiveVideo, ReconnectStream, SendMessage, SpeechToText,
    StreamPropertyChanged, UnsubscribeFromVideo, VideoData,
};
pub use notification::{Notification, ParticipantGone};
pub use reason::Reason;
pub use request::Request;
pub use response::{Answer, Outcome, Reply, Response};
pub use signal::ClientSignal;
pub use stream::{Stream, StreamProperty};
