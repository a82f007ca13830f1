//! The entry point: the SDK, the session, publishers and devices.

use js_sys::{JSON, Reflect};
use openvidu_browser::{
    AudioSource, DeviceId, DeviceKind, Dimensions, Error, OpenViduErrorName, PublisherOptions, Sdk,
    VideoSource,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake_sdk::{openvidu, openvidu_error, reject_with, throw_with, uninstall};

#[wasm_bindgen_test]
fn without_a_script_there_is_no_sdk() {
    uninstall();
    assert_eq!(Sdk::from_global(), None);
}

#[wasm_bindgen_test]
fn an_openvidu_has_one_session() {
    let openvidu = openvidu();
    let _session = openvidu.init_session().expect("first session");
    assert_eq!(openvidu.init_session().err(), Some(Error::Busy));
    assert_eq!(openvidu.version().as_deref(), Some("0.0.0-fake"));
}

#[wasm_bindgen_test]
async fn options_reach_the_sdk() {
    let openvidu = openvidu();
    let options = PublisherOptions {
        audio_source: AudioSource::None,
        video_source: VideoSource::Device(DeviceId::new("cam")),
        publish_audio: false,
        frame_rate: Some(15),
        resolution: Dimensions {
            width: 1280,
            height: 720,
        },
        ..PublisherOptions::default()
    };
    openvidu
        .init_publisher(&options)
        .await
        .expect("the fake gives one");
    let properties = Reflect::get(openvidu.as_raw(), &"properties".into()).expect("recorded");
    let json: String = JSON::stringify(&properties).expect("plain").into();
    assert_eq!(
        json,
        r#"{"audioSource":false,"videoSource":"cam","publishAudio":false,"publishVideo":true,"resolution":"1280x720","frameRate":15,"mirror":true}"#
    );
}

#[wasm_bindgen_test]
async fn a_publisher_can_fail_in_every_way() {
    let openvidu = openvidu();
    let raw: JsValue = openvidu.as_raw().into();
    let denied = openvidu_error("DEVICE_ACCESS_DENIED", "no");
    let error = Error::OpenVidu {
        name: OpenViduErrorName::DeviceAccessDenied,
        message: "no".into(),
    };
    reject_with(&raw, &denied);
    assert_eq!(
        openvidu.init_publisher(&PublisherOptions::default()).await,
        Err(error.clone())
    );
    throw_with(&raw, &denied);
    assert_eq!(
        openvidu.init_publisher(&PublisherOptions::default()).await,
        Err(error)
    );
}

#[wasm_bindgen_test]
async fn devices_are_cameras_and_microphones() {
    let devices = openvidu().get_devices().await.expect("the fake has some");
    let devices: Vec<_> = devices
        .iter()
        .map(|device| (device.kind, device.id.as_str(), &*device.label))
        .collect();
    assert_eq!(
        devices,
        [
            (DeviceKind::AudioInput, "mic", "Mic"),
            (DeviceKind::VideoInput, "cam", "")
        ]
    );
}
