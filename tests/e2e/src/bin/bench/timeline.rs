//! When what happened in a page.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use e2e::Browser;
use serde::Deserialize;

/// Notes when what happens in a page; to be preloaded.
pub(crate) const SCRIPT: &str = include_str!("timeline.js");

/// When what happened in a page. Times are in milliseconds since the Unix epoch, so that those of two browsers on one machine
/// can be compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Timeline {
    pub(crate) navigation: f64,
    pub(crate) form_usable: Option<f64>,
    pub(crate) app_runs: Option<f64>,
    pub(crate) join: Option<f64>,
    pub(crate) frames: Vec<FirstFrame>,
    pub(crate) marks: BTreeMap<String, f64>,
    pub(crate) requests: Vec<Request>,
    pub(crate) wasm_bytes: f64,
}

/// The first frame of a stream that a `<video>` presented.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct FirstFrame {
    pub(crate) at: f64,
    pub(crate) track: String,
    pub(crate) local: bool,
}

/// Something that was loaded.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) end: f64,
    pub(crate) bytes: f64,
}

impl Request {
    /// Whether it is the SDK, which the app loads behind the form.
    pub(crate) fn is_sdk(&self) -> bool {
        self.path.contains("openvidu-browser")
    }

    /// Whether it is a part of the app itself, without which its form can be used already.
    pub(crate) fn is_app(&self) -> bool {
        self.path.starts_with("/app-") && (self.path.ends_with(".js") || self.path.ends_with(".wasm"))
    }
}

impl Timeline {
    pub(crate) async fn read(browser: &Browser) -> Result<Self> {
        browser.run("return window.timeline.read()", vec![]).await
    }

    /// When JOIN was pressed.
    pub(crate) fn join(&self) -> Result<f64> {
        self.join.context("JOIN was not pressed")
    }

    /// When the form could be used.
    pub(crate) fn form_usable(&self) -> Result<f64> {
        self.form_usable.context("the form can't be used yet")
    }

    /// When the app had taken the form over; on a page that is nothing else, as soon as a press took effect.
    pub(crate) fn app_runs(&self) -> Result<f64> {
        self.app_runs.context("the app doesn't run yet")
    }

    /// When the own picture was first seen.
    pub(crate) fn own_picture(&self) -> Result<f64> {
        self.first_frame(|frame| frame.local)
            .context("there is no own picture yet")
    }

    /// When the first frame of anybody else was seen since a moment.
    pub(crate) fn remote_frame_since(&self, moment: f64) -> Result<f64> {
        self.first_frame(|frame| !frame.local && frame.at >= moment)
            .context("nobody else is seen yet")
    }

    /// How many others are seen.
    pub(crate) fn remotes(&self) -> usize {
        let tracks = self
            .frames
            .iter()
            .filter(|frame| !frame.local)
            .map(|frame| frame.track.as_str());
        tracks.collect::<std::collections::BTreeSet<_>>().len()
    }

    fn first_frame(&self, which: impl Fn(&&FirstFrame) -> bool) -> Option<f64> {
        self.frames
            .iter()
            .filter(which)
            .map(|frame| frame.at)
            .min_by(f64::total_cmp)
    }
}
