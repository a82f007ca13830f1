//! Publications: how they begin, fail and end.

use std::cell::RefCell;
use std::rc::Rc;

use openvidu_browser::{
    ConnectionReason, Error, OpenViduErrorName, PublisherEvent, PublisherOptions, SessionEvent, StreamReason,
    TrackKind,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::camera::camera_publisher;
use crate::page::*;
use crate::until::until;

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
