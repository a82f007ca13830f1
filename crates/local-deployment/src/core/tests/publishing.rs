use openvidu_protocol::rest::{ConnectionProperties, KurentoOptions};
use serde_json::{Value, json};

use super::world::{Media, World, publish_params};
use crate::sfu::NegotiationError;

#[test]
fn the_publisher_learns_first_that_the_stream_is_there() {
    let mut world = World::new();
    let publisher = world.join("S");
    world.join("S");
    world.take_log();
    let response = world.call(publisher.socket, "publishVideo", publish_params());
    assert_eq!(response["result"]["sdpAnswer"], "answer");
    assert_eq!(world.take_log(), ["A: result", "B: participantPublished"]);
    let stream = response["result"]["id"].as_str().unwrap();
    assert!(
        stream.starts_with("str_CAM_") && stream.ends_with(publisher.id.as_str()),
        "{stream}"
    );
}

#[test]
fn somebody_who_joins_during_the_negotiation_hears_of_the_stream_once() {
    let mut world = World::new();
    let publisher = world.join("S");
    world.media = Media::Waits;
    let request = world.request(publisher.socket, "publishVideo", publish_params());
    world.take_log();
    world.join("S");
    assert_eq!(world.take_log(), ["A: participantJoined", "B: result"]);
    assert!(world.response(publisher.socket, request).is_none());
    world.negotiate(Ok((true, true)));
    assert_eq!(world.take_log(), ["A: result", "B: participantPublished"]);
}

#[test]
fn the_offer_decides_which_media_there_are() {
    for (media, kind, keys) in [
        ((true, false), "str_MIC_", vec!["audioActive"]),
        (
            (false, true),
            "str_CAM_",
            vec!["frameRate", "typeOfVideo", "videoActive", "videoDimensions"],
        ),
    ] {
        let mut world = World::new();
        let publisher = world.join("S");
        world.join("S");
        world.media = Media::Waits;
        world.request(publisher.socket, "publishVideo", publish_params());
        world.negotiate(Ok(media));
        let (_, frame) = world.notifications.last().unwrap();
        let stream = frame["params"]["streams"][0].as_object().unwrap();
        assert!(stream["id"].as_str().unwrap().starts_with(kind));
        assert_eq!(
            (&stream["hasAudio"], &stream["hasVideo"]),
            (&media.0.into(), &media.1.into())
        );
        let always = ["id", "createdAt", "hasAudio", "hasVideo", "filter"];
        let mut sometimes: Vec<_> = stream
            .keys()
            .filter(|key| !always.contains(&key.as_str()))
            .collect();
        sometimes.sort();
        assert_eq!(sometimes, keys);
    }
}

#[test]
fn dimensions_that_others_could_not_parse_are_left_out() {
    for (dimensions, kept) in [
        ("{\"width\":1,\"height\":2}", true),
        ("rubbish", false),
        ("{}", false),
    ] {
        let mut world = World::new();
        let publisher = world.join("S");
        world.join("S");
        let mut params = publish_params();
        params["videoDimensions"] = dimensions.into();
        world.call(publisher.socket, "publishVideo", params);
        let (_, frame) = world.notifications.last().unwrap();
        let stream = frame["params"]["streams"][0].as_object().unwrap();
        assert_eq!(stream.contains_key("videoDimensions"), kept, "{dimensions}");
    }
}

#[test]
fn what_may_not_be_published_is_refused() {
    let mut world = World::new();
    let subscriber = world.join_as("S", "SUBSCRIBER");
    let publisher = world.join("S");
    world.publish(&publisher);
    let filtered = world.join("S");
    let mut with_filter = publish_params();
    with_filter["filter"] = json!({"type": "GStreamerFilter", "options": {}});
    for (client, params, code) in [
        (&subscriber, publish_params(), 401),
        (&publisher, publish_params(), 106),
        (&filtered, with_filter, 406),
        (&filtered, json!({}), -1),
    ] {
        assert_eq!(
            world.call(client.socket, "publishVideo", params)["error"]["code"],
            code
        );
    }
    assert_eq!(world.peers.len(), 1);
}

