//! What the instruments in a page have recorded.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::{Browser, Faults, until};

/// A track of a camera or microphone.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct LocalTrack {
    /// `audio` or `video`.
    pub kind: String,
    /// The device's name for people.
    pub label: String,
    /// The device's name for the browser.
    pub device: String,
    /// Whether it delivers anything but silence and darkness.
    pub enabled: bool,
}

impl Browser {
    /// From now on these things go wrong.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn set_faults(&self, faults: &Faults) -> Result<()> {
        self.run(
            "window.e2e.setFaults(arguments[0])",
            vec![serde_json::to_value(faults)?],
        )
        .await
    }

    /// Lets the requests for devices that were held go on.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn answer_media_requests(&self) -> Result<()> {
        self.run("window.e2e.answerMediaRequests()", vec![]).await
    }

    /// How many requests for devices are held.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn held_media_requests(&self) -> Result<usize> {
        self.run("return window.e2e.heldMediaRequests()", vec![]).await
    }

    /// The constraints of every request for devices so far.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn media_requests(&self) -> Result<Vec<Value>> {
        self.run("return window.e2e.mediaRequests()", vec![]).await
    }

    /// Every track of a camera or microphone that was ever opened and hasn't ended: what keeps the camera's light on.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn live_tracks(&self) -> Result<Vec<LocalTrack>> {
        self.run("return window.e2e.liveTracks()", vec![]).await
    }

    /// Waits until tracks have been opened and every one of them has ended.
    ///
    /// # Errors
    ///
    /// When one is still live at the deadline, or none was ever opened.
    pub async fn until_devices_released(&self, deadline: Duration) -> Result<()> {
        until("devices opened", deadline, async || {
            let opened: usize = self.run("return window.e2e.recordedTracks()", vec![]).await?;
            ensure!(opened > 0, "{}: none was ever opened", self.name());
            Ok(())
        })
        .await?;
        self.until_no_live_tracks(deadline).await
    }

    /// Waits until no track of a camera or microphone is live.
    ///
    /// # Errors
    ///
    /// When one is still live at the deadline.
    pub async fn until_no_live_tracks(&self, deadline: Duration) -> Result<()> {
        until("camera and microphone released", deadline, async || {
            let live = self.live_tracks().await?;
            ensure!(live.is_empty(), "{}: still live: {live:?}", self.name());
            Ok(())
        })
        .await
    }

    /// Waits until camera and microphone, which were open, are released, and no connection is left.
    ///
    /// # Errors
    ///
    /// When something is left at the deadline, or no device was ever opened.
    pub async fn until_all_released(&self, deadline: Duration) -> Result<()> {
        self.until_devices_released(deadline).await?;
        self.until_disconnected(deadline).await
    }

    /// Waits until no device is open and no connection is left, whether there were any or not.
    ///
    /// # Errors
    ///
    /// When something is left at the deadline.
    pub async fn until_nothing_open(&self, deadline: Duration) -> Result<()> {
        self.until_no_live_tracks(deadline).await?;
        self.until_disconnected(deadline).await
    }

    /// How many WebSockets are open, opening or closing.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn open_sockets(&self) -> Result<usize> {
        self.run("return window.e2e.openSockets()", vec![]).await
    }

    /// How many WebSockets have been opened so far.
    ///
    /// # Errors
    ///
    /// When the page is gone.
    pub async fn opened_sockets(&self) -> Result<usize> {
        self.run("return window.e2e.recordedSockets()", vec![]).await
    }

    /// Waits until there is no WebSocket and no peer connection left.
    ///
    /// # Errors
    ///
    /// When there is still one at the deadline.
    pub async fn until_disconnected(&self, deadline: Duration) -> Result<()> {
        until("no connection left", deadline, async || {
            let sockets = self.open_sockets().await?;
            let peers: usize = self
                .run("return window.e2e.openPeerConnections()", vec![])
                .await?;
            ensure!(
                sockets + peers == 0,
                "{}: {sockets} sockets and {peers} peer connections",
                self.name()
            );
            Ok(())
        })
        .await
    }
}
