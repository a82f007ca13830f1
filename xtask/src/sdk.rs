//! The openvidu-browser SDK, bundled from its npm package as one minified module.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{paths, process, setup::node};

/// Writes `target/sdk/openvidu-browser.js` and a copy for the bindings' tests, unless they are there already.
///
/// A script does it, so that trunk can call it without a compiler.
pub(crate) fn bundle() -> Result<()> {
    node::ensure()?;
    process::run(Command::new("node").arg(paths::node().join("bundle-sdk.mjs")))
        .context("the openvidu-browser SDK can't be bundled")
}
