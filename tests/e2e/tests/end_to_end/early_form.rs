//! The form before the app is there.

use anyhow::{Result, ensure};
use e2e::{App, Browser, Case, Devices, Failure, Faults, Phase, SHORT, case, until};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

use crate::loading::until_told;

/// Keeps the app back until `letAppStart()`, or lets it fail by `letAppFail()`.
pub(crate) const HELD: &str = "
    const { instantiateStreaming } = WebAssembly;
    const held = new Promise((letAppStart, letAppFail) => Object.assign(window, { letAppStart, letAppFail }));
    WebAssembly.instantiateStreaming = async (...module) => {
      await held;
      return instantiateStreaming(...module);
    };
    addEventListener('TrunkApplicationStarted', () => (window.appHasStarted = true));";

/// A browser in which the page is there and the app isn't.
async fn held(case: &Case, name: &str, url: &str) -> Result<App> {
    let browser = case.browser(name, Devices::default(), &Faults::default()).await?;
    browser.preload(HELD).await?;
    browser.open(url).await?;
    let app = App::new(browser);
    ensure!(is_early(app.browser()).await?, "the app is there");
    Ok(app)
}

async fn is_early(browser: &Browser) -> Result<bool> {
    let early = "return document.querySelector('.container').dataset.phase === 'early'";
    browser.run(early, vec![]).await
}

async fn let_app_start(app: &App) -> Result<()> {
    app.browser().run("letAppStart()", vec![]).await
}

/// The app runs, and would take the form over if nobody held it in their hands.
async fn until_started(app: &App) -> Result<()> {
    until("the app has started", SHORT, async || {
        ensure!(
            app.browser()
                .run::<bool>("return window.appHasStarted === true", vec![])
                .await?
        );
        Ok(())
    })
    .await
}

/// What a person can know about the button, from looking at it or being told.
async fn button(app: &App) -> Result<Value> {
    let body = "
        const [name, session, button] = ['#userName', '#sessionId', '[name=commit]'].map((css) => document.querySelector(css));
        return {
          says: button.value,
          told: document.querySelector('form [role=status]').textContent,
          disabled: [name, session, button].map(({ disabled }) => disabled),
          cancel: document.querySelector('#buttonCancelJoin') !== null,
        }";
    app.browser().run(body, vec![]).await
}

fn idle() -> Value {
    json!({ "says": "JOIN", "told": "", "disabled": [false, false, false], "cancel": false })
}

fn joining() -> Value {
    json!({ "says": "Joining…", "told": "Joining…", "disabled": [true, true, true], "cancel": true })
}

