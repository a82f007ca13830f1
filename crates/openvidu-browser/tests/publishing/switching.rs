//! Switching tracks off, on, and for others.

use openvidu_browser::{Error, TrackKind};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::camera::{camera_publisher, sent_track};
use crate::page::*;
use crate::until::until;

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
