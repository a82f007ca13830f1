use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{JoinRoom, StreamProperty};
use crate::{ConnectionId, RpcSessionId, StreamId, VideoKind, lenient::null_as_default};

/// Why a method can't be made of a name and parameters.
#[derive(Debug)]
pub(super) enum MethodError {
    Unknown,
    Params(String),
}

fn params<T: DeserializeOwned>(params: Value) -> Result<T, MethodError> {
    serde_json::from_value(params).map_err(|error| MethodError::Params(error.to_string()))
}

macro_rules! methods {
    (
        without params { $($(#[$bare_meta:meta])* $bare:ident = $bare_name:literal,)+ }
        with params { $($(#[$meta:meta])* $variant:ident($params:ty) = $name:literal,)+ }
    ) => {
        /// What a client asks for, with its parameters.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(tag = "method", content = "params")]
        #[non_exhaustive]
        pub enum Method {
            $($(#[$bare_meta])* #[serde(rename = $bare_name)] $bare,)+
            $($(#[$meta])* #[serde(rename = $name)] $variant($params),)+
        }

        impl Method {
            /// The name on the wire.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$bare => $bare_name,)+
                    $(Self::$variant(_) => $name,)+
                }
            }

            pub(super) fn parse(name: &str, value: Value) -> Result<Self, MethodError> {
                match name {
                    $($bare_name => Ok(Self::$bare),)+
                    $($name => params(value).map(Self::$variant),)+
                    _ => Err(MethodError::Unknown),
                }
            }
        }
    };
}

methods! {
    without params {
        /// End the conversation for good.
        CloseSession = "closeSession",
        /// Leave the session.
        LeaveRoom = "leaveRoom",
        /// Stop publishing.
        UnpublishVideo = "unpublishVideo",
        /// Is anybody there?
        Echo = "echo",
    }
    with params {
        /// Keep the conversation alive.
        Ping(Ping) = "ping",
        /// Resume a conversation on a new socket.
        Connect(Connect) = "connect",
        /// Join a session.
        JoinRoom(JoinRoom) = "joinRoom",
        /// Publish a stream.
        PublishVideo(PublishVideo) = "publishVideo",
        /// Ask the media server for an offer. Never sent to a server that calls itself `kurento`.
        PrepareReceiveVideoFrom(PrepareReceiveVideo) = "prepareReceiveVideoFrom",
        /// Subscribe to a stream.
        ReceiveVideoFrom(ReceiveVideo) = "receiveVideoFrom",
        /// Stop receiving from a participant.
        UnsubscribeFromVideo(UnsubscribeFromVideo) = "unsubscribeFromVideo",
        /// Tell the media server a way to reach the client.
        OnIceCandidate(IceCandidate) = "onIceCandidate",
        /// Negotiate a stream anew.
        ReconnectStream(ReconnectStream) = "reconnectStream",
        /// Send a signal.
        SendMessage(SendMessage) = "sendMessage",
        /// Tell the others that the own stream changed.
        StreamPropertyChanged(StreamPropertyChanged) = "streamPropertyChanged",
        /// Report the size of the own video.
        VideoData(VideoData) = "videoData",
        /// Throw a participant out.
        ForceDisconnect(ForceDisconnect) = "forceDisconnect",
        /// Stop somebody's stream.
        ForceUnpublish(ForceUnpublish) = "forceUnpublish",
        /// Apply a filter.
        ApplyFilter(ApplyFilter) = "applyFilter",
        /// Remove a filter.
        RemoveFilter(OnFilter) = "removeFilter",
        /// Call a method of a filter.
        ExecFilterMethod(OnFilter) = "execFilterMethod",
        /// Listen to a filter.
        AddFilterEventListener(OnFilter) = "addFilterEventListener",
        /// Stop listening to a filter.
        RemoveFilterEventListener(OnFilter) = "removeFilterEventListener",
        /// Have somebody's speech written down.
        SubscribeToSpeechToText(SpeechToText) = "subscribeToSpeechToText",
        /// Stop it.
        UnsubscribeFromSpeechToText(SpeechToText) = "unsubscribeFromSpeechToText",
    }
}

/// Parameters of `ping`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ping {
    /// Milliseconds between pings; only the first ping of a socket tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<u64>,
}

/// Parameters of `connect`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Connect {
    /// The conversation to resume.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<RpcSessionId>,
}

/// Parameters of `publishVideo`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishVideo {
    /// The client's offer.
    pub sdp_offer: String,
    /// Whether the client means to send audio; the offer decides.
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_audio: bool,
    /// Whether the client means to send video; the offer decides.
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_video: bool,
    /// Whether the client wants its own media back.
    #[serde(default, deserialize_with = "null_as_default")]
    pub do_loopback: bool,
    /// Whether the audio is unmuted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_active: Option<bool>,
    /// Whether the video is unmuted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_active: Option<bool>,
    /// Where the video comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_of_video: Option<VideoKind>,
    /// Frames a second, −1 if not configured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame_rate: Option<i32>,
    /// Width and height as a JSON text, see [`crate::VideoDimensions`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_dimensions: Option<String>,
    /// A filter to apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Map<String, Value>>,
}

/// Parameters of `prepareReceiveVideoFrom`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepareReceiveVideo {
    /// The stream.
    pub sender: StreamId,
    /// Whether an existing subscription is to be replaced.
    #[serde(default, deserialize_with = "null_as_default")]
    pub reconnect: bool,
}

/// Parameters of `receiveVideoFrom`: exactly one of offer and answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveVideo {
    /// The stream.
    pub sender: StreamId,
    /// The client's offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdp_offer: Option<String>,
    /// The client's answer, if the server offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdp_answer: Option<String>,
}

/// Parameters of `unsubscribeFromVideo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsubscribeFromVideo {
    /// The publisher's connection, not its stream.
    pub sender: ConnectionId,
}

/// Parameters of `onIceCandidate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IceCandidate {
    /// The own connection for the published stream, else that of the publisher who is being subscribed to.
    pub endpoint_name: ConnectionId,
    /// The candidate; empty for the end of candidates.
    #[serde(default, deserialize_with = "null_as_default")]
    pub candidate: String,
    /// The media section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdp_mid: Option<String>,
    /// Its index.
    #[serde(default, rename = "sdpMLineIndex", skip_serializing_if = "Option::is_none")]
    pub sdp_m_line_index: Option<u16>,
}

/// Parameters of `reconnectStream`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReconnectStream {
    /// The stream, own or somebody else's.
    pub stream: StreamId,
    /// The offer for the own stream; else an answer, if the server offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdp_string: Option<String>,
    /// The offer for somebody else's stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdp_offer: Option<String>,
}

