//! The application client in a browser, as its user has it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::{Browser, Media, Phase, SHORT, View, until};

/// The application client in a browser, as its user has it.
#[derive(Clone, Debug)]
pub struct App(Arc<Browser>);

impl App {
    /// The application client in this browser. Nothing is opened yet.
    #[must_use]
    pub const fn new(browser: Arc<Browser>) -> Self {
        Self(browser)
    }

    /// The browser.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.0
    }

    /// Opens an address and waits for the form.
    ///
    /// # Errors
    ///
    /// When there is no form within [`SHORT`].
    pub async fn open(&self, url: &str) -> Result<()> {
        self.0.open(url).await?;
        self.until("the form", SHORT, |view| {
            ensure!(view.join && view.user_name.as_deref().is_some_and(|name| !name.is_empty()));
            Ok(())
        })
        .await?;
        Ok(())
    }

    /// What is to be seen now.
    ///
    /// # Errors
    ///
    /// When the page is gone, or isn't one of the application client.
    pub async fn view(&self) -> Result<View> {
        self.0.run("return window.e2e.view()", vec![]).await
    }

    /// What is really decoded and played now.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn media(&self) -> Result<Media> {
        self.0.run("return window.e2e.media()", vec![]).await
    }

    /// Waits until what is to be seen passes `check`.
    ///
    /// # Errors
    ///
    /// When it doesn't within the deadline: the last complaint, and what was to be seen.
    pub async fn until(
        &self,
        what: &str,
        deadline: Duration,
        check: impl Fn(&View) -> Result<()>,
    ) -> Result<View> {
        until(what, deadline, async || {
            let view = self.view().await?;
            check(&view).with_context(|| format!("{}: {view:?}", self.0.name()))?;
            Ok(view)
        })
        .await
    }

    /// Waits for a phase.
    ///
    /// # Errors
    ///
    /// When it isn't reached within the deadline.
    pub async fn until_phase(&self, phase: Phase, deadline: Duration) -> Result<View> {
        self.until(&format!("phase {phase:?}"), deadline, |view| {
            ensure!(view.phase == Some(phase), "the phase is {:?}", view.phase);
            let there = (view.session, view.join);
            let expected = (phase.is_in_room(), !phase.is_in_room());
            ensure!(there == expected, "exactly one of form and room must be there");
            Ok(())
        })
        .await
    }

    /// Waits until the form is back with a notice of one of these kinds.
    ///
    /// # Errors
    ///
    /// When it isn't within the deadline.
    pub async fn until_notice(&self, codes: &[&str], deadline: Duration) -> Result<View> {
        self.until(&format!("a notice of {codes:?}"), deadline, |view| {
            ensure!(
                codes.contains(&view.notice_code()),
                "the notice is {:?}",
                view.notice
            );
            ensure!(view.join && !view.session, "the form is not back");
            let notice = view.notice.as_ref().context("no notice")?;
            ensure!(
                notice.role.as_deref() == Some("alert"),
                "the notice is not announced: {notice:?}"
            );
            ensure!(!notice.text.is_empty(), "the notice says nothing");
            Ok(())
        })
        .await
    }

    /// Waits until exactly these others have a tile.
    ///
    /// # Errors
    ///
    /// When it isn't so within the deadline.
    pub async fn until_others(&self, names: &[&str], deadline: Duration) -> Result<View> {
        let mut names = names.to_vec();
        names.sort_unstable();
        self.until(&format!("tiles of {names:?}"), deadline, |view| {
            ensure!(
                view.other_names() == names,
                "the others are {:?}",
                view.other_names()
            );
            Ok(())
        })
        .await
    }

    /// Fills in the form.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn fill(&self, nickname: &str, session: &str) -> Result<()> {
        self.0.fill("#userName", nickname).await?;
        self.0.fill("#sessionId", session).await
    }

    /// Presses JOIN.
    ///
    /// # Errors
    ///
    /// When it can't be pressed.
    pub async fn press_join(&self) -> Result<()> {
        self.0.click("#join input[name=commit]").await
    }

    /// Fills in the form, presses JOIN and waits until the room is there.
    ///
    /// # Errors
    ///
    /// When it isn't there within [`SHORT`].
    pub async fn join(&self, nickname: &str, session: &str) -> Result<View> {
        self.fill(nickname, session).await?;
        self.join_again().await
    }

    /// Presses JOIN with what stands in the form and waits until the room is there.
    ///
    /// # Errors
    ///
    /// When it isn't there within [`SHORT`].
    pub async fn join_again(&self) -> Result<View> {
        self.press_join().await?;
        self.until_phase(Phase::Connected, SHORT).await
    }

    /// Waits until it is told, in the room, that the others get nothing of one's own media.
    ///
    /// # Errors
    ///
    /// When it isn't within [`SHORT`].
    pub async fn until_told_unsent(&self) -> Result<View> {
        self.until("it is told that nobody sees one", SHORT, |view| {
            let told = view.publish_notice.as_deref();
            ensure!(told.is_some_and(|text| !text.is_empty()), "nothing is told");
            ensure!(
                view.phase == Some(Phase::Connected),
                "the phase is {:?}",
                view.phase
            );
            Ok(())
        })
        .await
    }

    /// Waits until one's own media are on their way to the others.
    ///
    /// # Errors
    ///
    /// When they aren't within [`SHORT`].
    pub async fn until_sending(&self) -> Result<View> {
        self.until("sending", SHORT, |view| {
            let own = view.own().context("no own tile")?;
            ensure!(own.stream_id.is_some(), "nothing is sent");
            Ok(())
        })
        .await
    }

    /// Stops joining.
    ///
    /// # Errors
    ///
    /// When there is nothing to stop.
    pub async fn cancel(&self) -> Result<()> {
        self.0.click("#buttonCancelJoin").await
    }

    /// Leaves and waits until the form is back.
    ///
    /// # Errors
    ///
    /// When it isn't back within [`SHORT`].
    pub async fn leave(&self) -> Result<View> {
        self.0.click("#buttonLeaveSession").await?;
        self.until_phase(Phase::Left, SHORT).await
    }

    /// Promotes somebody by a click on their tile.
    ///
    /// # Errors
    ///
    /// When there is no such tile.
    pub async fn promote(&self, nickname: &str) -> Result<()> {
        self.0
            .driver()
            .find(thirtyfour::By::Css(self.selector(nickname).await?))
            .await?
            .click()
            .await?;
        self.until(&format!("{nickname} promoted"), SHORT, |view| {
            ensure!(
                view.main.as_ref().is_some_and(|main| main.name() == nickname),
                "main is {:?}",
                view.main
            );
            Ok(())
        })
        .await?;
        Ok(())
    }

    /// A selector of somebody's tile.
    ///
    /// # Errors
    ///
    /// When there is no such tile.
    pub async fn selector(&self, nickname: &str) -> Result<String> {
        let view = self.view().await?;
        let position = view.tiles.iter().position(|tile| tile.name() == nickname);
        let position = position.with_context(|| format!("no tile of {nickname} in {view:?}"))?;
        Ok(format!(
            "#video-container .stream-container:nth-child({} of .stream-container)",
            position + 1
        ))
    }
}
