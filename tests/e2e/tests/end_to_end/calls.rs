//! People in a room.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Failure, Phase, Place, SHORT, View, case};

use crate::ROOM;

/// How soon somebody who left must be gone for the others.
const LEAVER_GONE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn two_people_see_and_hear_each_other() -> Result<(), Failure> {
    case("two_people_see_and_hear_each_other", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        let bo = case.app("bo", &server.url()).await?;

        let alone = ada.join("Ada", ROOM).await?;
        ensure!(
            alone.title.as_deref() == Some(ROOM),
            "the heading is {:?}",
            alone.title
        );
        bo.join("Bo", ROOM).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        bo.until_others(&["Ada"], SHORT).await?;
        ada.sees_and_hears("Bo").await?;
        bo.sees_and_hears("Ada").await?;
        ada.sees_itself().await?;
        bo.sees_itself().await?;

        let view = ada.view().await?;
        let first = view
            .tiles
            .first()
            .map(|tile| (tile.own, tile.name().starts_with("Ada")));
        ensure!(first == Some((true, true)), "the own tile comes first: {view:?}");
        ensure!(
            view.devices.is_none() && view.publish_notice.is_none(),
            "there is no trouble to tell: {view:?}"
        );

        let own = own_name(&view);
        ada.promote(&own).await?;
        ada.promote("Bo").await?;
        ada.sees_in(Place::Main, "Bo").await
    })
    .await
}

#[tokio::test]
async fn three_people_come_go_and_return() -> Result<(), Failure> {
    case("three_people_come_go_and_return", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        let bo = case.app("bo", &server.url()).await?;
        let cy = case.app("cy", &server.url()).await?;
        ada.join("Ada", ROOM).await?;
        bo.join("Bo", ROOM).await?;
        cy.join("Cy", ROOM).await?;
        for (app, others) in [(&ada, ["Bo", "Cy"]), (&bo, ["Ada", "Cy"]), (&cy, ["Ada", "Bo"])] {
            app.until_others(&others, SHORT).await?;
            for other in others {
                app.sees_and_hears(other).await?;
            }
        }

        bo.leave().await?;
        ada.until_others(&["Cy"], LEAVER_GONE).await?;
        cy.until_others(&["Ada"], LEAVER_GONE).await?;
        ada.sees_and_hears("Cy").await?;
        cy.sees_and_hears("Ada").await?;
        bo.browser().until_devices_released(SHORT).await?;
        bo.browser().until_disconnected(SHORT).await?;

        bo.press_join().await?;
        bo.until_phase(Phase::Connected, SHORT).await?;
        bo.until_others(&["Ada", "Cy"], SHORT).await?;
        bo.sees_and_hears("Ada").await?;
        ada.until_others(&["Bo", "Cy"], SHORT).await?;
        ada.sees_and_hears("Bo").await
    })
    .await
}

#[tokio::test]
async fn a_reload_leaves_one_behind_for_nobody() -> Result<(), Failure> {
    case("a_reload_leaves_one_behind_for_nobody", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        let bo = case.app("bo", &server.url()).await?;
        ada.join("Ada", ROOM).await?;
        bo.join("Bo", ROOM).await?;
        ada.until_others(&["Bo"], SHORT).await?;

        ada.open(&server.url()).await?;
        ada.join("Ada", ROOM).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        bo.until_others(&["Ada"], LEAVER_GONE).await?;
        bo.sees_and_hears("Ada").await?;
        ada.sees_and_hears("Bo").await
    })
    .await
}

#[tokio::test]
async fn a_link_names_the_session() -> Result<(), Failure> {
    case("a_link_names_the_session", async |case| {
        let server = case.server().await?;
        let app = case.app("ada", &server.url()).await?;
        let view = app.view().await?;
        ensure!(
            view.session_id.as_deref() == Some("SessionA"),
            "without a link: {view:?}"
        );
        ensure!(
            view.user_name
                .as_deref()
                .is_some_and(|name| name.starts_with("Participant")),
            "{view:?}"
        );
        for link in ["/Standup-7", "/#/Standup-7"] {
            app.open(&format!("{}{link}", server.url())).await?;
            let view = app.view().await?;
            ensure!(
                view.session_id.as_deref() == Some("Standup-7"),
                "{link}: {view:?}"
            );
        }
        Ok(())
    })
    .await
}

/// The name on the own tile.
fn own_name(view: &View) -> String {
    view.own().map(|tile| tile.name().to_owned()).unwrap_or_default()
}
