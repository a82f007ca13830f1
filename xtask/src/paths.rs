//! Where things are.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    // Cargo says it at run time; the fallback serves whoever starts the built program by hand.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    manifest.parent().map_or_else(|| manifest.clone(), PathBuf::from)
}

/// The finished application client, ready to be served.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target directory.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |directory| root().join(directory))
}

/// The npm packages that building and testing need.
pub(crate) fn node() -> PathBuf {
    root().join("xtask").join("node")
}

/// What npm installed.
pub(crate) fn node_modules() -> PathBuf {
    node().join("node_modules")
}

/// Where the tools are kept for all clones of this user: `$OPENVIDU_YEW_CACHE`, else `openvidu-yew` in the
/// platform's cache directory.
pub(crate) fn cache() -> Result<PathBuf> {
    if let Some(directory) = variable("OPENVIDU_YEW_CACHE") {
        return std::path::absolute(&directory)
            .with_context(|| format!("`{}` is no path", directory.display()));
    }
    let parent = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library").join("Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    let parent =
        parent.context("there is no home directory for the tools: set OPENVIDU_YEW_CACHE to a directory")?;
    Ok(parent.join("openvidu-yew"))
}

/// A path from an environment variable that is set and not empty.
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
