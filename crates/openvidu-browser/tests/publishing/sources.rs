//! Where a publisher gets its tracks from, and when it gives them back.

use openvidu_browser::{
    AudioSource, Dimensions, Error, OpenViduErrorName, PublisherOptions, TrackKind, VideoSource,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::camera::camera_publisher;
use crate::page::*;
use crate::until::until;

#[wasm_bindgen_test]
async fn the_sdk_opens_devices_too() {
    let openvidu = openvidu().await;
    let devices = openvidu.get_devices().await.expect("fake devices");
    let camera = devices
        .iter()
        .find(|device| device.kind == openvidu_browser::DeviceKind::VideoInput)
        .expect("a camera");
    let options = PublisherOptions {
        video_source: VideoSource::Device(camera.id.clone()),
        resolution: Dimensions {
            width: 320,
            height: 240,
        },
        publish_audio: false,
        ..PublisherOptions::default()
    };
    let publisher = openvidu.init_publisher(&options).await.expect("allowed");
    let stream = publisher.stream();
    assert!(stream.has_audio() && !stream.audio_active() && stream.video_active());
    until("the size is known", || {
        stream.dimensions()
            == Some(Dimensions {
                width: 320,
                height: 240,
            })
    })
    .await;
    let tracks = [TrackKind::Audio, TrackKind::Video].map(|kind| stream.track(kind).expect("opened"));
    assert!(!tracks[0].enabled() && tracks[1].enabled());
    drop(publisher);
    assert!(
        tracks.iter().all(ended),
        "an unpublished publisher stops its tracks"
    );
}

#[wasm_bindgen_test]
async fn a_publisher_needs_a_source() {
    let openvidu = openvidu().await;
    let options = PublisherOptions {
        audio_source: AudioSource::None,
        video_source: VideoSource::None,
        ..PublisherOptions::default()
    };
    let error = openvidu.init_publisher(&options).await.expect_err("no source");
    assert!(
        matches!(
            error,
            Error::OpenVidu {
                name: OpenViduErrorName::NoInputSourceSet,
                ..
            }
        ),
        "{error:?}"
    );
}

#[wasm_bindgen_test]
async fn media_that_nobody_waits_for_is_stopped() {
    let openvidu = openvidu().await;
    let track = camera_track().await;
    let options = PublisherOptions {
        audio_source: AudioSource::None,
        video_source: VideoSource::CameraTrack(Clone::clone(&track)),
        ..PublisherOptions::default()
    };
    drop(openvidu.init_publisher(&options));
    until("stopped", || ended(&track)).await;
}

#[wasm_bindgen_test]
async fn the_last_handle_counts() {
    let openvidu = openvidu().await;
    let (publisher, track) = camera_publisher(&openvidu).await;
    let other = publisher.clone();
    assert_eq!(publisher, other);
    drop(publisher);
    assert!(!ended(&track));
    other.stop_tracks();
    assert!(ended(&track));
}
