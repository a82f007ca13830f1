//! What the page needs besides the app: the openvidu-browser SDK as one minified module, and the sheets of all
//! components as one.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{paths, process, setup::node};

/// Writes them to `target/sdk`, and a copy of the SDK for the bindings' tests, unless they are there already.
///
/// A script does it, so that trunk can call it without a compiler.
pub(crate) fn bundle() -> Result<()> {
    node::ensure()?;
    process::run(Command::new("node").arg(paths::node().join("bundle-assets.mjs")))
        .context("the SDK and the sheets can't be bundled")
}
