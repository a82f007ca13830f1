//! Tiles and the large picture.

use anyhow::{Context, Result, ensure};
use e2e::{Devices, Failure, Faults, Foreigner, Place, SHORT, View, case};
use serde_json::Value;

use crate::ROOM;
use crate::scenes::Room;

/// When the participant who is shown large leaves, the tutorial keeps their last frame. Ours shows somebody who is there.
#[tokio::test]
async fn fault_11_promoted_participant_leaves() -> Result<(), Failure> {
    case("fault_11_promoted_participant_leaves", async |case| {
        let room = Room::with_senders(case, &["Bo", "Cy"]).await?;
        let ada = room.ada_enters(case).await?;
        ada.until_others(&["Bo", "Cy"], SHORT).await?;
        ada.until_sending().await?;
        ada.promote("Cy").await?;
        ada.sees_in(Place::Main, "Cy").await?;

        room.leaves(1).await?;
        let view = ada
            .until("somebody else is shown large", SHORT, |view| {
                let main = view.main.as_ref().context("nobody is shown large")?;
                ensure!(
                    !main.name().is_empty() && main.name() != "Cy",
                    "{main:?} is shown large"
                );
                ensure!(
                    view.tiles.iter().any(|tile| tile.name() == main.name()),
                    "{main:?} is not there"
                );
                Ok(())
            })
            .await?;
        if view.main.as_ref().is_some_and(|main| main.name() == "Bo") {
            ada.sees_in(Place::Main, "Bo").await?;
        }
        Ok(())
    })
    .await
}

/// When somebody in the middle leaves, the tutorial plays the next one's stream in their element. Ours lets everybody keep
/// theirs.
#[tokio::test]
async fn fault_15_participant_in_the_middle_leaves() -> Result<(), Failure> {
    case("fault_15_participant_in_the_middle_leaves", async |case| {
        let room = Room::with_senders(case, &["Bo", "Cy", "Di"]).await?;
        let ada = room.ada_enters(case).await?;
        ada.until_others(&["Bo", "Cy", "Di"], SHORT).await?;
        for name in ["Bo", "Cy", "Di"] {
            ada.sees(name).await?;
        }
        let before = ada.view().await?;
        ada.browser()
            .run::<Value>(
                "for (const tile of document.querySelectorAll('#video-container .stream-container')) {
                   tile.querySelector('video').owner = tile.dataset.streamId;
                 }",
                vec![],
            )
            .await?;

        room.leaves(1).await?;
        let after = ada.until_others(&["Bo", "Di"], SHORT).await?;
        let strangers: Vec<String> = ada
            .browser()
            .run(
                "return [...document.querySelectorAll('#video-container .stream-container')]
                   .filter((tile) => tile.querySelector('video').owner !== tile.dataset.streamId)
                   .map((tile) => tile.textContent)",
                vec![],
            )
            .await?;
        ensure!(
            strangers.is_empty(),
            "these are in somebody else's <video>: {strangers:?}"
        );
        for name in ["Bo", "Di"] {
            let track = |view: &View| {
                view.tile(name)
                    .and_then(|tile| tile.video_track().map(str::to_owned))
            };
            ensure!(
                track(&before).is_some() && track(&before) == track(&after),
                "{name} has another track than before"
            );
            ada.sees(name).await?;
        }
        Ok(())
    })
    .await
}

/// The SDK gives both of the tutorial's own videos the same id. Ours has no id twice, whoever is shown large.
#[tokio::test]
async fn fault_16_no_id_twice() -> Result<(), Failure> {
    case("fault_16_no_id_twice", async |case| {
        let room = Room::with_senders(case, &["Bo"]).await?;
        let ada = room.ada_enters(case).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        let view = ada.until_sending().await?;
        let own = view.own().context("no own tile")?.name().to_owned();
        for name in [own.as_str(), "Bo"] {
            ada.promote(name).await?;
            let view = ada.view().await?;
            ensure!(
                view.duplicate_ids.is_empty(),
                "with {name} large: {:?}",
                view.duplicate_ids
            );
        }
        Ok(())
    })
    .await
}

