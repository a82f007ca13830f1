//! The harness itself: what it doesn't notice, no end-to-end test would.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use e2e::{
    App, Browser, Chromedriver, DeviceKind, Devices, Environment, Failure, Faults, HttpServer, MediaFault,
    Proxy, SHORT, until,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// Two peer connections in one page, and a tile for what arrives.
const CALL: &str = r#"<!doctype html><link rel=icon href="data:,"><main class=container data-phase=connected>
<div id=video-container><div class=stream-container data-stream-id=s><div class=streamcomponent>
<video autoplay></video><div><p>Bo</p></div></div></div></div></main>
<script type=module>
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
  here.onicecandidate = ({ candidate }) => there.addIceCandidate(candidate);
  there.onicecandidate = ({ candidate }) => here.addIceCandidate(candidate);
  for (const track of stream.getTracks()) here.addTrack(track);
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription);
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription);
  const tracks = there.getReceivers().map(({ track }) => track);
  document.querySelector("video").srcObject = new MediaStream(tracks);
</script>"#;

const EMPTY: &str = r#"<!doctype html><link rel=icon href="data:,"><title>Nothing</title>"#;

#[tokio::test]
async fn notices_decoded_frames_and_sound() -> Result<(), Failure> {
    with_browser(CALL, Devices::default(), Faults::default(), async |browser| {
        let app = App::new(browser);
        app.sees_and_hears("Bo").await?;
        let live = app.browser().live_tracks().await?;
        ensure!(live.len() == 2, "{live:?}");
        let errors = app.browser().unexpected_errors().await?;
        ensure!(errors.is_empty(), "{errors:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn notices_every_track_that_is_left_open() -> Result<(), Failure> {
    with_browser(EMPTY, Devices::TwoCameras, Faults::default(), async |browser| {
        let open = "window.stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
            window.copy = stream.clone();
            window.third = stream.getVideoTracks()[0].clone();";
        browser
            .run::<Value>(&format!("return (async () => {{ {open} }})()"), vec![])
            .await?;
        ensure!(browser.live_tracks().await?.len() == 5);
        browser
            .run::<Value>(
                "[...stream.getTracks(), ...copy.getTracks()].forEach((track) => track.stop())",
                vec![],
            )
            .await?;
        let live = browser.live_tracks().await?;
        ensure!(live.len() == 1 && live[0].kind == "video", "{live:?}");
        browser.run::<Value>("third.stop()", vec![]).await?;
        browser.until_devices_released(SHORT).await
    })
    .await
}

#[tokio::test]
async fn lets_requests_for_devices_fail_and_wait() -> Result<(), Failure> {
    let faults = Faults {
        hold_media: true,
        ..Faults::busy(DeviceKind::Video)
    };
    with_browser(EMPTY, Devices::TwoCameras, faults, async |browser| {
        let ask = |constraints: &str| {
            format!(
                "navigator.mediaDevices.getUserMedia({constraints}).then(() => 'open', ({{ name }}) => name)"
            )
        };
        let video = ask("{ video: true }");
        browser
            .run::<Value>(&format!("window.answer = {video}"), vec![])
            .await?;
        ensure!(browser.held_media_requests().await? == 1);
        browser.answer_media_requests().await?;
        let held: String = browser.run("return window.answer", vec![]).await?;
        let sound: String = browser
            .run(&format!("return {}", ask("{ audio: true }")), vec![])
            .await?;
        ensure!(
            (held.as_str(), sound.as_str()) == ("NotReadableError", "open"),
            "{held}, {sound}"
        );

        browser.set_faults(&Faults::default()).await?;
        browser.run::<Value>(&format!("return {video}"), vec![]).await?;
        let live = browser.live_tracks().await?;
        let camera = live
            .iter()
            .find(|track| track.kind == "video")
            .context("no camera")?;
        let faults = Faults {
            media: vec![MediaFault::busy(DeviceKind::Video).except(&camera.device)],
            ..Faults::default()
        };
        browser.set_faults(&faults).await?;
        let other: String = browser.run(&format!("return {video}"), vec![]).await?;
        let same = ask(&format!(
            "{{ video: {{ deviceId: {{ exact: '{}' }} }} }}",
            camera.device
        ));
        let same: String = browser.run(&format!("return {same}"), vec![]).await?;
        ensure!(
            (other.as_str(), same.as_str()) == ("NotReadableError", "open"),
            "{other}, {same}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn notices_errors_on_the_console() -> Result<(), Failure> {
    with_browser(EMPTY, Devices::default(), Faults::default(), async |browser| {
        for (what, script) in [
            ("logged error", "console.error('first trouble')"),
            (
                "exception",
                "setTimeout(() => { throw new Error('second trouble') })",
            ),
            ("rejection", "Promise.reject(new Error('third trouble'))"),
            (
                "failed request",
                "fetch('http://localhost:1/fourth-trouble').catch(() => {})",
            ),
        ] {
            browser.run::<Value>(script, vec![]).await?;
            until(what, SHORT, async || {
                let errors = browser.unexpected_errors().await?;
                ensure!(
                    errors.iter().any(|entry| entry.message.contains("trouble")),
                    "{errors:?}"
                );
                Ok(())
            })
            .await?;
        }
        browser.expect_console(&["trouble"]);
        let errors = browser.unexpected_errors().await?;
        ensure!(errors.len() == 2, "uncaught ones can't be excused: {errors:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_network_carries_holds_and_breaks() -> Result<()> {
    let echo = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = echo.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((mut peer, _)) = echo.accept().await {
            tokio::spawn(async move {
                let (mut from, mut to) = peer.split();
                tokio::io::copy(&mut from, &mut to).await
            });
        }
    });
    let network = Proxy::start(port).await?;
    let mut client = TcpStream::connect(("127.0.0.1", network.port())).await?;
    say(&mut client, b"carried").await?;

    network.hold();
    client.write_all(b"held").await?;
    let mut piece = [0; 4];
    let early = timeout(Duration::from_millis(200), client.read_exact(&mut piece)).await;
    ensure!(early.is_err(), "data came through");
    network.release();
    timeout(SHORT, client.read_exact(&mut piece)).await??;
    ensure!(&piece == b"held");

    network.disconnect();
    let end = timeout(SHORT, client.read(&mut piece)).await?;
    ensure!(
        end.as_ref().is_ok_and(|length| *length == 0) || end.is_err(),
        "the connection lives on"
    );
    until("new connections are refused", SHORT, async || {
        ensure!(TcpStream::connect(("127.0.0.1", network.port())).await.is_err());
        Ok(())
    })
    .await?;
    network.reconnect();
    let mut client = until("connections are accepted again", SHORT, async || {
        TcpStream::connect(("127.0.0.1", network.port()))
            .await
            .context("refused")
    })
    .await?;
    say(&mut client, b"again").await
}

async fn say(peer: &mut TcpStream, text: &[u8]) -> Result<()> {
    peer.write_all(text).await?;
    let mut answer = vec![0; text.len()];
    timeout(SHORT, peer.read_exact(&mut answer)).await??;
    ensure!(answer == text);
    Ok(())
}

async fn with_browser(
    page: &'static str,
    devices: Devices,
    faults: Faults,
    body: impl AsyncFnOnce(std::sync::Arc<Browser>) -> Result<()>,
) -> Result<(), Failure> {
    let environment = Environment::find()?;
    let chromedriver = Chromedriver::shared(&environment).await?;
    let server = HttpServer::start(Router::new().route("/", get(async move || Html(page)))).await?;
    let browser = Browser::start(&chromedriver, &environment, "page", devices, &faults).await?;
    let browser = std::sync::Arc::new(browser);
    let outcome = async {
        browser.open(&server.url()).await?;
        body(std::sync::Arc::clone(&browser)).await
    }
    .await;
    outcome.and(browser.quit().await).map_err(Failure::from)
}
