//! The openvidu-browser SDK, bundled from its npm package as one minified module.

use std::{fs, process::Command};

use anyhow::{Context as _, Result};

use crate::{
    fingerprint::{self, Fingerprint},
    paths, process, report,
    setup::node,
};

/// Writes `target/sdk/openvidu-browser.js` and a copy for the bindings' tests, unless they are there already.
pub(crate) fn bundle() -> Result<()> {
    node::ensure()?;
    let root = paths::root();
    // Always below the repository, because index.html names it there.
    let directory = root.join("target").join("sdk");
    let output = directory.join("openvidu-browser.js");
    let copy = root.join("crates/openvidu-browser/sdk/openvidu-browser.js");
    let stamp = directory.join("fingerprint");

    let inputs = ["sdk.mjs", "bundle.mjs", "package-lock.json"].map(|name| paths::node().join(name));
    let fingerprint = Fingerprint::default().files(inputs)?.finish();
    if output.is_file() && copy.is_file() && fingerprint::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }

    report::timed("openvidu-browser: bundling the SDK as one module", || {
        process::run(
            Command::new("node")
                .current_dir(paths::node())
                .args(["bundle.mjs", "sdk.mjs"])
                .arg(&output),
        )?;
        if let Some(parent) = copy.parent() {
            fs::create_dir_all(parent).with_context(|| format!("can't create {}", parent.display()))?;
        }
        fs::copy(&output, &copy).with_context(|| format!("can't write {}", copy.display()))?;
        fingerprint::remember(&stamp, &fingerprint)
    })
}
