//! Trunk builds the page around the wasm module.

use anyhow::Result;

use super::{
    download::{self, Archive},
    tool::{Installed, Tool},
};

/// The version of trunk that Trunk.toml and index.html are written for.
const VERSION: &str = "0.21.14";

/// Finds or installs it.
pub(super) fn ensure() -> Result<Installed> {
    let archive = download::platform(&[
        ("linux", "x86_64", "x86_64-unknown-linux-musl.tar.gz"),
        ("linux", "aarch64", "aarch64-unknown-linux-musl.tar.gz"),
        ("macos", "x86_64", "x86_64-apple-darwin.tar.gz"),
        ("macos", "aarch64", "aarch64-apple-darwin.tar.gz"),
        ("windows", "x86_64", "x86_64-pc-windows-msvc.zip"),
    ]);
    Tool {
        package: "trunk",
        version: VERSION.to_owned(),
        binaries: &["trunk"],
        archive: archive.map(|file| Archive {
            url: format!("https://github.com/trunk-rs/trunk/releases/download/v{VERSION}/trunk-{file}"),
            checksum: ".sha256",
        }),
        // Without its updater and its own TLS choice it compiles in a third of the time.
        compile: &["--locked", "--no-default-features", "--features", "rustls"],
        patience: "about 4 minutes",
    }
    .ensure()
}
