use serde_json::{Value, json};

use crate::{
    client::{Arrival, Client},
    server::Server,
};

#[tokio::test]
async fn two_clients_meet() {
    let server = Server::start().await;
    let (mut a, joined_a) = Client::join(&server, "S").await;
    let media = server.deployment.media_addresses()[0];
    assert_eq!(
        joined_a["customIceServers"],
        json!([{"url": format!("stun:127.0.0.1:{}", media.port())}])
    );
    let (mut b, joined_b) = Client::join(&server, "S").await;
    assert_eq!(joined_b["value"][0]["id"], joined_a["id"]);
    let heard = a.notification().await;
    assert_eq!(
        (&heard["method"], &heard["params"]["id"]),
        (&json!("participantJoined"), &joined_b["id"])
    );

    let signal = json!({"to": [joined_a["id"]], "data": "hi", "type": "signal:chat"});
    b.call("sendMessage", json!({"message": signal.to_string()}))
        .await;
    assert_eq!(
        a.notification().await["params"],
        json!({"from": joined_b["id"], "data": "hi", "type": "signal:chat"})
    );
    let path = format!("/sessions/S/connection/{}", joined_b["id"].as_str().unwrap());
    let described: Value = server.get(&path).await.json().await.unwrap();
    assert_eq!(
        (&described["status"], &described["ip"]),
        (&json!("active"), &json!("127.0.0.1"))
    );

    b.call("leaveRoom", json!({})).await;
    assert_eq!(a.notification().await["params"]["reason"], "disconnect");
    a.call("leaveRoom", json!({})).await;
    assert_eq!(server.get("/sessions/S").await.status(), 404);
}

#[tokio::test]
async fn frames_are_exactly_those_of_json_rpc() {
    let server = Server::start().await;
    let mut client = Client::connect(&server).await;
    for (sent, expected) in [
        (
            r#"{"jsonrpc":"2.0","method":"ping","params":{"interval":5000},"id":0}"#,
            json!({"jsonrpc": "2.0", "id": 0, "result": {"value": "pong"}}),
        ),
        (
            r#"{"jsonrpc":"2.0","method":"ping","id":1}"#,
            json!({"jsonrpc": "2.0", "id": 1, "result": {"value": "pong"}}),
        ),
        (
            r#"{"jsonrpc":"2.0","method":"sing","id":"x"}"#,
            json!({"jsonrpc": "2.0", "id": "x", "error": {"code": -32601, "message": "Unrecognized method"}}),
        ),
        (
            "rubbish",
            json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32700, "message": "The message is not JSON"}}),
        ),
    ] {
        client.send_text(sent.to_owned()).await;
        let Arrival::Frame(frame) = client.arrival().await else {
            panic!("closed after {sent}")
        };
        assert_eq!(frame, expected);
    }
}

#[tokio::test]
async fn an_oversized_message_is_refused_and_a_huge_one_ends_the_socket() {
    let server = Server::start().await;
    let mut client = Client::connect(&server).await;
    let response = client
        .call("joinRoom", json!({"metadata": "x".repeat(300_000)}))
        .await;
    assert_eq!(response["error"]["code"], 999);
    client
        .send("joinRoom", json!({"metadata": "x".repeat(2_000_000)}))
        .await;
    assert!(matches!(client.arrival().await, Arrival::Closed(_)));
    Client::join(&server, "S").await;
}

#[tokio::test]
async fn a_lost_socket_is_replaced_and_nothing_is_missed() {
    let server = Server::start().await;
    let (mut a, joined_a) = Client::join(&server, "S").await;
    let (mut b, joined_b) = Client::join(&server, "S").await;
    a.notification().await;
    b.close(1001).await;
    drop(b);
    a.call(
        "sendMessage",
        json!({"message": "{\"to\":[],\"data\":\"missed\"}"}),
    )
    .await;
    let mut b = Client::connect(&server).await;
    let params = json!({"sessionId": joined_b["sessionId"], "reconnect": true});
    let response = b.call("connect", params).await;
    assert_eq!(response["result"]["sessionId"], joined_b["sessionId"]);
    assert_eq!(b.notification().await["params"]["data"], "missed");
    let refused = b
        .call("connect", json!({"sessionId": joined_a["sessionId"]}))
        .await;
    assert_eq!(refused["error"]["code"], 40007);
}

#[tokio::test]
async fn a_deliberate_close_counts_as_leaving() {
    let server = Server::start().await;
    let (mut a, _) = Client::join(&server, "S").await;
    let (mut b, _) = Client::join(&server, "S").await;
    a.notification().await;
    b.close(4102).await;
    let left = a.notification().await;
    assert_eq!(
        (&left["method"], &left["params"]["reason"]),
        (&json!("participantLeft"), &json!("networkDisconnect"))
    );
}

#[tokio::test]
async fn a_client_that_does_not_read_is_dropped_and_the_others_go_on() {
    let server = Server::start().await;
    let (mut busy, _) = Client::join(&server, "S").await;
    let (deaf, joined) = Client::join(&server, "S").await;
    busy.notification().await;
    let signal = json!({"to": [joined["id"]], "data": "x".repeat(60_000)}).to_string();
    // More than the socket buffers of any system hold.
    for _ in 0..10_000 {
        busy.send("sendMessage", json!({ "message": signal })).await;
        let Arrival::Frame(frame) = busy.arrival().await else {
            panic!("the wrong one was dropped")
        };
        if frame["method"] == "participantLeft" {
            assert_eq!(frame["params"]["connectionId"], joined["id"]);
            return drop(deaf);
        }
    }
    panic!("a client that reads nothing is still there");
}

#[tokio::test]
async fn everybody_is_told_when_the_deployment_stops() {
    let server = Server::start().await;
    let (mut client, joined) = Client::join(&server, "S").await;
    let Server { deployment, .. } = server;
    let told = async {
        let evicted = client.notification().await;
        assert_eq!(
            evicted["params"],
            json!({"connectionId": joined["id"], "reason": "sessionClosedByServer"})
        );
        assert!(
            matches!(client.arrival().await, Arrival::Closed(Some(frame)) if u16::from(frame.code) == 1001)
        );
    };
    tokio::join!(deployment.shutdown(), told);
}