/// Parameters of `sendMessage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMessage {
    /// A JSON text with [`super::ClientSignal`].
    pub message: String,
}

/// Parameters of `streamPropertyChanged`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StreamPropertyChanged {
    /// Not looked at by OpenVidu: it is always the caller's own stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<StreamId>,
    /// What changed.
    pub property: StreamProperty,
    /// The new value.
    #[serde(default)]
    pub new_value: Value,
    /// Why.
    #[serde(default, deserialize_with = "null_as_default")]
    pub reason: String,
}

/// Parameters of `videoData`. Only for statistics; whatever a browser can't tell is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VideoData {
    /// Height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<f64>,
    /// Width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
}

/// Parameters of `forceDisconnect`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ForceDisconnect {
    /// Whom to throw out.
    pub connection_id: ConnectionId,
}

/// Parameters of `forceUnpublish`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ForceUnpublish {
    /// Which stream to stop.
    pub stream_id: StreamId,
}

/// Parameters of `applyFilter`. The filter's options are not read: this crate knows no media server with filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplyFilter {
    /// The stream.
    pub stream_id: StreamId,
    /// The kind of filter.
    #[serde(rename = "type")]
    pub kind: String,
}

/// Parameters that the other filter methods share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OnFilter {
    /// The stream.
    pub stream_id: StreamId,
}

/// Parameters of the speech-to-text methods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SpeechToText {
    /// Whose speech.
    pub connection_id: ConnectionId,
}