/// Several who come or go at once are all noticed. (The tutorial changes its list in place, which nobody notices as long as
/// nothing compares it with the one before.)
#[tokio::test]
async fn many_come_and_go_at_once() -> Result<(), Failure> {
    case("many_come_and_go_at_once", async |case| {
        let room = Room::with_senders(case, &[]).await?;
        let ada = room.ada_enters(case).await?;
        let names = ["Bo", "Cy", "Di", "Ed", "Flo"];
        let people = names.map(|name| Foreigner::named(name).deaf());
        let ids = room.crowd.join_all(&room.server.rest(), ROOM, &people).await?;
        ada.until_others(&names, SHORT).await?;
        for name in names {
            ada.sees(name).await?;
        }
        room.crowd.leave(&ids[1..]).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees("Bo").await
    })
    .await
}

/// The tutorial plays the sound of whoever is shown large twice, if one's own picture wasn't large before: that one's element
/// stays muted. Ours plays everybody else's sound exactly once and never one's own.
#[tokio::test]
async fn fault_21_everybody_is_heard_once() -> Result<(), Failure> {
    case("fault_21_everybody_is_heard_once", async |case| {
        let room = Room::with_senders(case, &["Bo", "Cy"]).await?;
        let ada = room
            .ada_enters_with(case, Devices::default(), &Faults::unanswered())
            .await?;
        ada.until_others(&["Bo", "Cy"], SHORT).await?;
        ada.promote("Bo").await?;
        ada.until("everybody is heard once", SHORT, ensure_heard_once)
            .await
            .context("without a picture of one's own")?;
        ada.browser().answer_media_requests().await?;
        let view = ada.until_sending().await?;
        let own = view.own().context("no own tile")?.name().to_owned();
        for name in [own.as_str(), "Bo", own.as_str(), "Cy", "Bo"] {
            ada.promote(name).await?;
            ada.until("everybody else is heard once", SHORT, ensure_heard_once)
                .await
                .with_context(|| format!("{name} large"))?;
        }
        ada.hears("Bo").await
    })
    .await
}

/// The tutorial never detaches a `<video>` from its stream: one that is gone from the page because somebody else has left goes on
/// holding it. Ours lets go of it when its owner leaves and when we leave.
#[tokio::test]
async fn fault_24_videos_are_detached() -> Result<(), Failure> {
    case("fault_24_videos_are_detached", async |case| {
        let room = Room::with_senders(case, &["Bo", "Cy", "Di"]).await?;
        let ada = room.ada_enters(case).await?;
        ada.until_others(&["Bo", "Cy", "Di"], SHORT).await?;
        ada.until_sending().await?;
        ada.promote("Bo").await?;
        ada.browser()
            .run::<Value>("window.videos = [...document.querySelectorAll('video')]", vec![])
            .await?;

        room.leaves(1).await?;
        ada.until_others(&["Bo", "Di"], SHORT).await?;
        ensure_detached(&ada).await?;
        ada.leave().await?;
        ensure_detached(&ada).await
    })
    .await
}

async fn ensure_detached(app: &e2e::App) -> Result<()> {
    e2e::until("videos that are gone play nothing", SHORT, async || {
        let attached: usize = app
            .browser()
            .run(
                "return window.videos.filter((video) => !video.isConnected && video.srcObject).length",
                vec![],
            )
            .await?;
        ensure!(attached == 0, "{attached} of them still have a stream");
        Ok(())
    })
    .await
}

fn ensure_heard_once(view: &View) -> Result<()> {
    let elements = || view.tiles.iter().chain(&view.main);
    for tile in elements().filter(|tile| tile.own) {
        ensure!(
            tile.video.as_ref().is_some_and(|video| video.muted),
            "one hears oneself: {tile:?}"
        );
    }
    let own = view.own().and_then(|tile| tile.audio_track());
    for tile in view.others() {
        let track = tile.audio_track().context("no sound")?;
        let heard = |t: &&e2e::Tile| {
            t.audio_track() == Some(track) && t.video.as_ref().is_some_and(|video| !video.muted)
        };
        let times = elements().filter(heard).count();
        ensure!(times == 1, "{} is heard {times} times", tile.name());
    }
    let own_heard = |t: &&e2e::Tile| {
        own.is_some() && t.audio_track() == own && t.video.as_ref().is_some_and(|v| !v.muted)
    };
    ensure!(elements().filter(own_heard).count() == 0, "one hears oneself");
    Ok(())
}
