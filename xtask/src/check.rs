//! Everything that can be judged without running it.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{
    app, paths, process,
    setup::{self, CargoDeny, Tools, WasmCompiler},
    sizes,
    stages::Stages,
};

/// Crates that also run in the browser, with tests there.
const BROWSER_CRATES: [&str; 3] = ["openvidu-yew", "openvidu-browser", "openvidu-browser-sys"];

/// Where the advisories about crates come from.
const ADVISORIES: &str = "https://github.com/RustSec/advisory-db";

/// Formatting, lock file, lints, documentation, licences, advisories and sizes.
pub(crate) fn check() -> Result<()> {
    let tools = setup::for_building()?;
    let CargoDeny(deny) = setup::for_checking()?;
    let deny = || {
        let mut command = Command::new(&deny);
        command
            .current_dir(paths::root())
            .args(["--workspace", "--all-features", "--locked"]);
        command
    };

    let mut stages = Stages::default();
    stages.run("formatting", || {
        process::run(setup::cargo().args(["fmt", "--all", "--check"]))
    });
    stages.run("lock file", || {
        process::output(setup::cargo().args(["metadata", "--locked", "--offline", "--format-version", "1"]))
            .map(drop)
            .context("Cargo.lock is not up to date: commit what `cargo metadata` makes of it")
    });
    stages.run("lints", || {
        process::run(setup::cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]))
    });
    match tools.wasm {
        WasmCompiler::Toolchain => {
            stages.run("lints for the browser", || browser_lints(&tools));
        }
        WasmCompiler::Debian { .. } => {
            stages.skip(
                "lints for the browser",
                "Debian's compiler has no clippy of its version",
            );
        }
    }
    stages.run("documentation", || {
        let mut doc = setup::cargo();
        process::run(
            doc.args(["doc", "--workspace", "--no-deps", "--locked"])
                .env("RUSTDOCFLAGS", "-D warnings"),
        )
    });
    stages.run("licences, bans and sources", || {
        process::run(deny().args(["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]))
    });
    if advisories_are_reachable() {
        stages.run("advisories", || {
            process::run(deny().args(["check", "advisories"]))
        });
    } else {
        stages.skip("advisories", "their database can't be reached from here");
    }
    stages.run("sizes", || {
        app::build(&tools)?;
        sizes::Report::of(&paths::dist())?.check()
    });
    stages.finish()
}

fn browser_lints(tools: &Tools) -> Result<()> {
    let target = ["--target", "wasm32-unknown-unknown", "--locked"];
    let packages = BROWSER_CRATES.iter().flat_map(|name| ["--package", name]);
    let mut clippy = tools.wasm_cargo();
    process::run(clippy.arg("clippy").args(target).args(packages).args([
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    // Its tests are native only.
    let mut clippy = tools.wasm_cargo();
    process::run(clippy.arg("clippy").args(target).args([
        "--package",
        "room",
        "--lib",
        "--",
        "-D",
        "warnings",
    ]))
}

/// Asks for a few seconds at most: a closed network must not hold up everything else.
fn advisories_are_reachable() -> bool {
    let mut curl = Command::new("curl");
    process::output(curl.args([
        "--head",
        "--fail",
        "--silent",
        "--location",
        "--max-time",
        "10",
        ADVISORIES,
    ]))
    .is_ok()
}