#[tokio::test]
async fn join_pressed_before_the_app_is_there() -> Result<(), Failure> {
    case("join_pressed_before_the_app_is_there", async |case| {
        let server = case.server().await?;
        let ada = held(case, "ada", &server.url()).await?;
        ensure!(button(&ada).await? == idle(), "{}", button(&ada).await?);
        ada.fill("Ada", "Early_Birds").await?;
        ada.press_join().await?;
        ensure!(button(&ada).await? == joining(), "{}", button(&ada).await?);
        ada.cancel().await?;
        ensure!(button(&ada).await? == idle(), "{}", button(&ada).await?);
        ada.press_join().await?;
        ensure!(button(&ada).await? == joining(), "{}", button(&ada).await?);

        let_app_start(&ada).await?;
        let view = ada.until_phase(Phase::Connected, SHORT).await?;
        ensure!(view.title.as_deref() == Some("Early_Birds"), "{view:?}");
        ensure!(
            view.own().is_some_and(|own| own.name() == "Ada (you)"),
            "{view:?}"
        );
        ada.sees_itself().await?;
        let participants = server.rest().participants("Early_Birds").await?;
        ensure!(participants.len() == 1, "{participants:?}");
        let view = ada.leave().await?;
        ada.browser().until_devices_released(SHORT).await?;
        let names = (view.user_name.as_deref(), view.session_id.as_deref());
        ensure!(names == (Some("Ada"), Some("Early_Birds")), "{names:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn join_cancelled_before_the_app_is_there() -> Result<(), Failure> {
    case("join_cancelled_before_the_app_is_there", async |case| {
        let server = case.server().await?;
        let back_end = case.back_end(&server).await?;
        let ada = held(case, "ada", &back_end.url()).await?;
        ada.fill("Ada", "Early_Birds").await?;
        ada.press_join().await?;
        ada.cancel().await?;
        let_app_start(&ada).await?;
        let view = ada.until_phase(Phase::Lobby, SHORT).await?;
        let names = (view.user_name.as_deref(), view.session_id.as_deref());
        ensure!(names == (Some("Ada"), Some("Early_Birds")), "{names:?}");
        ensure!(back_end.token_requests() == 0, "a token was asked for");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_wrong_name_entered_before_the_app_is_there() -> Result<(), Failure> {
    case("a_wrong_name_entered_before_the_app_is_there", async |case| {
        let server = case.server().await?;
        let ada = held(case, "ada", &server.url()).await?;
        ada.fill("Ada", "two words").await?;
        ada.press_join().await?;
        let_app_start(&ada).await?;
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
        ensure!(button(&ada).await? == idle(), "{}", button(&ada).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn typing_goes_on_when_the_app_comes() -> Result<(), Failure> {
    case("typing_goes_on_when_the_app_comes", async |case| {
        let server = case.server().await?;
        let ada = held(case, "ada", &server.url()).await?;
        let keyboard = || ada.browser().driver().action_chain();
        ada.browser().fill("#sessionId", "Early").await?;
        ada.browser().fill("#userName", "Ada Byron").await?;
        let back = char::from(Key::Left).to_string();
        keyboard()
            .send_keys(back.repeat(5))
            .key_down(Key::Shift)
            .send_keys(back)
            .key_up(Key::Shift)
            .perform()
            .await?;
        let_app_start(&ada).await?;
        ada.until_phase(Phase::Lobby, SHORT).await?;
        // In the place of the selected blank.
        keyboard().send_keys(" King, née ").perform().await?;
        let view = ada.view().await?;
        let names = (view.user_name.as_deref(), view.session_id.as_deref());
        ensure!(names == (Some("Ada King, née Byron"), Some("Early")), "{names:?}");
        Ok(())
    })
    .await
}

/// Characters that are composed of several keys would be lost if their field went away meanwhile.
#[tokio::test]
async fn composing_a_character_when_the_app_comes() -> Result<(), Failure> {
    case("composing_a_character_when_the_app_comes", async |case| {
        let server = case.server().await?;
        let ada = held(case, "ada", &server.url()).await?;
        let cdp = ada.browser().driver().cdp();
        ada.browser().fill("#userName", "Ada ").await?;
        let composed = json!({ "text": "に", "selectionStart": 1, "selectionEnd": 1 });
        cdp.send_raw("Input.imeSetComposition", composed).await?;
        let_app_start(&ada).await?;
        until_started(&ada).await?;
        ensure!(is_early(ada.browser()).await?, "the form went away");
        cdp.send_raw("Input.insertText", json!({ "text": "日本" }))
            .await?;
        let view = ada.until_phase(Phase::Lobby, SHORT).await?;
        ensure!(view.user_name.as_deref() == Some("Ada 日本"), "{view:?}");
        Ok(())
    })
    .await
}

/// A click whose button goes away half-way is none.
#[tokio::test]
async fn pressing_join_when_the_app_comes() -> Result<(), Failure> {
    case("pressing_join_when_the_app_comes", async |case| {
        let server = case.server().await?;
        let ada = held(case, "ada", &server.url()).await?;
        let join = ada.browser().driver().find(By::Css("[name=commit]")).await?;
        let mouse = || ada.browser().driver().action_chain();
        mouse().click_and_hold_element(&join).perform().await?;
        let_app_start(&ada).await?;
        until_started(&ada).await?;
        ensure!(is_early(ada.browser()).await?, "the button went away");
        mouse().release().perform().await?;
        ada.until_phase(Phase::Connected, SHORT).await?;
        Ok(())
    })
    .await
}

/// Whoever types nothing is proposed a name, and the session that the address names, as in a link that somebody got.
#[tokio::test]
async fn names_are_proposed_before_the_app_is_there() -> Result<(), Failure> {
    case("names_are_proposed_before_the_app_is_there", async |case| {
        let server = case.server().await?;
        let links = [
            ("/", "SessionA"),
            ("/?a", "SessionA"),
            ("/Team", "Team"),
            ("/Team/", "Team"),
            ("/?b#/Team", "Team"),
            ("/?c#Team", "SessionA"),
            ("/?d#/", "SessionA"),
            ("/Team?e#section", "Team"),
            ("/Other#/Team-2", "Team-2"),
            ("/a/b", "SessionA"),
            // Not valid: shown all the same, so that the form can say what is wrong.
            ("/?f#/two%20words", "two%20words"),
        ];
        let ada = held(case, "ada", &server.url()).await?;
        for (link, session) in links {
            ada.browser().open(&format!("{}{link}", server.url())).await?;
            let values = "return ['#userName', '#sessionId'].map((css) => document.querySelector(css).value)";
            let [early, proposed]: [String; 2] = ada.browser().run(values, vec![]).await?;
            ensure!(proposed == session, "{link}: {proposed}");
            let number = early
                .strip_prefix("Participant")
                .and_then(|number| number.parse::<u8>().ok());
            ensure!(number.is_some_and(|number| number < 100), "{early}");
            let_app_start(&ada).await?;
            let view = ada.until_phase(Phase::Lobby, SHORT).await?;
            let names = (view.user_name.as_deref(), view.session_id.as_deref());
            ensure!(
                names == (Some(early.as_str()), Some(session)),
                "{link}: {names:?} instead of {early}"
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_app_fails_after_join_was_pressed() -> Result<(), Failure> {
    case("the_app_fails_after_join_was_pressed", async |case| {
        let server = case.server().await?;
        let ada = held(case, "ada", &server.url()).await?;
        ada.browser().expect_console(&[""]);
        ada.press_join().await?;
        ensure!(button(&ada).await? == joining(), "{}", button(&ada).await?);
        ada.browser()
            .run::<Value>("letAppFail(new TypeError('on purpose'))", vec![])
            .await?;
        until_told(ada.browser()).await
    })
    .await
}
