//! A compiler for the browser: the developer's own toolchain with the wasm target, else Debian's.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::debian;
use crate::{process, report};

/// The target triple of the application client.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What compiles for the browser.
#[derive(Debug)]
pub(crate) enum WasmCompiler {
    /// The toolchain that everything else is built with.
    Toolchain,
    /// Debian's packages, where the toolchain's own target can't be had.
    Debian {
        /// Debian's rustc.
        rustc: PathBuf,
        /// Debian's cargo.
        cargo: PathBuf,
    },
}

impl WasmCompiler {
    /// Name and version of the compiler.
    pub(crate) fn version(&self) -> String {
        let rustc = match self {
            Self::Toolchain => Path::new("rustc"),
            Self::Debian { rustc, .. } => rustc,
        };
        process::version(rustc).unwrap_or_else(|| "rustc of unknown version".to_owned())
    }
}

/// Finds or installs the target.
pub(super) fn ensure() -> Result<WasmCompiler> {
    if is_installed() {
        report::found(TARGET, "part of the toolchain");
        return Ok(WasmCompiler::Toolchain);
    }
    if process::on_path("rustup").is_some() {
        let added = report::attempt(&format!("{TARGET}: adding it to the toolchain"), || {
            process::run(std::process::Command::new("rustup").args(["target", "add", TARGET]))?;
            anyhow::ensure!(
                is_installed(),
                "rustup says it is there, but rustc does not find it"
            );
            Ok(())
        });
        if added.is_some() {
            return Ok(WasmCompiler::Toolchain);
        }
    }
    debian::ensure().with_context(|| {
        format!("there is no compiler for {TARGET}: install it with `rustup target add {TARGET}`, or where rustup can't reach its server, on Debian as root or with sudo")
    })
}

/// Whether rustc has the target's standard library.
fn is_installed() -> bool {
    let mut rustc = std::process::Command::new("rustc");
    let libraries = process::output(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    libraries.is_ok_and(|directory| has_standard_library(Path::new(directory.trim())))
}

/// Whether the directory of a target's libraries has `std` in it.
pub(super) fn has_standard_library(directory: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}