#[test]
fn an_offer_that_the_media_server_refuses_leaves_nothing_behind() {
    for (error, code) in [
        (NegotiationError::MissingCodec, 800),
        (NegotiationError::Invalid(String::new()), 302),
        (NegotiationError::Overloaded, 303),
    ] {
        let mut world = World::new();
        let publisher = world.join("S");
        world.join("S");
        world.media = Media::Waits;
        let request = world.request(publisher.socket, "publishVideo", publish_params());
        world.take_log();
        world.negotiate(Err(error));
        assert_eq!(
            world.response(publisher.socket, request).unwrap()["error"]["code"],
            code
        );
        assert_eq!(world.take_log(), [format!("A: error {code}")]);
        assert!(world.peers.is_empty() && world.sources.is_empty());
        world.media = Media::Agrees;
        world.publish(&publisher);
    }
}

#[test]
fn unpublishing_ends_the_stream_for_everybody() {
    let mut world = World::new();
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let subscriber = world.join("S");
    world.call(
        subscriber.socket,
        "receiveVideoFrom",
        json!({"sender": stream, "sdpOffer": "offer"}),
    );
    assert_eq!(world.peers.len(), 2);
    world.take_log();
    world.call(publisher.socket, "unpublishVideo", json!({}));
    assert_eq!(
        world.take_log(),
        ["A: result", "B: participantUnpublished unpublish"]
    );
    assert!(world.peers.is_empty() && world.sources.is_empty());
    assert_eq!(
        world.call(publisher.socket, "unpublishVideo", json!({}))["error"]["code"],
        105
    );
    assert_ne!(world.publish(&publisher), stream);
}

#[test]
fn a_publication_can_be_taken_back_while_it_is_negotiated() {
    let mut world = World::new();
    let publisher = world.join("S");
    world.join("S");
    world.media = Media::Waits;
    let request = world.request(publisher.socket, "publishVideo", publish_params());
    world.take_log();
    world.call(publisher.socket, "unpublishVideo", json!({}));
    assert_eq!(
        world.take_log(),
        ["A: error 303", "A: result"],
        "nobody else ever heard of the stream"
    );
    assert!(world.response(publisher.socket, request).is_some());
    world.negotiate(Ok((true, true)));
    assert!(world.take_log().is_empty() && world.peers.is_empty() && world.sources.is_empty());
}

#[test]
fn a_publisher_who_reconnects_keeps_stream_and_subscribers() {
    let mut world = World::new();
    let publisher = world.join("S");
    let stream = world.publish(&publisher);
    let subscriber = world.join("S");
    world.call(
        subscriber.socket,
        "receiveVideoFrom",
        json!({"sender": stream, "sdpOffer": "offer"}),
    );
    let before = world.peers.clone();
    world.take_log();
    let params = json!({"stream": stream, "sdpString": "offer"});
    let response = world.call(publisher.socket, "reconnectStream", params.clone());
    assert_eq!(response["result"]["id"], stream);
    assert_eq!(world.take_log(), ["A: result"]);
    assert_eq!((world.peers.len(), world.sources.len()), (2, 1));
    assert_eq!(world.peers.intersection(&before).count(), 1, "the subscriber's");

    world.media = Media::Waits;
    let superseded = world.request(publisher.socket, "reconnectStream", params.clone());
    let refused = world.request(publisher.socket, "reconnectStream", params);
    assert_eq!(
        world.response(publisher.socket, superseded).unwrap()["error"]["code"],
        303
    );
    world.negotiate(Ok((true, true)));
    assert!(world.response(publisher.socket, refused).is_none());
    world.negotiate(Err(NegotiationError::Invalid(String::new())));
    assert_eq!(
        world.response(publisher.socket, refused).unwrap()["error"]["code"],
        302
    );
    assert_eq!(
        (world.peers.len(), world.sources.len()),
        (2, 1),
        "the old connection stays"
    );
}

