//! The two pages that are compared.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use e2e::Environment;
use serde::Serialize;

/// A page that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Page {
    /// The app as it was built.
    Ours,
    /// A page of nothing but what the SDK needs: the floor that any client pays.
    Bare,
}

impl Page {
    pub(crate) const BOTH: [Self; 2] = [Self::Ours, Self::Bare];

    /// What the server has to serve for it.
    pub(crate) fn folder<'a>(self, environment: &'a Environment, bare: &'a Path) -> &'a Path {
        match self {
            Self::Ours => &environment.dist,
            Self::Bare => bare,
        }
    }
}

/// Puts the bare page together, as an app that the server can serve, compressed in the way in which ours is.
pub(crate) fn assemble_bare(environment: &Environment, output: &Path) -> Result<PathBuf> {
    let folder = output.join("bare-page");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("can't empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("can't create {}", folder.display()))?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["index.html", "bare.js"] {
        std::fs::copy(here.join("bare-page").join(name), folder.join(name))
            .with_context(|| format!("can't copy {name}"))?;
    }
    std::fs::copy(&environment.sdk, folder.join("openvidu-browser.min.js")).context("can't copy the SDK")?;

    let compressed = Command::new("node")
        .arg(here.join("../../xtask/node/compress.mjs"))
        .arg(&folder)
        .output()
        .context("node can't be started")?;
    ensure!(
        compressed.status.success(),
        "the bare page can't be compressed: {}",
        String::from_utf8_lossy(&compressed.stderr)
    );
    Ok(folder)
}
