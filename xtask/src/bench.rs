//! How fast the page is, against a bare page with no framework.

use anyhow::Result;
use clap::Args;

use crate::{app, process, server, setup, test};

/// How to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Passed on to the benchmark
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Builds everything and runs the benchmark of `tests/e2e`.
pub(crate) fn bench(options: &Options) -> Result<()> {
    let tools = setup::for_building()?;
    let browser = setup::for_browser_tests()?;
    app::build(&tools)?;
    let server = server::build()?;
    let mut cargo = setup::cargo();
    cargo
        .args([
            "run",
            "--release",
            "--locked",
            "--package",
            "e2e",
            "--bin",
            "bench",
            "--",
        ])
        .args(&options.arguments);
    process::run(cargo.envs(test::environment(&server, &browser)))
}
