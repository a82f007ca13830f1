//! Packages of the operating system, on Debian and its relatives.

use std::{io::IsTerminal as _, process::Command};

use anyhow::{Context as _, Result, bail};

use crate::{process, report};

/// Installs packages with apt, as root or through sudo.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    if process::on_path("apt-get").is_none() {
        bail!("this system has no apt-get");
    }
    report::timed(
        &format!("system packages: installing {}", packages.join(" ")),
        || {
            process::output(as_root("apt-get")?.args(["update", "--quiet"]))
                .context("apt has no package lists")?;
            let mut apt = as_root("apt-get")?;
            apt.args(["install", "--yes", "--quiet", "--no-install-recommends"])
                .args(packages);
            process::run(apt.env("DEBIAN_FRONTEND", "noninteractive"))
        },
    )
}

/// A command with root's rights. sudo may ask for a password only where somebody can type it.
pub(super) fn as_root(program: &str) -> Result<Command> {
    if process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Ok(Command::new(program));
    }
    if process::on_path("sudo").is_none() {
        bail!("that takes root's rights, and there is no sudo");
    }
    let mut sudo = Command::new("sudo");
    if !std::io::stdin().is_terminal() {
        sudo.arg("--non-interactive");
    }
    sudo.arg(program);
    Ok(sudo)
}
