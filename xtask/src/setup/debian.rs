//! Debian's Rust as the compiler for the browser, where rustup can't reach its server.
//!
//! Debian ships no standard library for the target, but its sources. It is built once, as a by-product of an empty
//! crate, and copied to where rustc looks for it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use super::{
    system_packages,
    wasm_target::{TARGET, WasmCompiler, has_standard_library},
};
use crate::{fingerprint, paths, process, report};

/// The compiler, cargo, the sources of the standard library, and the linker for wasm.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];

/// Installs the packages and builds the standard library, unless they are there.
pub(super) fn ensure() -> Result<WasmCompiler> {
    let (rustc, cargo) = (PathBuf::from("/usr/bin/rustc"), PathBuf::from("/usr/bin/cargo"));
    let installed = process::output(Command::new("dpkg-query").args(["--show"]).args(PACKAGES)).is_ok();
    if !installed || !rustc.exists() {
        system_packages::install(&PACKAGES)?;
    }
    install_linker()?;
    let version = process::version(&rustc).context("Debian's rustc does not run")?;
    let sysroot = process::output(Command::new(&rustc).args(["--print", "sysroot"]))?;
    let libraries = Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib");

    // Libraries of another compiler version are of no use.
    let stamp = paths::cache()?.join("debian-standard-library");
    if has_standard_library(&libraries) && fingerprint::is_fresh(&stamp, &version) {
        report::found(TARGET, format!("Debian's {version}"));
    } else {
        report::timed(
            &format!("{TARGET}: compiling the standard library with Debian's {version}, about a minute"),
            || {
                build(&rustc, &cargo, &libraries)?;
                fingerprint::remember(&stamp, &version)
            },
        )?;
    }
    Ok(WasmCompiler::Debian { rustc, cargo })
}

/// The linker is a link to LLVM's, whose package goes by its version, and nothing depends on it.
fn install_linker() -> Result<()> {
    let linker = Path::new("/usr/bin/rust-lld");
    if linker.exists() {
        return Ok(());
    }
    let target = fs::read_link(linker).context("Debian's compiler has no linker for wasm")?;
    let package = target
        .file_name()
        .and_then(|name| name.to_str())
        .context("the linker has no name")?;
    system_packages::install(&[package])
}

fn build(rustc: &Path, cargo: &Path, libraries: &Path) -> Result<()> {
    let home = paths::cache()?.join("debian-standard-library-build");
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| format!("can't delete {}", home.display()))?;
    }
    fs::create_dir_all(home.join("src"))?;
    fs::write(home.join("src/lib.rs"), "")?;
    fs::write(
        home.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    let mut command = Command::new(cargo);
    command
        .current_dir(&home)
        .args([
            "build",
            "--release",
            "-Zbuild-std=std,test,panic_abort,proc_macro",
            "--target",
            TARGET,
            "--target-dir",
            "target",
        ])
        .env("RUSTC", rustc)
        .env("PATH", process::path_with(&["/usr/bin".into()])?)
        // The unstable flag; and bitcode, because the application client is optimised at link time.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO_TARGET_DIR");
    process::run(&mut command).context("the standard library can't be compiled")?;

    let built = home.join("target").join(TARGET).join("release/deps");
    let rlibs: Vec<_> = fs::read_dir(&built)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rlib"))
        .filter(|path| {
            !path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("libempty-"))
        })
        .collect();
    ensure!(!rlibs.is_empty(), "no libraries in {}", built.display());
    process::run(system_packages::as_root("rm")?.arg("-rf").arg(libraries))?;
    process::run(system_packages::as_root("mkdir")?.arg("-p").arg(libraries))?;
    process::run(system_packages::as_root("cp")?.args(&rlibs).arg(libraries))?;
    fs::remove_dir_all(&home).with_context(|| format!("can't delete {}", home.display()))
}
