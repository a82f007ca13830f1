//! The form.

use anyhow::{Result, ensure};
use e2e::{Failure, Foreigner, Phase, SHORT, case};
use serde_json::Value;

use crate::ROOM;

/// The tutorial lets the browser submit the form, and gets away with it because the form is gone by then. Ours doesn't.
#[tokio::test]
async fn fault_18_form_is_not_submitted() -> Result<(), Failure> {
    case("fault_18_form_is_not_submitted", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.browser().run::<Value>("window.marker = true", vec![]).await?;
        ada.fill("Ada", ROOM).await?;
        ada.browser()
            .driver()
            .find(thirtyfour::By::Css("#sessionId"))
            .await?
            .send_keys(thirtyfour::Key::Enter + "")
            .await?;
        ada.until_sending().await?;
        ada.leave().await?;
        ensure!(
            ada.browser()
                .run::<bool>("return window.marker === true", vec![])
                .await?,
            "the page was loaded again"
        );
        let url = ada.browser().driver().current_url().await?;
        ensure!(
            url.query().is_none(),
            "the form's content is in the address: {url}"
        );
        let console = ada.browser().console().await?;
        let told: Vec<_> = console
            .iter()
            .filter(|entry| entry.message.contains("Form submission"))
            .collect();
        ensure!(told.is_empty(), "{told:?}");
        Ok(())
    })
    .await
}

/// After leaving, the tutorial has forgotten both names. Ours hasn't.
#[tokio::test]
async fn fault_19_names_are_kept() -> Result<(), Failure> {
    case("fault_19_names_are_kept", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.join("Ada Lovelace", "Engines").await?;
        ada.until_sending().await?;
        let view = ada.leave().await?;
        let names = (view.user_name.as_deref(), view.session_id.as_deref());
        ensure!(names == (Some("Ada Lovelace"), Some("Engines")), "{names:?}");
        Ok(())
    })
    .await
}

/// The tutorial sends any session name, and the deployment refuses most. Ours says what is wrong before asking anybody.
#[tokio::test]
async fn fault_25_session_names_are_checked() -> Result<(), Failure> {
    case("fault_25_session_names_are_checked", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        let ada = case.app("ada", &back_end.url()).await?;
        for name in ["two words", "café", "a/b", "<x>"] {
            ada.fill("Ada", name).await?;
            ada.press_join().await?;
            ada.until("it is told what is wrong", SHORT, |view| {
                ensure!(view.session_invalid, "the field is not marked");
                ensure!(
                    view.session_error.as_deref().is_some_and(|text| !text.is_empty()),
                    "nothing is told"
                );
                ensure!(view.phase == Some(Phase::Lobby), "the phase is {:?}", view.phase);
                Ok(())
            })
            .await?;
        }
        ensure!(
            back_end.token_requests() == 0,
            "{} tokens were asked for",
            back_end.token_requests()
        );
        ada.join("Ada", "letters_DIGITS-123").await?;
        Ok(())
    })
    .await
}

/// The tutorial's fields have no names for assistive technology, and its tiles are out of the keyboard's reach.
#[tokio::test]
async fn fault_25_everything_is_named_and_in_reach_of_the_keyboard() -> Result<(), Failure> {
    case(
        "fault_25_everything_is_named_and_in_reach_of_the_keyboard",
        async |case| {
            let server = case.server().await?;
            let crowd = case.crowd().await?;
            crowd
                .join(&server.rest(), ROOM, &Foreigner::named("Bo").deaf())
                .await?;
            crowd
                .join(&server.rest(), ROOM, &Foreigner::named("Cy").deaf())
                .await?;
            let ada = case.app("ada", &server.url()).await?;
            let unnamed: Vec<String> = ada
                .browser()
                .run(
                    "return [...document.querySelectorAll('input:not([type=submit])')]
                   .filter((input) => ![...input.labels].some((label) => label.textContent.trim()))
                   .map((input) => input.outerHTML)",
                    vec![],
                )
                .await?;
            ensure!(unnamed.is_empty(), "fields without a label: {unnamed:?}");

            ada.join("Ada", ROOM).await?;
            ada.until_others(&["Bo", "Cy"], SHORT).await?;
            for name in ["Cy", "Bo"] {
                let tile = ada.selector(name).await?;
                let reached: bool = ada
                    .browser()
                    .run(
                        "const tile = document.querySelector(arguments[0]);
                     return [tile, ...tile.querySelectorAll('*')].some((element) => {
                       if (element.tabIndex >= 0) element.focus();
                       return document.activeElement === element;
                     })",
                        vec![Value::String(tile)],
                    )
                    .await?;
                ensure!(reached, "{name}'s tile is out of the keyboard's reach");
                ada.browser()
                    .driver()
                    .active_element()
                    .await?
                    .send_keys(thirtyfour::Key::Enter + "")
                    .await?;
                ada.until(&format!("{name} promoted by the keyboard"), SHORT, |view| {
                    ensure!(
                        view.main.as_ref().is_some_and(|main| main.name() == name),
                        "main is {:?}",
                        view.main
                    );
                    Ok(())
                })
                .await?;
            }
            Ok(())
        },
    )
    .await
}

/// The tutorial loads jQuery, Bootstrap and fonts from other people's servers. Ours needs nobody else's.
#[tokio::test]
async fn fault_25_nothing_from_elsewhere() -> Result<(), Failure> {
    case("fault_25_nothing_from_elsewhere", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.join("Ada", ROOM).await?;
        let elsewhere: Vec<String> = ada
            .browser()
            .run(
                "return performance.getEntriesByType('resource').map(({ name }) => name)
                   .filter((name) => new URL(name).origin !== location.origin)",
                vec![],
            )
            .await?;
        ensure!(elsewhere.is_empty(), "{elsewhere:?}");
        Ok(())
    })
    .await
}

/// Faces read best on a dark stage, whatever the theme that somebody prefers in front of it.
#[tokio::test]
async fn a_session_is_dark_and_the_form_as_preferred() -> Result<(), Failure> {
    case("a_session_is_dark_and_the_form_as_preferred", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        let background = "return getComputedStyle(document.documentElement).backgroundColor";
        let preferred: String = ada.browser().run(background, vec![]).await?;
        ada.join("Ada", ROOM).await?;
        let session: String = ada.browser().run(background, vec![]).await?;
        ada.leave().await?;
        let after: String = ada.browser().run(background, vec![]).await?;
        let light = "rgb(243, 245, 248)";
        let expected = (light, "rgb(14, 17, 22)", light);
        ensure!(
            (preferred.as_str(), session.as_str(), after.as_str()) == expected,
            "{preferred}, {session}, {after}"
        );
        Ok(())
    })
    .await
}
