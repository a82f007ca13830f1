//! Command-line tools: taken from `PATH`, else from this user's cache, else downloaded, else compiled.

#[cfg(test)]
mod tests;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};

use super::{
    cargo,
    download::{Archive, Releases},
};
use crate::{lock, paths, process, report};

static RELEASES: Releases = Releases::new(&[]);

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

impl Tool {
    /// Finds or installs it.
    pub(super) fn ensure(&self) -> Result<Installed> {
        let directory = match self.on_path() {
            Some(directory) => directory,
            None => {
                let home = paths::cache()?.join(format!("{}-{}", self.package, self.version));
                self.ensure_in(&home, &RELEASES, |home| self.compile_into(home))?
            }
        };
        let version = self.name();
        report::found(&version, directory.display());
        Ok(Installed { directory, version })
    }

    /// Finds or installs it in `home`, and returns where its binaries are. `compile` puts them into `bin` below.
    fn ensure_in(
        &self,
        home: &Path,
        releases: &Releases,
        compile: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<PathBuf> {
        let directory = home.join("bin");
        if self.works_in(&directory) {
            return Ok(directory);
        }
        let _lock = lock::exclusive(&home.join("lock"), &self.name())?;
        // Another set-up may have installed it meanwhile.
        if self.works_in(&directory) || self.downloads_into(home, releases) {
            return Ok(directory);
        }
        report::timed(
            &format!("{}: compiling it, which takes {}", self.name(), self.patience),
            || compile(home),
        )?;
        ensure!(
            self.works_in(&directory),
            "{} was compiled into {} but does not run",
            self.name(),
            directory.display()
        );
        Ok(directory)
    }

    /// Installs a prebuilt one in `home`, if one can be had and works.
    fn downloads_into(&self, home: &Path, releases: &Releases) -> bool {
        let Some(archive) = self.archive.as_ref().filter(|_| releases.may_be_reached()) else {
            return false;
        };
        let downloaded = report::attempt(&format!("{}: downloading a prebuilt binary", self.name()), || {
            let staging = home.join("download");
            remove(&staging)?;
            let result = archive
                .unpack(releases, self.binaries, &staging)
                .and_then(|binaries| self.accept(&binaries, &home.join("bin")));
            remove(&staging)?;
            result
        });
        downloaded.is_some()
    }

    /// Takes downloaded binaries over if they work here.
    fn accept(&self, downloaded: &Path, directory: &Path) -> Result<()> {
        ensure!(
            self.works_in(downloaded),
            "it does not run on this machine, or is of another version"
        );
        remove(directory)?;
        fs::rename(downloaded, directory).with_context(|| format!("can't create {}", directory.display()))
    }

    /// Name and version, for people.
    fn name(&self) -> String {
        format!("{} {}", self.package, self.version)
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
            .args(["install", self.package, "--version", &self.version])
            .args(["--debug", "--force"])
            .args(self.compile)
            .arg("--root")
            .arg(home)
            .arg("--target-dir")
            .arg(&build)
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_INCREMENTAL", "0")
            // Nobody has to do anything about these: what a tool is made of, and that its directory is not on PATH.
            .env("CARGO_FUTURE_INCOMPAT_REPORT_FREQUENCY", "never")
            .env("PATH", process::path_with(&[home.join("bin")])?)
            .env_remove("CARGO_TARGET_DIR");
        process::run(&mut command).with_context(|| format!("{} can't be installed", self.package))?;
        if let Err(error) = remove(&build) {
            report::note(&format!("{error:#}"));
        }
        Ok(())
    }
}

/// Deletes a directory, if it is there.
fn remove(directory: &Path) -> Result<()> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't delete {}", directory.display()))
        }
        _ => Ok(()),
    }
}
