use axum::{Json, extract::State};
use openvidu_protocol::{
    rest::{DeploymentConfig, VideoCodec},
    token::{Origin, Scheme},
};

use super::Rest;
use crate::core::{Limits, VERSION};

/// OpenVidu's defaults for one stream, in kbit/s.
const MOST_KBITS: u32 = 1_000;
const LEAST_KBITS: u32 = 300;

pub(super) async fn whole(State(rest): State<Rest>) -> Json<DeploymentConfig> {
    let origin = &rest.origin;
    let limits = Limits::default();
    let https_port = origin
        .authority()
        .split_once(':')
        .and_then(|(_, port)| port.parse().ok());
    Json(DeploymentConfig {
        version: VERSION.to_owned(),
        domain_or_public_ip: origin.host().to_owned(),
        https_port: https_port.unwrap_or_else(|| default_port(origin.scheme())),
        openvidu_publicurl: url(origin),
        openvidu_cdr: false,
        openvidu_streams_video_max_recv_bandwidth: MOST_KBITS,
        openvidu_streams_video_min_recv_bandwidth: LEAST_KBITS,
        openvidu_streams_video_max_send_bandwidth: MOST_KBITS,
        openvidu_streams_video_min_send_bandwidth: LEAST_KBITS,
        openvidu_streams_forced_video_codec: VideoCodec::Vp8,
        openvidu_streams_allow_transcoding: false,
        openvidu_webrtc_simulcast: false,
        openvidu_sessions_garbage_interval: limits.garbage_interval.as_secs(),
        openvidu_sessions_garbage_threshold: limits.garbage_threshold.as_secs(),
        openvidu_recording: false,
        openvidu_webhook: false,
    })
}

pub(super) async fn public_url(State(rest): State<Rest>) -> String {
    url(&rest.origin)
}

pub(super) async fn version() -> &'static str {
    VERSION
}

/// Of features that this deployment lacks.
pub(super) async fn off() -> &'static str {
    "false"
}

fn url(origin: &Origin) -> String {
    let scheme = match origin.scheme() {
        Scheme::Ws => "http",
        Scheme::Wss => "https",
    };
    format!("{scheme}://{}/", origin.authority())
}

fn default_port(scheme: Scheme) -> u16 {
    match scheme {
        Scheme::Ws => 80,
        Scheme::Wss => 443,
    }
}
