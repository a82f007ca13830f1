//! Joining with whatever devices there are.

use anyhow::{Context, Result, ensure};
use e2e::{Case, DeviceKind, Devices, Failure, Faults, SHORT, case};

use crate::scenes::Room;

/// Without a camera the tutorial is in the room unseen and unheard, and says nothing. Ours joins with what there is, says
/// what is missing and why, and sees the others in any case.
#[tokio::test]
async fn fault_07_no_camera_or_microphone_to_be_had() -> Result<(), Failure> {
    case("fault_07_no_camera_or_microphone_to_be_had", async |case| {
        let room = Room::with_bo(case).await?;
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
            joins(case, &room, (devices, faults), told).await.context(what)?;
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
        let room = Room::with_bo(case).await?;
        let ada = room
            .ada_enters_with(case, Devices::default(), &Faults::unanswered())
            .await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await?;
        ada.browser().answer_media_requests().await?;
        room.bo_sees_and_hears_one().await?;
        ada.leave().await?;

        ada.browser().set_faults(&Faults::unanswered()).await?;
        ada.join_again().await?;
        ada.leave().await?;
        ada.browser().answer_media_requests().await?;
        ada.browser().until_all_released(SHORT).await
    })
    .await
}

async fn joins(
    case: &Case,
    room: &Room,
    (devices, faults): (Devices, &Faults),
    (camera, microphone): (&str, &str),
) -> Result<()> {
    let ada = room.ada_enters_with(case, devices, faults).await?;
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
        room.crowd.sees_one(room.bo()).await?;
        ada.sees_itself().await?;
    }
    if microphone == "ok" {
        room.crowd.hears_one(room.bo()).await?;
    }
    if camera != "ok" && microphone != "ok" {
        let received = room.crowd.received(room.bo()).await?;
        ensure!(
            received.is_empty(),
            "Bo receives {received:?} of somebody without devices"
        );
    }
    ada.leave().await?;
    ada.browser().until_nothing_open(SHORT).await?;
    room.bo_receives_nothing().await?;
    let errors = ada.browser().unexpected_errors().await?;
    ensure!(errors.is_empty(), "{errors:?}");
    ada.browser().quit().await
}
