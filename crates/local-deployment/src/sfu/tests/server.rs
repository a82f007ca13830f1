//! The shell, over real sockets.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use tokio::{net::UdpSocket, time::timeout};

use crate::sfu::{MediaConfig, MediaError, MediaServer, NegotiationError, PeerId, SourceId};

const OFFER: &str = include_str!("offers/chromium_publish.sdp");

/// Far more than anything here takes.
const DEADLINE: Duration = Duration::from_secs(10);

async fn start() -> (MediaServer, tokio::sync::mpsc::Receiver<crate::sfu::MediaEvent>) {
    let addresses = [1, 2].map(|last| IpAddr::V4(Ipv4Addr::new(127, 0, 0, last)));
    let config = MediaConfig {
        port: 0,
        addresses: addresses.into(),
    };
    MediaServer::start(config).await.unwrap()
}

#[tokio::test]
async fn every_address_is_a_stun_server() {
    let (server, _events) = start().await;
    assert_eq!(server.addresses().len(), 2);
    for address in server.addresses() {
        let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        client.connect(address).await.unwrap();
        client
            .send(b"\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl")
            .await
            .unwrap();
        let mut buffer = [0; 100];
        let length = timeout(DEADLINE, client.recv(&mut buffer))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(buffer[..2], [0x01, 0x01]);
        let port = u16::from_be_bytes([buffer[26], buffer[27]]) ^ 0x2112;
        assert_eq!((length, port), (32, client.local_addr().unwrap().port()));
    }
}

#[tokio::test]
async fn answers_name_every_address_and_sources_can_be_closed() {
    let (server, _events) = start().await;
    let answer = server
        .publish(PeerId(1), SourceId(1), OFFER.into())
        .await
        .unwrap();
    for address in server.addresses() {
        let candidate = format!("{} {} typ host", address.ip(), address.port());
        assert!(answer.sdp.contains(&candidate), "{candidate}");
    }
    let offer = include_str!("offers/chromium_subscribe.sdp");
    server
        .subscribe(PeerId(2), SourceId(1), offer.into())
        .await
        .unwrap();
    server.close_source(SourceId(1));
    let result = server.subscribe(PeerId(3), SourceId(1), offer.into()).await;
    assert_eq!(result, Err(NegotiationError::UnknownSource));
}

#[tokio::test]
async fn server_that_was_shut_down_frees_its_port() {
    let (server, mut events) = start().await;
    let address = server.addresses()[0];
    let other_handle = server.clone();
    timeout(DEADLINE, server.shutdown()).await.unwrap();
    assert_eq!(events.recv().await, None);
    drop(UdpSocket::bind(address).await.unwrap());
    let result = other_handle.publish(PeerId(1), SourceId(1), OFFER.into()).await;
    assert_eq!(result, Err(NegotiationError::Overloaded));
}

#[tokio::test]
async fn server_stops_with_its_last_handle() {
    let (server, mut events) = start().await;
    drop(server.clone());
    drop(server);
    assert_eq!(timeout(DEADLINE, events.recv()).await, Ok(None));
}

#[tokio::test]
async fn occupied_port_is_reported() {
    let occupied = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let expected = occupied.local_addr().unwrap();
    let config = MediaConfig {
        port: expected.port(),
        addresses: vec![expected.ip()],
    };
    match MediaServer::start(config).await {
        Err(MediaError::Bind { address, .. }) => assert_eq!(address, expected),
        other => panic!("{other:?}"),
    }
}
