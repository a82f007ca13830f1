//! What `cargo xtask check` runs beside the compiler.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::{
    cargo,
    download::{self, Archive},
    tool::Tool,
};
use crate::{process, report};

/// The version of cargo-deny that deny.toml is written for.
const CARGO_DENY: &str = "0.20.2";

/// Checks licences, advisories and duplicates of all dependencies.
#[derive(Debug)]
pub(crate) struct CargoDeny(pub(crate) PathBuf);

/// Finds or installs rustfmt, clippy and cargo-deny.
pub(super) fn ensure() -> Result<CargoDeny> {
    for component in ["rustfmt", "clippy"] {
        let subcommand = if component == "rustfmt" { "fmt" } else { component };
        if process::output(cargo().args([subcommand, "--version"])).is_ok() {
            report::found(component, "part of the toolchain");
            continue;
        }
        report::timed(&format!("{component}: adding it to the toolchain"), || {
            process::run(std::process::Command::new("rustup").args(["component", "add", component]))
        })
        .with_context(|| {
            format!("{component} is missing: install it with `rustup component add {component}`")
        })?;
    }
    let archive = download::platform(&[
        ("linux", "x86_64", "x86_64-unknown-linux-musl"),
        ("linux", "aarch64", "aarch64-unknown-linux-musl"),
        ("macos", "x86_64", "x86_64-apple-darwin"),
        ("macos", "aarch64", "aarch64-apple-darwin"),
        ("windows", "x86_64", "x86_64-pc-windows-msvc"),
    ]);
    let installed = Tool {
        package: "cargo-deny",
        version: CARGO_DENY.to_owned(),
        binaries: &["cargo-deny"],
        archive: archive.map(|target| Archive {
            url: format!("https://github.com/EmbarkStudios/cargo-deny/releases/download/{CARGO_DENY}/cargo-deny-{CARGO_DENY}-{target}.tar.gz"),
            checksum: ".sha256",
        }),
        compile: &["--locked"],
        patience: "about a minute",
    }
    .ensure()?;
    installed.binary("cargo-deny").map(CargoDeny)
}
