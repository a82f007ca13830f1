//! Joining with whatever devices there are.

use anyhow::{Context, Result, ensure};
use e2e::{Case, Crowd, DeviceKind, Devices, Failure, Faults, Foreigner, Phase, SHORT, case};

use crate::ROOM;

/// Without a camera the tutorial is in the room unseen and unheard, and says nothing. Ours joins with what there is, says
/// what is missing and why, and sees the others in any case.
#[tokio::test]
async fn fault_07_no_camera_or_microphone_to_be_had() -> Result<(), Failure> {
    case("fault_07_no_camera_or_microphone_to_be_had", async |case| {
        let server = case.server().await?;
        let crowd = case.crowd().await?;
        let bo = crowd.join(&server.rest(), ROOM, &Foreigner::named("Bo")).await?;
        let none = Faults::default();
        let situations = [
            ("both denied", Devices::Denied, &none, ("denied", "denied")),
            ("none there", Devices::None, &none, ("none", "none")),
            ("camera denied", Devices::CameraDenied, &none, ("denied", "ok")),
            ("no camera", Devices::MicrophoneOnly, &none, ("none", "ok")),
            (
                "camera busy",
                Devices::default(),
                &Faults::busy(DeviceKind::Video),
                ("busy", "ok"),
            ),
            (
                "microphone busy",
                Devices::default(),
                &Faults::busy(DeviceKind::Audio),
                ("ok", "busy"),
            ),
        ];
        for (what, devices, faults, told) in situations {
            joins(case, &server.url(), (&crowd, &bo), (devices, faults), told)
                .await
                .context(what)?;
        }
        Ok(())
    })
    .await
}

/// While nobody answers the browser's question about camera and microphone, one sees and hears the others already. Leaving
/// meanwhile works, and an answer that comes too late turns no light on.
#[tokio::test]
async fn fault_07_question_for_devices_unanswered() -> Result<(), Failure> {
    case("fault_07_question_for_devices_unanswered", async |case| {
        let server = case.server().await?;
        let crowd = case.crowd().await?;
        let bo = crowd.join(&server.rest(), ROOM, &Foreigner::named("Bo")).await?;
        let ada = case
            .app_with("ada", &server.url(), Devices::default(), &Faults::unanswered())
            .await?;
        ada.join("Ada", ROOM).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await?;
        ada.browser().answer_media_requests().await?;
        crowd.sees_and_hears_one(&bo).await?;
        ada.leave().await?;

        ada.browser().set_faults(&Faults::unanswered()).await?;
        ada.press_join().await?;
        ada.until_phase(Phase::Connected, SHORT).await?;
        ada.leave().await?;
        ada.browser().answer_media_requests().await?;
        ada.browser().until_devices_released(SHORT).await?;
        ada.browser().until_disconnected(SHORT).await
    })
    .await
}

async fn joins(
    case: &Case,
    url: &str,
    (crowd, bo): (&Crowd, &str),
    (devices, faults): (Devices, &Faults),
    (camera, microphone): (&str, &str),
) -> Result<()> {
    let ada = case.app_with("ada", url, devices, faults).await?;
    ada.join("Ada", ROOM).await?;
    ada.until("the devices are told", SHORT, |view| {
        let told = view.devices.as_ref().context("nothing is told")?;
        let states = (
            told.camera.as_deref().unwrap_or_default(),
            told.microphone.as_deref().unwrap_or_default(),
        );
        ensure!(states == (camera, microphone), "{told:?}");
        ensure!(!told.text.is_empty(), "no text");
        Ok(())
    })
    .await?;
    ada.until_others(&["Bo"], SHORT).await?;
    ada.sees_and_hears("Bo").await?;
    if camera == "ok" {
        crowd.sees_one(bo).await?;
        ada.sees_itself().await?;
    }
    if microphone == "ok" {
        crowd.hears_one(bo).await?;
    }
    if camera != "ok" && microphone != "ok" {
        let received = crowd.received(bo).await?;
        ensure!(
            received.is_empty(),
            "Bo receives {received:?} of somebody without devices"
        );
    }
    ada.leave().await?;
    ada.browser().until_no_live_tracks(SHORT).await?;
    ada.browser().until_disconnected(SHORT).await?;
    e2e::until("Bo is alone again", SHORT, async || {
        ensure!(crowd.received(bo).await?.is_empty());
        Ok(())
    })
    .await?;
    let errors = ada.browser().unexpected_errors().await?;
    ensure!(errors.is_empty(), "{errors:?}");
    ada.browser().quit().await
}
