//! Our own devices in front of the form, and asking again for what is missing.

use anyhow::{Context, Result, ensure};
use e2e::{App, DeviceKind, Devices, Failure, Faults, Phase, SHORT, case, until};

use crate::ROOM;
use crate::scenes::Room;

/// Where both devices were allowed before, one sees oneself before joining, and joining asks the browser nothing more.
#[tokio::test]
async fn preview_is_taken_along() -> Result<(), Failure> {
    case("preview_is_taken_along", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = case.app("ada", &room.server.url()).await?;
        until_previewed(&ada).await?;
        let previewed = tracks(&ada).await?;
        ensure!(previewed.len() == 2, "{previewed:?}");

        ada.join("Ada", ROOM).await?;
        room.bo_sees_and_hears_one().await?;
        ada.sees_itself().await?;
        ensure!(
            tracks(&ada).await? == previewed,
            "other tracks are sent than were previewed"
        );
        let asked = ada.browser().media_requests().await?.len();
        ensure!(asked == 1, "the browser was asked {asked} times");

        ada.leave().await?;
        ada.browser().until_devices_released(SHORT).await?;
        until_offered(&ada, &["start"]).await
    })
    .await
}

/// A preview that isn't wanted gives the devices back at once; joining opens them again.
#[tokio::test]
async fn preview_can_be_stopped() -> Result<(), Failure> {
    case("preview_can_be_stopped", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = case.app("ada", &room.server.url()).await?;
        until_previewed(&ada).await?;
        press(&ada, "stop").await?;
        ada.browser().until_devices_released(SHORT).await?;
        until_offered(&ada, &["start"]).await?;
        press(&ada, "start").await?;
        until_previewed(&ada).await?;
        press(&ada, "stop").await?;
        ada.browser().until_no_live_tracks(SHORT).await?;
        ada.join("Ada", ROOM).await?;
        room.bo_sees_and_hears_one().await?;
        Ok(())
    })
    .await
}

/// A question of the browser that comes out of the blue is denied by most: without a permission nothing is asked before somebody
/// wants it. Then it is told what is in the way, and asked again on request.
#[tokio::test]
async fn preview_asks_nothing_out_of_the_blue() -> Result<(), Failure> {
    case("preview_asks_nothing_out_of_the_blue", async |case| {
        let server = case.server().await?;
        let ada = case
            .app_with("ada", &server.url(), Devices::Denied, &Faults::default())
            .await?;
        until_offered(&ada, &["start"]).await?;
        ensure!(
            ada.browser().media_requests().await?.is_empty(),
            "the browser was asked"
        );
        press(&ada, "start").await?;
        until_offered(&ada, &["retry"]).await?;
        let told: String = ada
            .browser()
            .run("return document.querySelector('#img-div').innerText", vec![])
            .await?;
        ensure!(
            told.contains("camera") && told.contains("microphone"),
            "what is told is {told:?}"
        );
        let asked = ada.browser().media_requests().await?.len();
        press(&ada, "retry").await?;
        until("the browser is asked again", SHORT, async || {
            ensure!(ada.browser().media_requests().await?.len() > asked);
            Ok(())
        })
        .await?;
        until_offered(&ada, &["retry"]).await
    })
    .await
}

/// A device that another program holds is told, and had as soon as it is free.
#[tokio::test]
async fn preview_gets_a_busy_camera_when_it_is_free() -> Result<(), Failure> {
    case("preview_gets_a_busy_camera_when_it_is_free", async |case| {
        let server = case.server().await?;
        let faults = Faults::busy(DeviceKind::Video);
        let ada = case
            .app_with("ada", &server.url(), Devices::default(), &faults)
            .await?;
        until_offered(&ada, &["retry", "stop"]).await?;
        ada.browser().set_faults(&Faults::default()).await?;
        press(&ada, "retry").await?;
        until_previewed(&ada).await
    })
    .await
}

/// JOIN while the browser's question is still open: the answer goes to the call. Cancelled meanwhile, it turns no light on.
#[tokio::test]
async fn preview_unanswered_is_answered_in_the_room() -> Result<(), Failure> {
    case("preview_unanswered_is_answered_in_the_room", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = case
            .app_with(
                "ada",
                &room.server.url(),
                Devices::default(),
                &Faults::unanswered(),
            )
            .await?;
        until_asked(&ada).await?;
        ada.join("Ada", ROOM).await?;
        ada.leave().await?;
        ada.join("Ada", ROOM).await?;
        let held = ada.browser().held_media_requests().await?;
        ensure!(held == 1, "{held} questions are open");
        ada.browser().answer_media_requests().await?;
        room.bo_sees_and_hears_one().await?;
        ada.leave().await?;
        ada.browser().until_devices_released(SHORT).await
    })
    .await
}

