//! Joining that is given up half-way.

use anyhow::{Result, ensure};
use e2e::{Answer, App, ApplicationServer, Devices, Failure, Faults, LONG, Phase, Proxy, SHORT, case, until};

use crate::ROOM;
use crate::scenes::{Room, ada_at_back_end, ada_behind_network};

/// Leaving the tutorial while it joins does nothing: it joins later, unseen. Ours can be cancelled while it asks for a token.
#[tokio::test]
async fn fault_05_cancelled_while_asking_for_a_token() -> Result<(), Failure> {
    case("fault_05_cancelled_while_asking_for_a_token", async |case| {
        let server = case.server().await?;
        let (back_end, ada) = ada_at_back_end(case, &server).await?;
        back_end.answer(Answer::Never);
        ada.press_join().await?;
        ada.until_phase(Phase::Joining, SHORT).await?;
        ada.cancel().await?;
        ada.until_phase(Phase::Lobby, SHORT).await?;
        back_end.answer(Answer::Valid);
        ensure_no_ghost(&ada, &server).await?;

        // An attempt that lived on would now be a second participant.
        ada.join_again().await?;
        ada.sees_itself().await?;
        let participants = server.rest().participants(ROOM).await?;
        ensure!(participants.len() == 1, "{participants:?}");
        Ok(())
    })
    .await
}

/// The same while the socket is being opened.
#[tokio::test]
async fn fault_05_cancelled_while_connecting() -> Result<(), Failure> {
    case("fault_05_cancelled_while_connecting", async |case| {
        let server = case.server().await?;
        let (network, ada) = ada_behind_network(case, &server, &Faults::default()).await?;
        ada.fill("Ada", ROOM).await?;
        cancel_while_connecting(&ada, &network).await?;
        ensure_no_ghost(&ada, &server).await
    })
    .await
}

/// The same while the browser's question about camera and microphone is on the screen; it is answered afterwards. (The tutorial
/// asks when it has joined: see `fault_07_question_for_devices_unanswered`.)
#[tokio::test]
async fn cancelled_while_the_browser_asks_for_the_camera() -> Result<(), Failure> {
    case("cancelled_while_the_browser_asks_for_the_camera", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        let ada = case
            .app_with("ada", &back_end.url(), Devices::default(), &Faults::unanswered())
            .await?;
        back_end.answer(Answer::Never);
        ada.fill("Ada", ROOM).await?;
        ada.press_join().await?;
        until("the browser asks", SHORT, async || {
            ensure!(ada.browser().held_media_requests().await? > 0);
            Ok(())
        })
        .await?;
        ada.cancel().await?;
        ada.until_phase(Phase::Lobby, SHORT).await?;
        back_end.answer(Answer::Valid);
        ada.browser().answer_media_requests().await?;
        ada.browser().until_devices_released(SHORT).await?;
        ensure_no_ghost(&ada, &server).await
    })
    .await
}

/// Leaving and joining again while the tutorial joins shows everybody twice. Ours shows everybody once, and is there once.
#[tokio::test]
async fn fault_06_cancelled_and_joined_again() -> Result<(), Failure> {
    case("fault_06_cancelled_and_joined_again", async |case| {
        let room = Room::with_bo(case).await?;
        let (network, ada) = ada_behind_network(case, &room.server, &Faults::default()).await?;
        ada.fill("Ada", ROOM).await?;
        for _ in 0..2 {
            cancel_while_connecting(&ada, &network).await?;
        }
        ada.join_again().await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await?;
        room.bo_sees_and_hears_one().await?;
        ada.until_others(&["Bo"], SHORT).await?;
        until("one socket, two participants", SHORT, async || {
            let participants = room.server.rest().participants(ROOM).await?;
            ensure!(participants.len() == 2, "{participants:?}");
            ensure!(ada.browser().open_sockets().await? == 1);
            Ok(())
        })
        .await
    })
    .await
}

/// Presses JOIN and cancels while the socket is being opened, which it is afterwards.
async fn cancel_while_connecting(app: &App, network: &Proxy) -> Result<()> {
    // Closing a socket that isn't open yet is told on the console.
    app.browser()
        .expect_console(&["WebSocket is closed before the connection is established"]);
    network.hold();
    app.press_join().await?;
    until("a socket is being opened", SHORT, async || {
        ensure!(app.browser().open_sockets().await? > 0);
        Ok(())
    })
    .await?;
    app.cancel().await?;
    app.until_phase(Phase::Lobby, SHORT).await?;
    network.release();
    Ok(())
}

async fn ensure_no_ghost(app: &App, server: &ApplicationServer) -> Result<()> {
    app.browser().until_nothing_open(SHORT).await?;
    server.rest().until_nobody(ROOM, LONG).await
}
