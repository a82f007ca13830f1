//! Being removed, and losing the connection.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{App, Failure, Faults, LONG, Phase, SHORT, case, throughout, until};

use crate::scenes::{Room, ada_behind_network};
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
        ada.browser().until_all_released(SHORT).await
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
        ada.browser().until_all_released(SHORT).await?;

        ada.join_again().await?;
        ada.sees_itself().await
    })
    .await
}

/// A socket that breaks is opened again, and the call goes on as if nothing had been.
#[tokio::test]
async fn a_broken_socket_is_mended() -> Result<(), Failure> {
    case("a_broken_socket_is_mended", async |case| {
        let mut room = Room::with_bo(case).await?;
        let (network, ada) = ada_behind_network(case, &room.server, &Faults::default()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        let stream = room.bo_sees_and_hears_one().await?;

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
        ensure_call_goes_on(&ada, &mut room, &stream).await
    })
    .await
}

/// A short loss of the network is told while it lasts, and the call goes on afterwards.
#[tokio::test]
async fn fault_10_network_lost_and_back() -> Result<(), Failure> {
    case("fault_10_network_lost_and_back", async |case| {
        let mut room = Room::with_bo(case).await?;
        let (network, ada) = ada_behind_network(case, &room.server, &Faults::default()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        let stream = room.bo_sees_and_hears_one().await?;

        network.disconnect();
        until_told_reconnecting(&ada, SHORT).await?;
        network.reconnect();
        let view = ada.until_phase(Phase::Connected, SHORT).await?;
        ensure!(
            view.connection_status.is_none_or(|text| text.is_empty()),
            "it is still told to be reconnecting"
        );

        ensure_call_goes_on(&ada, &mut room, &stream).await
    })
    .await
}

/// When it happens while sending is being negotiated, the others see one afterwards, or it is told that they don't.
#[tokio::test]
async fn fault_10_network_lost_while_sending_begins() -> Result<(), Failure> {
    case("fault_10_network_lost_while_sending_begins", async |case| {
        let server = case.server().await?;
        let (network, ada) = ada_behind_network(case, &server, &Faults::unanswered()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        network.hold();
        ada.browser().answer_media_requests().await?;
        ada.sees_itself().await?;
        network.disconnect();
        until_told_reconnecting(&ada, SHORT).await?;
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
        let (network, ada) = ada_behind_network(case, &server, &Faults::default()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        ada.until_sending().await?;
        network.hold();
        until_told_reconnecting(&ada, LONG).await?;
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
        ada.join("Ada", ROOM).await?;
        ada.until_sending().await?;
        server.kill()?;
        until_told_reconnecting(&ada, SHORT).await?;
        server.restart().await?;
        ada.until_notice(&["connection-lost"], LONG).await?;
        ada.browser().until_all_released(SHORT).await?;

        ada.join_again().await?;
        ada.sees_itself().await
    })
    .await
}

/// Leaving works while the connection is being mended, and the SDK's attempts to mend it end: it would come back unseen.
#[tokio::test]
async fn fault_10_left_while_reconnecting() -> Result<(), Failure> {
    case("fault_10_left_while_reconnecting", async |case| {
        let server = case.server().await?;
        let (network, ada) = ada_behind_network(case, &server, &Faults::default()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        ada.join("Ada", ROOM).await?;
        ada.until_sending().await?;

        network.disconnect();
        until_told_reconnecting(&ada, SHORT).await?;
        ada.leave().await?;
        ada.browser().until_all_released(SHORT).await?;
        network.reconnect();
        server.rest().until_nobody(ROOM, LONG).await?;
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

/// Waits until it is told that the connection is being mended.
async fn until_told_reconnecting(app: &App, deadline: Duration) -> Result<()> {
    let view = app.until_phase(Phase::Reconnecting, deadline).await?;
    let status = view.connection_status.context("nothing is told")?;
    ensure!(!status.is_empty(), "an empty text is told");
    Ok(())
}

/// Checks that Ada and Bo receive each other as before, and that somebody who comes now is seen: events arrive again.
async fn ensure_call_goes_on(ada: &App, room: &mut Room, stream: &str) -> Result<()> {
    ada.until_others(&["Bo"], SHORT).await?;
    ada.sees_and_hears("Bo").await?;
    ensure!(
        room.bo_sees_and_hears_one().await? == stream,
        "Ada is somebody else than before"
    );
    room.sender_comes("Cy").await?;
    ada.until_others(&["Bo", "Cy"], SHORT).await?;
    ada.sees("Cy").await
}