/// A page that goes away gives the devices of its preview back, and one that comes back offers it anew.
#[tokio::test]
async fn preview_ends_with_the_page() -> Result<(), Failure> {
    case("preview_ends_with_the_page", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        until_previewed(&ada).await?;
        ada.browser()
            .run::<Option<bool>>("dispatchEvent(new PageTransitionEvent('pagehide'))", vec![])
            .await?;
        ada.browser().until_devices_released(SHORT).await?;
        until_offered(&ada, &["start"]).await
    })
    .await
}

/// Somebody whose camera was busy gets it without leaving, and stays muted if they were.
#[tokio::test]
async fn missing_camera_is_had_without_leaving() -> Result<(), Failure> {
    case("missing_camera_is_had_without_leaving", async |case| {
        let room = Room::with_bo(case).await?;
        let faults = Faults::busy(DeviceKind::Video);
        let ada = case
            .app_with("ada", &room.server.url(), Devices::default(), &faults)
            .await?;
        ada.join("Ada", ROOM).await?;
        room.crowd.hears_one(room.bo()).await?;
        ada.browser().click("#buttonMicrophone").await?;
        until_muted(&ada).await?;

        // Not free yet: told again, and what is sent goes on.
        let sent = ada.view().await?.own().and_then(|own| own.stream_id.clone());
        retry(&ada).await?;
        ada.until("it is still missing", SHORT, |view| {
            let told = view.devices.as_ref().context("nothing is told")?;
            ensure!(told.camera.as_deref() == Some("busy"), "{told:?}");
            Ok(())
        })
        .await?;
        let still = ada.view().await?.own().and_then(|own| own.stream_id.clone());
        ensure!(still == sent, "{still:?} is sent instead of {sent:?}");

        ada.browser().set_faults(&Faults::default()).await?;
        retry(&ada).await?;
        until("another stream is received", SHORT, async || {
            let received = room.crowd.received(room.bo()).await?;
            let [one] = &received[..] else {
                anyhow::bail!("{received:?}");
            };
            ensure!(Some(&one.stream_id) != sent.as_ref(), "it is still {sent:?}");
            Ok(())
        })
        .await?;
        room.crowd.sees_one(room.bo()).await?;
        ada.sees_itself().await?;
        let view = ada.until_phase(Phase::Connected, SHORT).await?;
        ensure!(
            view.devices.is_none(),
            "it is still told that something is missing: {:?}",
            view.devices
        );
        until_muted(&ada).await?;
        ada.browser().click("#buttonMicrophone").await?;
        room.crowd.hears_one(room.bo()).await?;
        ada.leave().await?;
        ada.browser().until_devices_released(SHORT).await
    })
    .await
}

/// Waits until one's own picture moves beside the form, and sound comes with it.
async fn until_previewed(app: &App) -> Result<()> {
    until("the preview", SHORT, async || {
        let frames: u32 = app
            .browser()
            .run(
                "return document.querySelector('#video-preview')?.getVideoPlaybackQuality().totalVideoFrames ?? 0",
                vec![],
            )
            .await?;
        ensure!(frames > 1, "{frames} frames are shown");
        let kinds: Vec<_> = app.browser().live_tracks().await?.into_iter().map(|track| track.kind).collect();
        ensure!(kinds.len() == 2, "{kinds:?} are open");
        Ok(())
    })
    .await
}

async fn until_asked(app: &App) -> Result<()> {
    until("the browser is asked", SHORT, async || {
        ensure!(app.browser().held_media_requests().await? > 0);
        Ok(())
    })
    .await
}

/// Waits until exactly these things can be done about the preview.
async fn until_offered(app: &App, actions: &[&str]) -> Result<()> {
    until(&format!("{actions:?} offered"), SHORT, async || {
        let offered: Vec<String> = app
            .browser()
            .run(
                "return [...document.querySelectorAll('[data-preview]')].map((button) => button.dataset.preview)",
                vec![],
            )
            .await?;
        ensure!(offered == actions, "{offered:?} are offered");
        Ok(())
    })
    .await
}

async fn press(app: &App, action: &str) -> Result<()> {
    app.browser().click(&format!("[data-preview={action}]")).await
}

/// Presses the first button of the notice about devices, once it is there.
async fn retry(app: &App) -> Result<()> {
    app.until("another try is offered", SHORT, |view| {
        let told = view.devices.as_ref().context("nothing is told")?;
        ensure!(told.camera.as_deref() == Some("busy"), "{told:?}");
        Ok(())
    })
    .await?;
    app.browser().click("#device-notice button").await
}

async fn until_muted(app: &App) -> Result<()> {
    until("the microphone is muted", SHORT, async || {
        let open = app.browser().live_tracks().await?;
        let microphone = open.iter().find(|track| track.kind == "audio");
        ensure!(
            microphone.is_some_and(|track| !track.enabled),
            "the microphone is {microphone:?}"
        );
        Ok(())
    })
    .await
}

/// The tracks that are open, by kind and device.
async fn tracks(app: &App) -> Result<Vec<(String, String)>> {
    let tracks = app.browser().live_tracks().await?;
    Ok(tracks
        .into_iter()
        .map(|track| (track.kind, track.device))
        .collect())
}
