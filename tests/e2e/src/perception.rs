//! What the user of the application client really sees and hears.

use anyhow::{Context, Result, ensure};

use crate::{App, Place, SHORT, until};

impl App {
    /// Waits until frames of somebody are decoded and shown, and their sound arrives, in their tile.
    ///
    /// # Errors
    ///
    /// When it isn't so within [`SHORT`].
    pub async fn sees_and_hears(&self, nickname: &str) -> Result<()> {
        self.sees(nickname).await?;
        self.hears(nickname).await
    }

    /// Waits until frames of somebody are decoded and shown in their tile.
    ///
    /// # Errors
    ///
    /// When it isn't so within [`SHORT`].
    pub async fn sees(&self, nickname: &str) -> Result<()> {
        self.sees_in(Place::Tile, nickname).await
    }

    /// Waits until frames of somebody are decoded and shown at a place of the page.
    ///
    /// # Errors
    ///
    /// When it isn't so within [`SHORT`].
    pub async fn sees_in(&self, place: Place, nickname: &str) -> Result<()> {
        let mut before = None;
        until(
            &format!("{} sees {nickname}", self.browser().name()),
            SHORT,
            async || {
                let media = self.media().await?;
                let now = media.of(place, nickname)?;
                now.ensure_seen_since(before.get_or_insert_with(|| now.clone()))
            },
        )
        .await
    }

    /// Waits until sound of somebody arrives.
    ///
    /// # Errors
    ///
    /// When it doesn't within [`SHORT`].
    pub async fn hears(&self, nickname: &str) -> Result<()> {
        let mut before = None;
        until(
            &format!("{} hears {nickname}", self.browser().name()),
            SHORT,
            async || {
                let media = self.media().await?;
                let now = media.of(Place::Tile, nickname)?;
                now.ensure_heard_since(before.get_or_insert_with(|| now.clone()))
            },
        )
        .await
    }

    /// Waits until one's own picture moves in one's own tile.
    ///
    /// # Errors
    ///
    /// When it doesn't within [`SHORT`].
    pub async fn sees_itself(&self) -> Result<()> {
        let mut before = None;
        until(
            &format!("{} sees itself", self.browser().name()),
            SHORT,
            async || {
                let view = self.view().await?;
                let name = view.own().context("no own tile")?.name().to_owned();
                let media = self.media().await?;
                let now = media.of(Place::Tile, &name)?;
                let first = *before.get_or_insert(now.frames_presented);
                ensure!(
                    now.frames_presented > first,
                    "the own picture stands still: {now:?}"
                );
                Ok(())
            },
        )
        .await
    }
}
