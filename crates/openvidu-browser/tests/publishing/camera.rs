//! A publisher with a camera's track, and the track that it really sends.

use openvidu_browser::{AudioSource, OpenVidu, Publisher, PublisherOptions, VideoSource};
use wasm_bindgen::JsCast;
use web_sys::{MediaStreamTrack, RtcRtpSender};

use crate::page::camera_track;

pub(crate) async fn camera_publisher(openvidu: &OpenVidu) -> (Publisher, MediaStreamTrack) {
    let track = camera_track().await;
    let options = PublisherOptions {
        audio_source: AudioSource::None,
        video_source: VideoSource::CameraTrack(Clone::clone(&track)),
        ..PublisherOptions::default()
    };
    (
        openvidu.init_publisher(&options).await.expect("a track is given"),
        track,
    )
}

pub(crate) fn sent_track(publisher: &Publisher) -> Option<MediaStreamTrack> {
    let senders = publisher.stream().peer_connection().ok()?.get_senders();
    senders.get(0).dyn_into::<RtcRtpSender>().ok()?.track()
}
