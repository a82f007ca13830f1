//! Command-line tools: taken from `PATH`, else from this user's cache, else downloaded, else compiled.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use super::{
    cargo,
    download::{self, Archive},
};
use crate::{paths, process, report};

/// The version of trunk that Trunk.toml and index.html are written for.
const TRUNK: &str = "0.21.14";

/// A tool that is there.
#[derive(Debug)]
pub(crate) struct Installed {
    /// Where its binaries are.
    pub(crate) directory: PathBuf,
    /// Name and version.
    pub(crate) version: String,
}

impl Installed {
    /// One of its binaries.
    pub(crate) fn binary(&self, name: &str) -> Result<PathBuf> {
        process::executable(&self.directory, name)
            .with_context(|| format!("{} has no `{name}` in {}", self.version, self.directory.display()))
    }
}

/// How to come by a tool.
pub(super) struct Tool {
    /// The name of its package, for people and for cargo.
    pub(super) package: &'static str,
    /// The version, to the digit.
    pub(super) version: String,
    /// All the binaries that have to be there. The first one is asked for its version.
    pub(super) binaries: &'static [&'static str],
    /// Where a prebuilt one is, if there is one for this platform.
    pub(super) archive: Option<Archive>,
    /// What `cargo install` needs to know beside package and version.
    pub(super) compile: &'static [&'static str],
    /// How long compiling takes on a small machine, for people.
    pub(super) patience: &'static str,
}

/// Trunk builds the page around the wasm module.
pub(super) fn trunk() -> Result<Installed> {
    let archive = download::platform(&[
        ("linux", "x86_64", "x86_64-unknown-linux-gnu.tar.gz"),
        ("linux", "aarch64", "aarch64-unknown-linux-gnu.tar.gz"),
        ("macos", "x86_64", "x86_64-apple-darwin.tar.gz"),
        ("macos", "aarch64", "aarch64-apple-darwin.tar.gz"),
        ("windows", "x86_64", "x86_64-pc-windows-msvc.zip"),
    ]);
    Tool {
        package: "trunk",
        version: TRUNK.to_owned(),
        binaries: &["trunk"],
        archive: archive.map(|file| Archive {
            url: format!("https://github.com/trunk-rs/trunk/releases/download/v{TRUNK}/trunk-{file}"),
        }),
        // Without its updater and its own TLS choice it compiles in a third of the time.
        compile: &["--locked", "--no-default-features", "--features", "rustls"],
        patience: "about 4 minutes",
    }
    .ensure()
}

/// The wasm-bindgen CLI and test runner of exactly the version in Cargo.lock: their format is not stable.
pub(super) fn wasm_bindgen() -> Result<Installed> {
    let version = locked_version("wasm-bindgen")?;
    let archive = download::platform(&[
        ("linux", "x86_64", "x86_64-unknown-linux-musl"),
        ("linux", "aarch64", "aarch64-unknown-linux-gnu"),
        ("macos", "x86_64", "x86_64-apple-darwin"),
        ("macos", "aarch64", "aarch64-apple-darwin"),
        ("windows", "x86_64", "x86_64-pc-windows-msvc"),
    ]);
    Tool {
        package: "wasm-bindgen-cli",
        binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        archive: archive.map(|target| Archive {
            url: format!(
                "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{version}/wasm-bindgen-{version}-{target}.tar.gz"
            ),
        }),
        // Not --locked: its lock file may name crates that a registry mirror does not have yet.
        compile: &[],
        patience: "about 2 minutes",
        version,
    }
    .ensure()
}

impl Tool {
    /// Finds or installs it.
    pub(super) fn ensure(&self) -> Result<Installed> {
        let name = format!("{} {}", self.package, self.version);
        if let Some(directory) = self.on_path() {
            report::found(&name, directory.display());
            return Ok(Installed {
                directory,
                version: name,
            });
        }
        let home = paths::cache()?.join(format!("{}-{}", self.package, self.version));
        let directory = home.join("bin");
        if self.works_in(&directory) {
            report::found(&name, directory.display());
            return Ok(Installed {
                directory,
                version: name,
            });
        }

        fs::create_dir_all(&home).with_context(|| format!("can't create {}", home.display()))?;
        if let Some(archive) = &self.archive {
            let downloaded = report::attempt(&format!("{name}: downloading a prebuilt binary"), || {
                archive.unpack(self.binaries, &directory)?;
                anyhow::ensure!(self.works_in(&directory), "it does not run on this machine");
                Ok(())
            });
            if downloaded.is_some() {
                return Ok(Installed {
                    directory,
                    version: name,
                });
            }
        }
        report::timed(
            &format!("{name}: compiling it, which takes {}", self.patience),
            || self.compile_into(&home),
        )?;
        anyhow::ensure!(
            self.works_in(&directory),
            "{name} was compiled into {} but does not run",
            directory.display()
        );
        Ok(Installed {
            directory,
            version: name,
        })
    }

    /// The directory on `PATH` that has all its binaries in the right version.
    fn on_path(&self) -> Option<PathBuf> {
        let first = process::on_path(self.binaries.first()?)?;
        let directory = first.parent()?.to_owned();
        self.works_in(&directory).then_some(directory)
    }

    /// Whether all its binaries are here, and the first one runs and has the right version.
    fn works_in(&self, directory: &Path) -> bool {
        let mut paths = self
            .binaries
            .iter()
            .map(|name| process::executable(directory, name));
        let Some(Some(first)) = paths.next() else {
            return false;
        };
        paths.all(|path| path.is_some())
            && process::version(&first).is_some_and(|line| process::names_version(&line, &self.version))
    }

    /// Compiles it without optimisation: it runs for seconds a day, and everybody waits for it once.
    fn compile_into(&self, home: &Path) -> Result<()> {
        // What is compiled so far survives an interruption, and goes once it is done.
        let build = home.join("build");
        let mut command = cargo();
        command
            .args([
                "install",
                self.package,
                "--version",
                &self.version,
                "--debug",
                "--force",
            ])
            .args(self.compile)
            .arg("--root")
            .arg(home)
            .arg("--target-dir")
            .arg(&build)
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("CARGO_TARGET_DIR");
        process::run(&mut command).with_context(|| format!("{} can't be installed", self.package))?;
        if let Err(error) = fs::remove_dir_all(&build) {
            report::note(&format!("{} can be deleted: {error}", build.display()));
        }
        Ok(())
    }
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Result<String> {
    let path = paths::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    version_in_lock(&lock, package).with_context(|| format!("Cargo.lock names no {package}"))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_says_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "bindgen"), None);
    }
}
