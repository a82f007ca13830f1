//! What others are told of a track.

use openvidu_browser::{AudioSource, PublisherOptions, TypeOfVideo, VideoSource};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::camera::{camera_publisher, sent_track};
use crate::page::*;

#[wasm_bindgen_test]
async fn a_cameras_track_is_announced_as_a_camera() {
    let (openvidu, session) = joined().await;
    let (publisher, track) = camera_publisher(&openvidu).await;
    assert_eq!(publisher.stream().type_of_video(), Some(TypeOfVideo::Camera));
    assert_eq!((publisher.stream().id(), publisher.is_published()), (None, false));

    session.publish(&publisher).await.expect("published");

    let request = last("publishVideo").expect("sent");
    for part in [
        r#""typeOfVideo":"CAMERA""#,
        r#""hasVideo":true"#,
        r#""hasAudio":false"#,
        r#""videoActive":true"#,
    ] {
        assert!(request.contains(part), "{part} in {request}");
    }
    assert_eq!(publisher.stream().id().expect("published").as_str(), "str_me");
    assert_eq!(publisher.stream().connection(), session.connection());
    assert_eq!(sent_track(&publisher).expect("sends").id(), track.id());
    assert!(publisher.stream().dimensions().is_some());

    // The rest of the SDK works on as with any other track.
    let other = camera_track().await;
    publisher.replace_track(&other).await.expect("replaced");
    assert!(ended(&track) && !ended(&other));
    assert_eq!(sent_track(&publisher).expect("sends").id(), other.id());
    let reconnect = js_sys::Reflect::get(publisher.stream().as_raw(), &"reconnect".into()).expect("a method");
    let promise = reconnect
        .unchecked_into::<js_sys::Function>()
        .call0(publisher.stream().as_raw())
        .expect("called");
    wasm_bindgen_futures::JsFuture::from(promise.unchecked_into::<js_sys::Promise>())
        .await
        .expect("reconnected");
    assert_eq!(count("reconnectStream"), 1);
    assert_eq!(sent_track(&publisher).expect("sends").id(), other.id());
    assert_eq!(publisher.stream().type_of_video(), Some(TypeOfVideo::Camera));
}

#[wasm_bindgen_test]
async fn any_other_track_is_announced_as_custom() {
    let (openvidu, session) = joined().await;
    let options = PublisherOptions {
        audio_source: AudioSource::Track(microphone_track().await),
        video_source: VideoSource::Track(camera_track().await),
        ..PublisherOptions::default()
    };
    let publisher = openvidu.init_publisher(&options).await.expect("tracks are given");
    session.publish(&publisher).await.expect("published");
    let request = last("publishVideo").expect("sent");
    assert!(
        request.contains(r#""typeOfVideo":"CUSTOM""#) && request.contains(r#""hasAudio":true"#),
        "{request}"
    );
}
