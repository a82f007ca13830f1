//! Local media with the real SDK, and publishing it to a signalling server inside the page.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod page;
mod until;

use std::cell::RefCell;
use std::rc::Rc;

use openvidu_browser::{
    AudioSource, ConnectionReason, Dimensions, Error, OpenVidu, OpenViduErrorName, Publisher, PublisherEvent,
    PublisherOptions, SessionEvent, StreamReason, SubscriberOptions, TrackKind, TypeOfVideo, VideoSource,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlVideoElement, MediaStreamTrack, RtcRtpSender};

use self::page::*;
use self::until::until;

wasm_bindgen_test_configure!(run_in_browser);

async fn camera_publisher(openvidu: &OpenVidu) -> (Publisher, MediaStreamTrack) {
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

fn sent_track(publisher: &Publisher) -> Option<MediaStreamTrack> {
    let senders = publisher.stream().peer_connection().ok()?.get_senders();
    senders.get(0).dyn_into::<RtcRtpSender>().ok()?.track()
}

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

#[wasm_bindgen_test]
async fn a_refused_publication_is_told_and_frees_the_camera() {
    let (openvidu, session) = joined().await;
    let (publisher, track) = camera_publisher(&openvidu).await;
    refuse("publishVideo", 401, "no");
    let error = session.publish(&publisher).await.expect_err("refused");
    assert!(
        matches!(
            error,
            Error::OpenVidu {
                name: OpenViduErrorName::OpenViduPermissionDenied,
                ..
            }
        ),
        "{error:?}"
    );
    refuse("publishVideo", 302, "bad SDP");
    let error = session.publish(&publisher).await.expect_err("refused");
    assert_eq!(
        error,
        Error::Rpc {
            code: 302,
            message: "bad SDP".into()
        }
    );
    assert!(!ended(&track), "yours to decide");
    drop(publisher);
    until("stopped", || ended(&track)).await;
}

#[wasm_bindgen_test]
async fn leaving_interrupts_a_publication() {
    let (openvidu, session) = joined().await;
    let (publisher, track) = camera_publisher(&openvidu).await;
    hold("publishVideo");
    let pending = session.publish(&publisher);
    assert_eq!(session.publish(&publisher).await, Err(Error::Busy));
    until("asked", || count("publishVideo") == 1).await;
    drop(publisher);
    session.disconnect();
    assert_eq!(
        pending.await,
        Err(Error::Ended {
            reason: ConnectionReason::Disconnect
        })
    );
    until("the camera is free", || ended(&track)).await;
}

#[wasm_bindgen_test]
async fn a_publication_that_succeeds_too_late_is_taken_back() {
    let (openvidu, session) = joined().await;
    let (events, _subscriptions) = record(&session);
    let (publisher, _track) = camera_publisher(&openvidu).await;
    hold_offers();
    let pending = session.publish(&publisher);
    drop_sockets();
    assert_eq!(pending.await, Err(Error::ConnectionLost));
    assert!(!publisher.is_published());
    until("back", || events.borrow().contains(&SessionEvent::Reconnected)).await;
    release_offers();
    until("published all the same, and taken back", || {
        count("unpublishVideo") == 1
    })
    .await;
}

#[wasm_bindgen_test]
async fn without_a_session_nothing_is_published() {
    let openvidu = openvidu().await;
    let session = openvidu.init_session().expect("first session");
    let (publisher, _track) = camera_publisher(&openvidu).await;
    assert_eq!(session.publish(&publisher).await, Err(Error::NotConnected));
}

#[wasm_bindgen_test]
async fn unpublishing_and_leaving_stop_the_tracks() {
    let (openvidu, session) = joined().await;
    let (publisher, track) = camera_publisher(&openvidu).await;
    let events = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&events);
    let _subscriptions = publisher
        .subscribe_events(move |event| sink.borrow_mut().push(event))
        .expect("subscribes");
    assert!(session.unpublish(&publisher).await.is_err(), "not published yet");
    session.publish(&publisher).await.expect("published");
    session.unpublish(&publisher).await.expect("unpublished");
    assert!(ended(&track) && !publisher.is_published());
    let created = |event: &&PublisherEvent| matches!(event, PublisherEvent::StreamCreated { .. });
    assert_eq!(events.borrow().iter().filter(created).count(), 1);
    assert!(events.borrow().contains(&PublisherEvent::StreamDestroyed {
        reason: StreamReason::Unpublish
    }));

    let again = session.publish(&publisher).await;
    assert_eq!(
        again,
        Err(Error::TrackEnded {
            kind: TrackKind::Video
        })
    );

    let (other, track) = camera_publisher(&openvidu).await;
    session.publish(&other).await.expect("published");
    session.disconnect();
    assert!(ended(&track) && !other.is_published());
}

#[wasm_bindgen_test]
async fn a_publication_that_a_moderator_ended_can_be_repeated() {
    let (openvidu, session) = joined().await;
    let publisher = openvidu
        .init_publisher(&PublisherOptions::default())
        .await
        .expect("allowed");
    session.publish(&publisher).await.expect("published");
    notify(
        "participantUnpublished",
        r#"{"connectionId":"con_me","reason":"forceUnpublishByUser"}"#,
    );
    assert!(!publisher.is_published() && publisher.stream().media_stream().is_none());
    session
        .publish(&publisher)
        .await
        .expect("the devices are opened again");
    assert!(publisher.is_published() && publisher.stream().track(TrackKind::Video).is_some());
}

#[wasm_bindgen_test]
async fn switching_is_guarded() {
    let (openvidu, session) = joined().await;
    let (publisher, track) = camera_publisher(&openvidu).await;
    publisher.publish_video(true).await.expect("nothing to do");
    publisher.publish_video(false).await.expect("off");
    assert!(!track.enabled() && !publisher.stream().video_active());
    assert_eq!(
        publisher.publish_audio(false),
        Err(Error::NoTrack {
            kind: TrackKind::Audio
        })
    );

    session.publish(&publisher).await.expect("published");
    assert!(
        last("publishVideo")
            .expect("sent")
            .contains(r#""videoActive":false"#)
    );
    publisher.publish_video(true).await.expect("on");
    assert!(track.enabled());
    until("the server knows", || count("streamPropertyChanged") == 1).await;

    publisher.stop_tracks();
    let replacement = camera_track().await;
    publisher
        .replace_track(&replacement)
        .await
        .expect("an ended track can be replaced");
    assert_eq!(
        publisher.replace_track(&track).await,
        Err(Error::TrackEnded {
            kind: TrackKind::Video
        })
    );
    let microphone = microphone_track().await;
    assert_eq!(
        publisher.replace_track(&microphone).await,
        Err(Error::NoTrack {
            kind: TrackKind::Audio
        })
    );
    publisher
        .replace_track(&replacement)
        .await
        .expect("the same again");
    assert!(!ended(&replacement), "the present track is not stopped");
    microphone.stop();
}

#[wasm_bindgen_test]
async fn a_track_replaced_while_publishing_is_the_one_that_is_sent() {
    let (openvidu, session) = joined().await;
    let (publisher, track) = camera_publisher(&openvidu).await;
    hold("publishVideo");
    let publishing = session.publish(&publisher);
    until("asked", || count("publishVideo") == 1).await;
    let other = camera_track().await;
    let replacing = publisher.replace_track(&other);
    wasm_bindgen_futures::spawn_local(async { release("publishVideo") });
    replacing.await.expect("replaced");
    publishing.await.expect("published");
    assert_eq!(sent_track(&publisher).expect("sends").id(), other.id());
    assert!(ended(&track));
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
