//! Being removed, and losing the connection.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{App, Devices, Failure, Faults, Foreigner, LONG, Phase, SHORT, case, throughout, until};

use crate::{BROKEN_SOCKET, ROOM};

/// Longer than the SDK waits between two attempts to reconnect, which is 3 s.
const SDK_RETRIES: Duration = Duration::from_secs(5);

/// Somebody who is removed from the room stays in a dead one with the tutorial. Ours says so and is back at the form.
#[tokio::test]
async fn fault_10_evicted() -> Result<(), Failure> {
    case("fault_10_evicted", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.join("Ada", ROOM).await?;
        ada.until_sending().await?;
        let connection = server.rest().participant(ROOM, "Ada").await?.connection_id;
        server.rest().disconnect(ROOM, &connection).await?;
        ada.until_notice(&["evicted"], SHORT).await?;
        ensure_all_released(&ada).await
    })
    .await
}

/// The same when the session is closed for everybody.
#[tokio::test]
async fn fault_10_session_closed() -> Result<(), Failure> {
    case("fault_10_session_closed", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.join("Ada", ROOM).await?;
        ada.until_sending().await?;
        server.rest().close(ROOM).await?;
        ada.until_notice(&["session-closed"], SHORT).await?;
        ensure_all_released(&ada).await?;

        ada.press_join().await?;
        ada.until_phase(Phase::Connected, SHORT).await?;
        ada.sees_itself().await
    })
    .await
}

/// A socket that breaks is opened again, and the call goes on as if nothing had been.
#[tokio::test]
async fn fault_10_socket_breaks() -> Result<(), Failure> {
    case("fault_10_socket_breaks", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        let network = case.proxy(server.port()).await?;
        back_end.lead_to(&network.authority());
        let crowd = case.crowd().await?;
        let bo = crowd.join(&server.rest(), ROOM, &Foreigner::named("Bo")).await?;
        let ada = case.app("ada", &back_end.url()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        let stream = crowd.sees_and_hears_one(&bo).await?;

        network.cut();
        until("another socket", SHORT, async || {
            let sockets = (
                ada.browser().opened_sockets().await?,
                ada.browser().open_sockets().await?,
            );
            ensure!(sockets == (2, 1), "opened and open: {sockets:?}");
            Ok(())
        })
        .await?;
        ada.until_phase(Phase::Connected, SHORT).await?;
        ada.sees_and_hears("Bo").await?;
        ensure!(
            crowd.sees_and_hears_one(&bo).await? == stream,
            "Ada is somebody else than before"
        );
        crowd
            .join(&server.rest(), ROOM, &Foreigner::named("Cy").deaf())
            .await?;
        ada.until_others(&["Bo", "Cy"], SHORT).await?;
        Ok(())
    })
    .await
}

/// A short loss of the network is told while it lasts, and the call goes on afterwards.
#[tokio::test]
async fn fault_10_network_lost_and_back() -> Result<(), Failure> {
    case("fault_10_network_lost_and_back", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        let network = case.proxy(server.port()).await?;
        back_end.lead_to(&network.authority());
        let crowd = case.crowd().await?;
        let bo = crowd.join(&server.rest(), ROOM, &Foreigner::named("Bo")).await?;
        let ada = case.app("ada", &back_end.url()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        let stream = crowd.sees_and_hears_one(&bo).await?;

        network.disconnect();
        let view = ada.until_phase(Phase::Reconnecting, SHORT).await?;
        let status = view.connection_status.context("nothing is told")?;
        ensure!(!status.is_empty(), "an empty text is told");
        network.reconnect();
        let view = ada.until_phase(Phase::Connected, SHORT).await?;
        ensure!(
            view.connection_status.is_none_or(|text| text.is_empty()),
            "it is still told to be reconnecting"
        );

        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await?;
        ensure!(
            crowd.sees_and_hears_one(&bo).await? == stream,
            "Ada is somebody else than before"
        );
        // Somebody who comes now is seen: events arrive again.
        crowd
            .join(&server.rest(), ROOM, &Foreigner::named("Cy").deaf())
            .await?;
        ada.until_others(&["Bo", "Cy"], SHORT).await?;
        ada.sees("Cy").await
    })
    .await
}

