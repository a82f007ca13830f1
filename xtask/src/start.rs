//! From a fresh clone to a page that can make calls.

use anyhow::Result;

use crate::{app, paths, preflight, report, server, setup};

/// Builds everything, then becomes the server.
pub(crate) fn start(options: &server::Options) -> Result<()> {
    preflight::port(&options.host, options.port, "choose another port with --port")?;
    options.check()?;
    let tools = setup::for_building()?;
    if !paths::dist().exists() {
        report::note(
            "the first build takes about 6 minutes on two cores; later ones compile only what changed",
        );
    }
    app::build(&tools)?;
    let binary = server::build()?;
    let mut command = options.command(binary);
    command.arg("--app-dir").arg(paths::dist());
    become_program(command)
}

/// Replaces this process, so that signals, exit code and terminal are the server's own.
#[cfg(unix)]
fn become_program(mut command: std::process::Command) -> Result<()> {
    use anyhow::Context as _;
    use std::os::unix::process::CommandExt as _;
    Err(command.exec()).context("the server can't be started")
}

/// Waits for the server, which the console tells of Ctrl-C by itself.
#[cfg(not(unix))]
fn become_program(mut command: std::process::Command) -> Result<()> {
    crate::process::run(&mut command)
}
