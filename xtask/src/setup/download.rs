//! Prebuilt binaries from their projects' releases.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{fingerprint, process};

/// curl's exit codes for: no such proxy, no such host, can't connect, too slow.
const NO_NETWORK: [i32; 4] = [5, 6, 7, 28];

/// The way to the projects' releases.
pub(super) struct Releases {
    /// Set once they could not be reached, so that later tools don't wait for that again.
    unreachable: AtomicBool,
    /// Further options for curl.
    options: &'static [&'static str],
}

/// A compressed archive with binaries somewhere inside.
pub(super) struct Archive {
    pub(super) url: String,
    /// What its URL ends with for the file with its SHA-256, which the project publishes beside it. It tells a broken or
    /// mixed-up download; what a project publishes is trusted, as when it is compiled.
    pub(super) checksum: &'static str,
}

/// The value for this platform from rows of (operating system, architecture, value).
pub(super) fn platform(rows: &[(&str, &str, &'static str)]) -> Option<&'static str> {
    let here = (std::env::consts::OS, std::env::consts::ARCH);
    rows.iter()
        .find(|(os, architecture, _)| (*os, *architecture) == here)
        .map(|(_, _, value)| *value)
}

impl Releases {
    pub(super) const fn new(options: &'static [&'static str]) -> Self {
        Self {
            unreachable: AtomicBool::new(false),
            options,
        }
    }

    /// Whether it makes sense to try.
    pub(super) fn may_be_reached(&self) -> bool {
        !self.unreachable.load(Ordering::Relaxed)
    }

    /// Gives up soon where nothing can be reached: compiling is always possible.
    fn download(&self, url: &str, file: &Path) -> Result<()> {
        let mut curl = Command::new("curl");
        curl.args(["--fail", "--silent", "--show-error", "--location", "--retry", "0"])
            .args([
                "--connect-timeout",
                "5",
                "--speed-limit",
                "20000",
                "--speed-time",
                "10",
            ])
            .args(self.options);
        if url.starts_with("https:") {
            curl.args(["--proto-redir", "=https"]);
        }
        let output = curl
            .arg("--output")
            .arg(file)
            .arg(url)
            .output()
            .context("`curl` can't be started")?;
        if output.status.success() {
            return Ok(());
        }
        let code = output.status.code();
        if code.is_some_and(|code| NO_NETWORK.contains(&code)) {
            self.unreachable.store(true, Ordering::Relaxed);
        }
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim())
    }
}

impl Archive {
    /// Downloads and unpacks it in `directory`, which is made for that, and returns where these binaries are.
    pub(super) fn unpack(&self, releases: &Releases, binaries: &[&str], directory: &Path) -> Result<PathBuf> {
        let (unpacked, found) = (directory.join("unpacked"), directory.join("bin"));
        for path in [&unpacked, &found] {
            fs::create_dir_all(path).with_context(|| format!("can't create {}", path.display()))?;
        }
        // The checksum first: it is small, and tells soon whether anything can be had at all.
        let (archive, checksum) = (directory.join("archive"), directory.join("checksum"));
        releases.download(&format!("{}{}", self.url, self.checksum), &checksum)?;
        let checksum = fs::read_to_string(&checksum).context("its checksum is not text")?;
        let expected = checksum.split_whitespace().next().unwrap_or_default();
        releases.download(&self.url, &archive)?;
        let actual = fingerprint::hash_of(&archive)?;
        ensure!(
            actual.eq_ignore_ascii_case(expected),
            "the archive is broken: its checksum is not the published one"
        );
        let mut tar = Command::new("tar");
        process::output(tar.arg("-xf").arg(&archive).arg("-C").arg(&unpacked))?;
        for name in binaries {
            let binary = find(&unpacked, name, 3).with_context(|| format!("the archive has no `{name}`"))?;
            let file = binary.file_name().context("a binary without a name")?;
            fs::rename(&binary, found.join(file)).context("the binaries can't be moved")?;
        }
        Ok(found)
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
