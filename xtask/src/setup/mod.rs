//! Finds or installs everything: nobody has to prepare more than cargo and Node.js.
//!
//! Whatever is on `PATH` in the right version is taken as it is. The rest goes to a directory of this user (see
//! [`paths::cache`]), so that all clones share it: a prebuilt binary where one can be downloaded, else compiled.

mod browser;
mod checkers;
mod debian;
mod download;
pub(crate) mod node;
mod system_packages;
mod tool;
mod trunk;
mod wasm_bindgen;
mod wasm_target;

use std::{ffi::OsString, path::PathBuf, process::Command, time::Instant};

use anyhow::{Context as _, Result};

pub(crate) use browser::Browser;
pub(crate) use checkers::CargoDeny;
pub(crate) use wasm_target::WasmCompiler;

use crate::{paths, preflight, process, report};

/// What builds the application client.
#[derive(Debug)]
pub(crate) struct Tools {
    /// Builds the page around the wasm module.
    pub(crate) trunk: PathBuf,
    /// Runs browser tests.
    pub(crate) wasm_test_runner: PathBuf,
    /// Compiles for the browser.
    pub(crate) wasm: WasmCompiler,
    /// `PATH` with all of them in front.
    path: OsString,
    /// One line a tool, with its version.
    pub(crate) versions: Vec<String>,
}

impl Tools {
    /// A command that finds these tools on its `PATH` and compiles wasm with the right compiler.
    pub(crate) fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(paths::root()).env("PATH", &self.path);
        if let WasmCompiler::Debian { rustc, .. } = &self.wasm {
            command.env("RUSTC", rustc).env_remove("RUSTUP_TOOLCHAIN");
        }
        command
    }

    /// Cargo, for wasm.
    pub(crate) fn wasm_cargo(&self) -> Command {
        match &self.wasm {
            WasmCompiler::Toolchain => self.command(cargo_program()),
            WasmCompiler::Debian { cargo, .. } => self.command(cargo),
        }
    }
}

/// Cargo of the developer's own toolchain, at the root of the repository.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(cargo_program());
    command.current_dir(paths::root());
    command
}

/// The cargo that runs this program.
fn cargo_program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// What building the application client needs.
pub(crate) fn for_building() -> Result<Tools> {
    println!("set-up");
    let started = Instant::now();
    preflight::disk_space()?;
    node::check()?;
    if !paths::cache()?.exists() {
        report::note("the first run installs tools: by download, or compiled within about 5 minutes");
    }
    let wasm = wasm_target::ensure()?;
    let wasm_bindgen = wasm_bindgen::ensure()?;
    let trunk = trunk::ensure()?;
    node::ensure()?;
    fetch_crates()?;
    report::note(&format!("ready in {}", report::duration(started.elapsed())));

    let mut directories = vec![];
    if let WasmCompiler::Debian { cargo, .. } = &wasm {
        directories.extend(cargo.parent().map(PathBuf::from));
    }
    directories.extend([
        wasm_bindgen.directory.clone(),
        trunk.directory.clone(),
        paths::node_modules().join(".bin"),
    ]);
    let path = process::path_with(&directories)?;

    Ok(Tools {
        trunk: trunk.binary("trunk")?,
        wasm_test_runner: wasm_bindgen.binary("wasm-bindgen-test-runner")?,
        versions: vec![wasm.version(), trunk.version, wasm_bindgen.version],
        wasm,
        path,
    })
}

/// A browser and its driver for the tests.
pub(crate) fn for_browser_tests() -> Result<Browser> {
    browser::ensure()
}

/// What `check` needs beside the toolchain.
pub(crate) fn for_checking() -> Result<CargoDeny> {
    checkers::ensure()
}

/// Everything that any command needs.
pub(crate) fn for_everything() -> Result<()> {
    for_building()?;
    for_browser_tests()?;
    for_checking()?;
    Ok(())
}

/// Downloads the crates that Cargo.lock names, so that everything after this works without a network.
fn fetch_crates() -> Result<()> {
    if process::output(cargo().args(["fetch", "--locked", "--offline", "--quiet"])).is_ok() {
        report::found("crates", "all there");
        return Ok(());
    }
    report::timed("crates: downloading", || {
        process::run(cargo().args(["fetch", "--locked"]))
    })
    .context("the crates can't be downloaded, or Cargo.lock is not up to date")
}
