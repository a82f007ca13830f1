//! Sending that fails.

use anyhow::{Result, ensure};
use e2e::{
    App, Devices, Failure, Faults, Foreigner, NewConnection, Outcome, Phase, SHORT, Side, case, until,
};

use crate::ROOM;

/// When sending fails, the tutorial keeps showing one's own picture as if everybody saw it. Ours says that nobody does, and
/// gives the devices back.
#[tokio::test]
async fn fault_08_negotiation_fails() -> Result<(), Failure> {
    case("fault_08_negotiation_fails", async |case| {
        let server = case.server().await?;
        let crowd = case.crowd().await?;
        crowd.join(&server.rest(), ROOM, &Foreigner::named("Bo")).await?;
        let faults = Faults::negotiation(Side::Publish, Outcome::Reject);
        let ada = case
            .app_with("ada", &server.url(), Devices::default(), &faults)
            .await?;
        ada.browser().expect_console(&["negotiation fails on purpose"]);
        ada.join("Ada", ROOM).await?;
        ensure_told(&ada).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await
    })
    .await
}

/// The same when the deployment doesn't let one send.
#[tokio::test]
async fn fault_08_role_forbids_sending() -> Result<(), Failure> {
    case("fault_08_role_forbids_sending", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        back_end.make(NewConnection {
            role: Some("SUBSCRIBER".to_owned()),
            ..NewConnection::default()
        });
        let crowd = case.crowd().await?;
        crowd.join(&server.rest(), ROOM, &Foreigner::named("Bo")).await?;
        let ada = case.app("ada", &back_end.url()).await?;
        ada.browser().expect_console(&["401"]);
        ada.join("Ada", ROOM).await?;
        ada.until("it is told", SHORT, |view| {
            ensure!(
                view.publish_notice
                    .as_deref()
                    .is_some_and(|text| !text.is_empty()),
                "nothing is told"
            );
            Ok(())
        })
        .await?;
        ada.browser().until_no_live_tracks(SHORT).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await
    })
    .await
}

/// When sending was interrupted, the tutorial's camera stays on after leaving: the SDK doesn't own it. Ours goes out.
#[tokio::test]
async fn fault_09_left_while_sending_was_being_negotiated() -> Result<(), Failure> {
    case("fault_09_left_while_sending_was_being_negotiated", async |case| {
        let server = case.server().await?;
        let faults = Faults::negotiation(Side::Publish, Outcome::Hang);
        let ada = case
            .app_with("ada", &server.url(), Devices::default(), &faults)
            .await?;
        ada.join("Ada", ROOM).await?;
        ada.sees_itself().await?;
        ada.leave().await?;
        ada.browser().until_devices_released(SHORT).await?;
        ada.browser().until_disconnected(SHORT).await
    })
    .await
}

/// The same for whoever leaves as soon as they are in, at whatever moment of the negotiation that may be.
#[tokio::test]
async fn fault_09_left_at_once() -> Result<(), Failure> {
    case("fault_09_left_at_once", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        // The SDK goes on to send candidates after leaving.
        ada.browser()
            .expect_console(&["WebSocket is already in CLOSING or CLOSED state"]);
        ada.fill("Ada", ROOM).await?;
        for _ in 0..3 {
            ada.press_join().await?;
            ada.until_phase(Phase::Connected, SHORT).await?;
            ada.leave().await?;
            ada.browser().until_no_live_tracks(SHORT).await?;
            ada.browser().until_disconnected(SHORT).await?;
        }
        until("nobody in the session", SHORT, async || {
            let participants = server.rest().participants(ROOM).await?;
            ensure!(participants.is_empty(), "a ghost: {participants:?}");
            Ok(())
        })
        .await
    })
    .await
}

/// And after leaving an undisturbed call.
#[tokio::test]
async fn fault_09_left_after_sending() -> Result<(), Failure> {
    case("fault_09_left_after_sending", async |case| {
        let server = case.server().await?;
        let crowd = case.crowd().await?;
        let bo = crowd.join(&server.rest(), ROOM, &Foreigner::named("Bo")).await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.join("Ada", ROOM).await?;
        crowd.sees_and_hears_one(&bo).await?;
        ada.leave().await?;
        ada.browser().until_devices_released(SHORT).await?;
        ada.browser().until_disconnected(SHORT).await
    })
    .await
}

async fn ensure_told(app: &App) -> Result<()> {
    app.until("it is told that nobody sees one", SHORT, |view| {
        ensure!(
            view.publish_notice
                .as_deref()
                .is_some_and(|text| !text.is_empty()),
            "nothing is told"
        );
        ensure!(
            view.phase == Some(Phase::Connected),
            "the phase is {:?}",
            view.phase
        );
        Ok(())
    })
    .await?;
    app.browser().until_devices_released(SHORT).await
}
