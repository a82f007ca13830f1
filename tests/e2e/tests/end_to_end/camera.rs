//! Changing the camera.

use anyhow::{Context, Result, ensure};
use e2e::{App, DeviceKind, Devices, Failure, Faults, LocalTrack, MediaFault, SHORT, case, until};

use crate::ROOM;
use crate::scenes::Room;

/// With somebody else large, the tutorial's button opens a camera that is never sent and never closed. Ours changes one's own
/// camera: the others see it go on in the same stream, and who is large stays large.
#[tokio::test]
async fn fault_12_changed_with_somebody_else_large() -> Result<(), Failure> {
    case("fault_12_changed_with_somebody_else_large", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = room
            .ada_enters_with(case, Devices::TwoCameras, &Faults::default())
            .await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.until_sending().await?;
        ada.promote("Bo").await?;
        let stream = room.bo_sees_and_hears_one().await?;
        let first = live_camera(&ada).await?;

        ada.browser().click("#buttonSwitchCamera").await?;
        let second = until_other_camera(&ada, &first).await?;
        ensure!(
            room.bo_sees_and_hears_one().await? == stream,
            "Bo sees another stream than before"
        );
        let view = ada.view().await?;
        ensure!(
            view.main.as_ref().is_some_and(|main| main.name() == "Bo"),
            "not Bo any more: {:?}",
            view.main
        );
        ada.sees_itself().await?;

        // Round and round: after the last camera comes the first.
        ada.browser().click("#buttonSwitchCamera").await?;
        let third = until_other_camera(&ada, &second).await?;
        ensure!(third == first, "{first:?}, {second:?}, then {third:?}");
        room.bo_sees_and_hears_one().await?;
        ada.leave().await?;
        ada.browser().until_devices_released(SHORT).await
    })
    .await
}

/// When the next camera fails, the tutorial is left without any. Ours goes on with the one before.
#[tokio::test]
async fn fault_13_next_camera_fails() -> Result<(), Failure> {
    case("fault_13_next_camera_fails", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = room
            .ada_enters_with(case, Devices::TwoCameras, &Faults::default())
            .await?;
        let stream = room.bo_sees_and_hears_one().await?;
        let first = live_camera(&ada).await?;
        let asked = ada.browser().media_requests().await?.len();

        let faults = Faults {
            media: vec![MediaFault::busy(DeviceKind::Video).except(&first.device)],
            ..Faults::default()
        };
        ada.browser().set_faults(&faults).await?;
        ada.browser().click("#buttonSwitchCamera").await?;
        until("the next camera is asked for", SHORT, async || {
            ensure!(ada.browser().media_requests().await?.len() > asked);
            Ok(())
        })
        .await?;
        // Closing the present camera to try again is fair: on many phones two can't be open at once.
        until("the camera before is back", SHORT, async || {
            let camera = live_camera(&ada).await?;
            ensure!(camera == first, "{first:?}, then {camera:?}");
            Ok(())
        })
        .await?;
        ada.browser().set_faults(&Faults::default()).await?;
        ensure!(
            room.bo_sees_and_hears_one().await? == stream,
            "Bo sees another stream than before"
        );
        ada.sees_itself().await?;

        // It works again when the camera does.
        ada.browser().click("#buttonSwitchCamera").await?;
        until_other_camera(&ada, &first).await?;
        room.bo_sees_and_hears_one().await?;
        Ok(())
    })
    .await
}

/// Two clicks on the tutorial's button open two cameras at once. Ours minds its own business until the first is done.
#[tokio::test]
async fn fault_14_double_click() -> Result<(), Failure> {
    case("fault_14_double_click", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = room.ada_enters_with(case, Devices::TwoCameras, &Faults::default()).await?;
        room.bo_sees_and_hears_one().await?;
        let first = live_camera(&ada).await?;
        let asked = ada.browser().media_requests().await?.len();
        ada.browser()
            .run::<serde_json::Value>(
                "const button = document.getElementById('buttonSwitchCamera'); button.click(); button.click()",
                vec![],
            )
            .await?;
        until_other_camera(&ada, &first).await?;
        room.bo_sees_and_hears_one().await?;
        let requests = ada.browser().media_requests().await?;
        ensure!(requests.len() == asked + 1, "asked {} times: {requests:?}", requests.len() - asked);
        Ok(())
    })
    .await
}

/// The tutorial's new camera is on even if the one before was switched off. Ours stays off.
#[tokio::test]
async fn fault_14_switched_off_camera_stays_off() -> Result<(), Failure> {
    case("fault_14_switched_off_camera_stays_off", async |case| {
        let server = case.server().await?;
        let ada = case
            .app_with("ada", &server.url(), Devices::TwoCameras, &Faults::default())
            .await?;
        ada.join("Ada", ROOM).await?;
        ada.sees_itself().await?;
        ada.browser().click("#buttonCamera").await?;
        let first = until("the camera is off", SHORT, async || {
            let camera = live_camera(&ada).await?;
            ensure!(!camera.enabled, "it is on");
            Ok(camera)
        })
        .await?;
        ada.browser().click("#buttonSwitchCamera").await?;
        until_other_camera(&ada, &first).await?;
        Ok(())
    })
    .await
}

/// The only live track of a camera.
async fn live_camera(app: &App) -> Result<LocalTrack> {
    let live = app.browser().live_tracks().await?;
    let mut cameras = live.iter().filter(|track| track.kind == "video");
    let camera = cameras.next().with_context(|| format!("no camera: {live:?}"))?;
    ensure!(cameras.next().is_none(), "two cameras at once: {live:?}");
    Ok(camera.clone())
}

/// Waits until another camera is the only live one.
async fn until_other_camera(app: &App, before: &LocalTrack) -> Result<LocalTrack> {
    until("the other camera", SHORT, async || {
        let camera = live_camera(app).await?;
        ensure!(camera.label != before.label, "still {before:?}");
        ensure!(camera.enabled == before.enabled, "{before:?}, then {camera:?}");
        Ok(camera)
    })
    .await
}
