use serde::{Deserialize, Serialize};

use super::VideoCodec;

/// Body of `GET /config`: how a deployment is configured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub struct DeploymentConfig {
    /// Version of OpenVidu whose protocol is spoken.
    pub version: String,
    /// Host of the public URL.
    pub domain_or_public_ip: String,
    /// Port of the public URL.
    pub https_port: u16,
    /// The public URL, ending in `/`.
    pub openvidu_publicurl: String,
    /// Whether a call detail record is written.
    pub openvidu_cdr: bool,
    /// Most that a publisher may send, in kbit/s, as the media server receives it.
    pub openvidu_streams_video_max_recv_bandwidth: u32,
    /// Least that a publisher is asked for, in kbit/s.
    pub openvidu_streams_video_min_recv_bandwidth: u32,
    /// Most that a subscriber is sent, in kbit/s.
    pub openvidu_streams_video_max_send_bandwidth: u32,
    /// Least that a subscriber is sent, in kbit/s.
    pub openvidu_streams_video_min_send_bandwidth: u32,
    /// The codec of sessions that don't choose one.
    pub openvidu_streams_forced_video_codec: VideoCodec,
    /// Whether media is transcoded for those who lack the codec.
    pub openvidu_streams_allow_transcoding: bool,
    /// Whether publishers send several qualities.
    pub openvidu_webrtc_simulcast: bool,
    /// Seconds between two runs of the collector of sessions that nobody joined; 0 for never.
    pub openvidu_sessions_garbage_interval: u64,
    /// Age in seconds at which such a session is collected.
    pub openvidu_sessions_garbage_threshold: u64,
    /// Whether sessions can be recorded.
    pub openvidu_recording: bool,
    /// Whether events are delivered to a webhook.
    pub openvidu_webhook: bool,
}