#[test]
fn changes_reach_the_others_as_text_and_those_who_join_later_as_values() {
    for (property, value, sent, key, later) in [
        ("audioActive", json!(false), "false", "audioActive", json!(false)),
        ("videoActive", json!(true), "true", "videoActive", json!(true)),
        (
            "videoDimensions",
            json!("{\"width\":3,\"height\":4}"),
            "\"{\\\"width\\\":3,\\\"height\\\":4}\"",
            "videoDimensions",
            json!("{\"width\":3,\"height\":4}"),
        ),
        (
            "videoTrack",
            json!({"label": "cam"}),
            "{\"label\":\"cam\"}",
            "frameRate",
            json!(30),
        ),
    ] {
        let mut world = World::new();
        let publisher = world.join("S");
        let stream = world.publish(&publisher);
        world.join("S");
        world.take_log();
        let params =
            json!({"streamId": "somebody else's", "property": property, "newValue": value, "reason": "why"});
        world.call(publisher.socket, "streamPropertyChanged", params);
        assert_eq!(world.take_log(), ["A: result", "B: streamPropertyChanged"]);
        let (_, frame) = world.notifications.last().unwrap();
        assert_eq!(
            frame["params"],
            json!({"connectionId": publisher.id, "streamId": stream, "property": property, "newValue": sent,
                "reason": "why"})
        );
        let late = world.join("S");
        let session = world.create_session("S");
        let token = world
            .create_connection(&session, ConnectionProperties::default())
            .token
            .unwrap();
        let socket = world.open();
        let joined = world.call(socket, "joinRoom", World::join_params(&session, &token));
        assert_eq!(
            joined["result"]["value"][0]["streams"][0][key], later,
            "{property}"
        );
        let silent = json!({"property": "audioActive", "newValue": true});
        assert_eq!(
            world.call(late.socket, "streamPropertyChanged", silent)["error"]["code"],
            105
        );
    }
}

#[test]
fn filters_are_refused_with_the_code_that_fits_the_caller() {
    let mut world = World::new();
    let allowed = ConnectionProperties {
        kurento_options: Some(KurentoOptions {
            allowed_filters: vec!["Allowed".to_owned()],
            ..Default::default()
        }),
        ..ConnectionProperties::default()
    };
    let owner = world.join_with("S", allowed);
    let stream = world.publish(&owner);
    let stranger = world.join("S");
    let moderator = world.join_as("S", "MODERATOR");
    let apply = |kind: &str| json!({"streamId": stream, "type": kind, "options": "{}"});
    let on = json!({"streamId": stream, "method": "m", "params": "{}", "eventType": "e"});
    for (client, method, params, code) in [
        (&owner, "applyFilter", apply("Allowed"), 406),
        (&owner, "applyFilter", apply("Other"), 401),
        (&stranger, "applyFilter", apply("Allowed"), 401),
        (&moderator, "applyFilter", apply("Other"), 406),
        (&owner, "removeFilter", on.clone(), 406),
        (&stranger, "removeFilter", on.clone(), 401),
        (&moderator, "execFilterMethod", on.clone(), 406),
        (&stranger, "addFilterEventListener", on.clone(), 401),
        (&owner, "removeFilterEventListener", on.clone(), 406),
        (&moderator, "removeFilter", json!({"streamId": "nobody's"}), 105),
        (
            &moderator,
            "subscribeToSpeechToText",
            json!({"connectionId": owner.id, "lang": "en"}),
            997,
        ),
        (
            &moderator,
            "unsubscribeFromSpeechToText",
            json!({"connectionId": owner.id}),
            997,
        ),
    ] {
        let response: Value = world.call(client.socket, method, params);
        assert_eq!(response["error"]["code"], code, "{method}");
    }
}
