//! Showing streams in video elements.

use openvidu_browser::{SessionEvent, SubscriberOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlVideoElement;

use crate::camera::camera_publisher;
use crate::page::*;
use crate::until::until;

fn video_element() -> HtmlVideoElement {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a page");
    let video: HtmlVideoElement = document
        .create_element("video")
        .expect("creates")
        .unchecked_into();
    document
        .body()
        .expect("a body")
        .append_child(&video)
        .expect("appends");
    video
}

#[wasm_bindgen_test]
async fn an_attachment_shows_and_empties_an_element() {
    let openvidu = openvidu().await;
    let (publisher, _track) = camera_publisher(&openvidu).await;
    let (named, nameless) = (video_element(), video_element());
    named.set_id("mine");
    let attachments = [
        publisher.attach(&named).expect("attaches"),
        publisher.attach(&nameless).expect("attaches"),
    ];
    let media = publisher.stream().media_stream().expect("there");
    for video in [&named, &nameless] {
        assert_eq!(video.src_object().as_ref(), Some(&media));
        assert!(video.muted());
    }
    assert_eq!(named.id(), "mine");
    assert!(!nameless.has_attribute("id"));
    drop(attachments);
    for video in [&named, &nameless] {
        assert_eq!(video.src_object(), None);
        assert!(!video.muted());
        assert_eq!(video.get_attribute("style").unwrap_or_default(), "");
        video.remove();
    }
    let videos = js_sys::Reflect::get(publisher.as_raw(), &"videos".into()).expect("a list");
    assert_eq!(videos.unchecked_into::<js_sys::Array>().length(), 0);
}

#[wasm_bindgen_test]
async fn an_element_that_moved_on_is_left_alone() {
    let openvidu = openvidu().await;
    let (first, _first_track) = camera_publisher(&openvidu).await;
    let (second, _second_track) = camera_publisher(&openvidu).await;
    let video = video_element();
    let first_attachment = first.attach(&video).expect("attaches");
    let second_attachment = second.attach(&video).expect("attaches");
    drop(first_attachment);
    assert_eq!(video.src_object(), second.stream().media_stream());
    drop(second_attachment);
    assert_eq!(video.src_object(), None);
    video.remove();
}

#[wasm_bindgen_test]
async fn a_remote_element_plays_with_sound_and_is_emptied_with_its_stream() {
    let openvidu = openvidu().await;
    add_other("con_1", "str_1", "x");
    let session = openvidu.init_session().expect("first session");
    let (events, _subscriptions) = record(&session);
    session.connect(&token(), "me", 5_000).await.expect("joins");
    let stream = announced(&events);
    let subscriber = session
        .subscribe(&stream, SubscriberOptions::default())
        .expect("subscribes");
    let video = video_element();
    let attachment = subscriber.attach(&video).expect("attaches before there is media");
    subscriber.ready().await.expect("negotiated");
    assert_eq!(video.src_object(), stream.media_stream());
    assert!(!video.muted());
    notify(
        "participantLeft",
        r#"{"connectionId":"con_1","reason":"disconnect"}"#,
    );
    until("gone", || {
        events
            .borrow()
            .iter()
            .any(|event| matches!(event, SessionEvent::ConnectionDestroyed { .. }))
    })
    .await;
    assert_eq!((video.src_object(), stream.media_stream()), (None, None));
    drop(attachment);
    video.remove();
}
