//! Prebuilt binaries from their projects' releases.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
};

use anyhow::{Context as _, Result, bail};

use crate::process;

/// Set once a download failed because the network is closed, so that later tools don't wait for it again.
static OFFLINE: AtomicBool = AtomicBool::new(false);

/// curl's exit codes for: no such proxy, no such host, can't connect, too slow.
const NO_NETWORK: [i32; 4] = [5, 6, 7, 28];

/// A compressed archive with binaries somewhere inside.
pub(super) struct Archive {
    pub(super) url: String,
}

/// The value for this platform from rows of (operating system, architecture, value).
pub(super) fn platform(rows: &[(&str, &str, &'static str)]) -> Option<&'static str> {
    let here = (std::env::consts::OS, std::env::consts::ARCH);
    rows.iter()
        .find(|(os, architecture, _)| (*os, *architecture) == here)
        .map(|(_, _, value)| *value)
}

impl Archive {
    /// Downloads and unpacks it, and moves these binaries into `directory`.
    pub(super) fn unpack(&self, binaries: &[&str], directory: &Path) -> Result<()> {
        if OFFLINE.load(Ordering::Relaxed) {
            bail!("no download: the network is closed");
        }
        let home = directory.parent().context("the directory has no parent")?;
        let unpacked = home.join("unpacked");
        if unpacked.exists() {
            fs::remove_dir_all(&unpacked).with_context(|| format!("can't delete {}", unpacked.display()))?;
        }
        fs::create_dir_all(&unpacked).with_context(|| format!("can't create {}", unpacked.display()))?;
        let result = self.download(&home.join("archive")).and_then(|archive| {
            process::output(
                Command::new("tar")
                    .arg("-xf")
                    .arg(&archive)
                    .arg("-C")
                    .arg(&unpacked),
            )?;
            fs::create_dir_all(directory)?;
            for name in binaries {
                let binary =
                    find(&unpacked, name, 3).with_context(|| format!("the archive has no `{name}`"))?;
                let file = binary.file_name().context("a binary without a name")?;
                fs::rename(&binary, directory.join(file))?;
            }
            fs::remove_file(&archive)?;
            Ok(())
        });
        fs::remove_dir_all(&unpacked).with_context(|| format!("can't delete {}", unpacked.display()))?;
        result
    }

    /// Gives up soon where nothing can be reached: compiling is always possible.
    fn download(&self, archive: &Path) -> Result<PathBuf> {
        let mut curl = Command::new("curl");
        curl.args(["--fail", "--silent", "--show-error", "--location", "--retry", "0"]);
        curl.args([
            "--connect-timeout",
            "5",
            "--speed-limit",
            "20000",
            "--speed-time",
            "10",
            "--output",
        ]);
        let output = curl
            .arg(archive)
            .arg(&self.url)
            .output()
            .context("no download: `curl` is not installed")?;
        if output.status.success() {
            return Ok(archive.to_owned());
        }
        if output
            .status
            .code()
            .is_some_and(|code| NO_NETWORK.contains(&code))
        {
            OFFLINE.store(true, Ordering::Relaxed);
        }
        bail!("no download: {}", String::from_utf8_lossy(&output.stderr).trim())
    }
}

/// The binary in this directory or a few levels below.
fn find(directory: &Path, name: &str, levels: u32) -> Option<PathBuf> {
    if let Some(path) = process::executable(directory, name) {
        return Some(path);
    }
    let levels = levels.checked_sub(1)?;
    let entries = fs::read_dir(directory).ok()?;
    entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .find_map(|entry| find(&entry.path(), name, levels))
}
