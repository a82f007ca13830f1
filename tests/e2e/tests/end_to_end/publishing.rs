//! Sending that fails.

use e2e::{Devices, Failure, Faults, NewConnection, Outcome, SHORT, Side, case};

use crate::ROOM;
use crate::scenes::{Room, ada_at_back_end};

/// When sending fails, the tutorial keeps showing one's own picture as if everybody saw it. Ours says that nobody does, and
/// gives the devices back.
#[tokio::test]
async fn fault_08_negotiation_fails() -> Result<(), Failure> {
    case("fault_08_negotiation_fails", async |case| {
        let room = Room::with_bo(case).await?;
        let faults = Faults::negotiation(Side::Publish, Outcome::Reject);
        let ada = room.ada_enters_with(case, Devices::default(), &faults).await?;
        ada.browser().expect_console(&["negotiation fails on purpose"]);
        ada.until_told_unsent().await?;
        ada.browser().until_devices_released(SHORT).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await
    })
    .await
}

/// The same when the deployment doesn't let one send.
#[tokio::test]
async fn fault_08_role_forbids_sending() -> Result<(), Failure> {
    case("fault_08_role_forbids_sending", async |case| {
        let room = Room::with_bo(case).await?;
        let (back_end, ada) = ada_at_back_end(case, &room.server).await?;
        ada.browser().expect_console(&["401"]);
        back_end.make(NewConnection::with_role("SUBSCRIBER"));
        ada.join_again().await?;
        ada.until_told_unsent().await?;
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
        ada.browser().until_all_released(SHORT).await
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
            ada.join_again().await?;
            ada.leave().await?;
            ada.browser().until_nothing_open(SHORT).await?;
        }
        server.rest().until_nobody(ROOM, SHORT).await
    })
    .await
}

/// Nor is anything left after an undisturbed call.
#[tokio::test]
async fn leaving_gives_everything_back() -> Result<(), Failure> {
    case("leaving_gives_everything_back", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = room.ada_enters(case).await?;
        room.bo_sees_and_hears_one().await?;
        ada.leave().await?;
        ada.browser().until_all_released(SHORT).await
    })
    .await
}
