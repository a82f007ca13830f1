//! Builds the application client: trunk compiles and collects, [`finish`] makes it ready to be served.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    assets,
    fingerprint::{self, Fingerprint},
    finish, paths, process, report,
    setup::Tools,
    sizes,
};

/// Builds the application client into `dist`, unless nothing changed since the last time.
pub(crate) fn build(tools: &Tools) -> Result<()> {
    let _lock = lock()?;
    assets::bundle()?;
    let stamp = paths::dist().join(".fingerprint");
    if let Some(fingerprint) = fingerprint(tools)?
        && fingerprint::is_fresh(&stamp, &fingerprint)
    {
        report::found("application client", "up to date in dist");
        return Ok(());
    }

    // Not below a name that a cargo profile has: trunk empties the directory.
    let built = paths::root().join("target").join("page").join("built");
    report::timed("application client: compiling", || {
        let mut trunk = tools.command(&tools.trunk);
        // Offline, so that it takes the tools of the set-up and downloads none of its own.
        trunk
            .args(["build", "--release", "--offline", "--dist"])
            .arg(&built);
        if std::env::var_os("NO_COLOR").is_some() {
            // Everybody else takes any value for a yes; trunk insists on this one.
            trunk.env("NO_COLOR", "true");
        }
        process::run(&mut trunk)
    })?;
    report::timed("application client: finishing", || {
        finish::finish(&built, &paths::dist())
    })?;
    sizes::Report::of(&paths::dist())?.print();
    // Taken again, because only now cargo has said what the application client consists of.
    if let Some(fingerprint) = fingerprint(tools)? {
        fingerprint::remember(&stamp, &fingerprint)?;
    }
    Ok(())
}

/// Keeps two builds from mixing their files. Given back when dropped, or when the process ends.
fn lock() -> Result<File> {
    let directory = paths::root().join("target");
    fs::create_dir_all(&directory).with_context(|| format!("can't create {}", directory.display()))?;
    let path = directory.join("app.lock");
    let file = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
    if file.try_lock().is_err() {
        report::note("waiting for another build to end");
        file.lock().context("can't wait for another build")?;
    }
    Ok(file)
}

/// A hash over everything that the application client is made of, or none if it was never built.
fn fingerprint(tools: &Tools) -> Result<Option<String>> {
    let root = paths::root();
    let Some(sources) = sources(&root)? else {
        return Ok(None);
    };
    let manifests = sources.iter().filter_map(|source| manifest_of(source, &root));
    let mut inputs: Vec<PathBuf> = manifests.collect();
    inputs.dedup();
    inputs.extend(
        [
            "Cargo.toml",
            "Cargo.lock",
            "Trunk.toml",
            "index.html",
            "target/sdk/openvidu-browser.js",
            "target/sdk/app.css",
            "target/sdk/early_form.js",
        ]
        .map(|name| root.join(name)),
    );
    inputs.extend(["bundle.mjs", "compress.mjs", "package-lock.json"].map(|name| paths::node().join(name)));
    inputs.extend(files_below(&root.join("static"))?);
    inputs.extend(sources);

    let fingerprint = Fingerprint::default()
        .text(include_str!("finish.rs"))
        .files(inputs)?;
    let fingerprint = tools
        .versions
        .iter()
        .fold(fingerprint, |fingerprint, version| fingerprint.text(version));
    Ok(Some(fingerprint.finish()))
}

/// The source files that cargo says the application client was compiled from.
fn sources(root: &Path) -> Result<Option<Vec<PathBuf>>> {
    let path = paths::target().join("wasm32-unknown-unknown/app/openvidu-yew.d");
    let Ok(text) = fs::read_to_string(&path) else {
        return Ok(None);
    };
    let rule = text
        .lines()
        .next()
        .and_then(|line| line.split_once(": "))
        .map(|(_, files)| files);
    let files = rule.with_context(|| format!("can't understand {}", path.display()))?;
    Ok(Some(
        words(files).into_iter().map(|word| root.join(word)).collect(),
    ))
}

/// The words of a makefile's rule, in which a space inside a name is written `\ `.
fn words(rule: &str) -> Vec<String> {
    let protected = rule.replace("\\ ", "\0");
    protected
        .split_whitespace()
        .map(|word| word.replace('\0', " "))
        .collect()
}

/// The manifest of the crate that a source file belongs to.
fn manifest_of(source: &Path, root: &Path) -> Option<PathBuf> {
    let inside = source
        .ancestors()
        .skip(1)
        .take_while(|directory| directory.starts_with(root));
    inside
        .map(|directory| directory.join("Cargo.toml"))
        .find(|manifest| manifest.is_file())
}

/// All files in a directory and below.
pub(crate) fn files_below(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    let entries = fs::read_dir(directory).with_context(|| format!("can't read {}", directory.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_spaces_stay_whole() {
        assert_eq!(
            words(r"/a/src/lib.rs /my\ house/src/lib.rs"),
            ["/a/src/lib.rs", "/my house/src/lib.rs"]
        );
    }
}
