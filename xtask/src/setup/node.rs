//! Node.js and the npm packages: the SDK, its bundler, wasm-opt, and the Node client for tests.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result, bail};

use crate::{
    fingerprint::{self, Fingerprint},
    lock, paths, process, report,
};

/// The oldest Node.js that runs the scripts in `xtask/node`.
const OLDEST_NODE: u32 = 20;

/// Whether Node.js and npm are there and young enough.
pub(crate) fn check() -> Result<()> {
    let remedy = format!("Install Node.js {OLDEST_NODE} or newer with npm, and put both on PATH");
    let Some(version) = process::version(Path::new("node")) else {
        bail!("`node` is missing. {remedy}.");
    };
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node.js {version} is too old. {remedy}.");
    }
    if process::on_path("npm").is_none() {
        bail!("`npm` is missing. {remedy}.");
    }
    report::found("node", version);
    Ok(())
}

/// Installs what `package-lock.json` names, unless it is there.
pub(crate) fn ensure() -> Result<()> {
    let directory = paths::node();
    let stamp = paths::node_modules().join(".openvidu-yew");
    let fingerprint = Fingerprint::default()
        .file(&directory.join("package-lock.json"))?
        .finish();
    if fingerprint::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    // npm empties the directory first, which nobody else may use or fill meanwhile.
    let _lock = lock::exclusive(&paths::target().join("npm.lock"), "the npm packages")?;
    if fingerprint::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    report::timed("npm packages: installing", || {
        process::run(Command::new(npm()).current_dir(&directory).args([
            "ci",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]))
        .context("the npm packages can't be installed: npm has to reach its registry once")?;
        fingerprint::remember(&stamp, &fingerprint)
    })
}

/// npm is a script, and Windows wants to know.
fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}