/// When it happens while sending is being negotiated, the others see one afterwards, or it is told that they don't.
#[tokio::test]
async fn fault_10_network_lost_while_sending_begins() -> Result<(), Failure> {
    case("fault_10_network_lost_while_sending_begins", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        let network = case.proxy(server.port()).await?;
        back_end.lead_to(&network.authority());
        let ada = case
            .app_with("ada", &back_end.url(), Devices::default(), &Faults::unanswered())
            .await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        network.hold();
        ada.browser().answer_media_requests().await?;
        ada.sees_itself().await?;
        network.disconnect();
        ada.until_phase(Phase::Reconnecting, SHORT).await?;
        network.release();
        network.reconnect();
        ada.until_phase(Phase::Connected, SHORT).await?;
        let view = ada
            .until("one knows whether one is seen", LONG, |view| {
                let sending = view.own().is_some_and(|tile| tile.stream_id.is_some());
                ensure!(sending != view.publish_notice.is_some(), "one doesn't know");
                Ok(())
            })
            .await?;
        if view.publish_notice.is_some() {
            ada.browser().until_devices_released(SHORT).await?;
        }
        Ok(())
    })
    .await
}

/// A network that swallows everything without breaking is noticed, too.
#[tokio::test]
async fn fault_10_network_swallows_everything() -> Result<(), Failure> {
    case("fault_10_network_swallows_everything", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        let network = case.proxy(server.port()).await?;
        back_end.lead_to(&network.authority());
        let ada = case.app("ada", &back_end.url()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        ada.until_sending().await?;
        network.hold();
        ada.until_phase(Phase::Reconnecting, LONG).await?;
        network.release();
        ada.until("the end of reconnecting", LONG, |view| {
            ensure!(view.phase == Some(Phase::Connected) || view.notice_code() == "connection-lost");
            Ok(())
        })
        .await?;
        Ok(())
    })
    .await
}

/// When the deployment has forgotten one meanwhile, that is the end of the call, and it is told.
#[tokio::test]
async fn fault_10_connection_lost_for_good() -> Result<(), Failure> {
    case("fault_10_connection_lost_for_good", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        // The SDK pings a socket that it is just opening again, and doesn't catch what comes of it.
        ada.browser()
            .expect_console(&["Uncaught DOMException: Failed to execute 'send' on 'WebSocket'"]);
        ada.join("Ada", ROOM).await?;
        ada.until_sending().await?;
        server.kill()?;
        ada.until_phase(Phase::Reconnecting, SHORT).await?;
        server.restart().await?;
        ada.until_notice(&["connection-lost"], LONG).await?;
        ensure_all_released(&ada).await?;

        ada.press_join().await?;
        ada.until_phase(Phase::Connected, SHORT).await?;
        ada.sees_itself().await
    })
    .await
}

/// Leaving works while the connection is being mended, and the SDK's attempts to mend it end: it would come back unseen.
#[tokio::test]
async fn fault_10_left_while_reconnecting() -> Result<(), Failure> {
    case("fault_10_left_while_reconnecting", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        let network = case.proxy(server.port()).await?;
        back_end.lead_to(&network.authority());
        let ada = case.app("ada", &back_end.url()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        ada.until_sending().await?;

        network.disconnect();
        ada.until_phase(Phase::Reconnecting, SHORT).await?;
        ada.leave().await?;
        ada.browser().until_devices_released(SHORT).await?;
        ada.browser().until_disconnected(SHORT).await?;
        network.reconnect();
        until("nobody in the session", LONG, async || {
            let participants = server.rest().participants(ROOM).await?;
            ensure!(participants.is_empty(), "{participants:?}");
            Ok(())
        })
        .await?;
        ada.browser().until_disconnected(SHORT).await?;
        throughout("gone for good", SDK_RETRIES, async || {
            ensure!(
                ada.browser().open_sockets().await? == 0,
                "there is a socket again"
            );
            let phase = ada.view().await?.phase;
            ensure!(phase == Some(Phase::Left), "the phase is {phase:?}");
            Ok(())
        })
        .await
    })
    .await
}

async fn ensure_all_released(app: &App) -> Result<()> {
    app.browser().until_devices_released(SHORT).await?;
    app.browser().until_disconnected(SHORT).await
}
