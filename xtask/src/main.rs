//! The commands of this project: `cargo xtask <command>`.
//!
//! Every command finds or installs what it needs first (see [`setup`]), says what it does and how long it took, and
//! ends with one sentence and a non-zero exit code if it can't go on.
#![allow(clippy::print_stdout, reason = "a command line talks on its standard output")]

mod app;
mod assets;
mod bench;
mod check;
mod dev;
mod fingerprint;
mod finish;
mod lock;
mod paths;
mod preflight;
mod process;
mod report;
mod server;
mod setup;
mod sizes;
mod stages;
mod start;
mod test;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The commands of this project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build everything and serve it: a video call on http://localhost:5000
    Start(server::Options),
    /// Serve with live reload on http://localhost:8080
    Dev(dev::Options),
    /// Build the application client into `dist`
    Build,
    /// Bundle the openvidu-browser SDK into one module, and all sheets into one
    Sdk,
    /// Find or install all tools
    Setup,
    /// Formatting, lints, documentation, licences and sizes
    Check,
    /// Every test, from unit tests to calls between real browsers
    Test,
    /// Measure how fast the page is
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match run(CommandLine::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Start(options) => start::start(&options),
        Command::Dev(options) => dev::dev(&options),
        Command::Build => app::build(&setup::for_building()?),
        Command::Sdk => assets::bundle(),
        Command::Setup => setup::for_everything(),
        Command::Check => check::check(),
        Command::Test => test::test(),
        Command::Bench(options) => bench::bench(&options),
    }
}
