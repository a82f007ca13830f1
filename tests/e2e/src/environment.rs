//! Where the things under test are.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Where the things under test are: named by environment variables, else where a build of this workspace puts them.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The release binary `application-server`: `OPENVIDU_YEW_SERVER`, else `target/release/application-server`.
    pub server: PathBuf,
    /// The built app: `OPENVIDU_YEW_DIST`, else `dist`.
    pub dist: PathBuf,
    /// Chromium or Chrome: `CHROME`, else the first of the usual names on PATH.
    pub chrome: PathBuf,
    /// `CHROMEDRIVER`, else `chromedriver` on PATH.
    pub chromedriver: PathBuf,
    /// The SDK's own script, `openvidu-browser-VERSION.min.js`, below `OPENVIDU_YEW_NODE_MODULES`, else below
    /// `xtask/node/node_modules`.
    pub sdk: PathBuf,
    /// Where reports of failures go: `target/e2e`.
    pub output: PathBuf,
}

impl Environment {
    /// Finds everything.
    ///
    /// # Errors
    ///
    /// One sentence about the first thing that is missing, with the remedy.
    pub fn find() -> Result<Self> {
        let root = workspace_root()?;
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let server = set_or("OPENVIDU_YEW_SERVER", || {
            target.join("release/application-server")
        });
        let dist = set_or("OPENVIDU_YEW_DIST", || root.join("dist"));
        let node_modules = set_or("OPENVIDU_YEW_NODE_MODULES", || {
            root.join("xtask/node/node_modules")
        });
        require(
            &server,
            "build it with `cargo build --release -p application-server` or name it in OPENVIDU_YEW_SERVER",
        )?;
        require(
            &dist.join("index.html"),
            "build the app with `cargo xtask start` or name its folder in OPENVIDU_YEW_DIST",
        )?;
        Ok(Self {
            server,
            dist,
            chrome: program(
                "CHROME",
                &[
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable",
                    "chrome",
                ],
            )?,
            chromedriver: program("CHROMEDRIVER", &["chromedriver"])?,
            sdk: sdk_script(&node_modules)?,
            output: target.join("e2e"),
        })
    }
}

fn workspace_root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .map(Path::to_path_buf)
        .context("the package e2e stands two levels below the workspace's root")
}

fn set_or(variable: &str, default: impl FnOnce() -> PathBuf) -> PathBuf {
    env::var_os(variable).map_or_else(default, PathBuf::from)
}

fn require(path: &Path, remedy: &str) -> Result<()> {
    if !path.exists() {
        bail!("{} is missing: {remedy}", path.display());
    }
    Ok(())
}

fn program(variable: &str, names: &[&str]) -> Result<PathBuf> {
    if let Some(path) = env::var_os(variable).map(PathBuf::from) {
        require(&path, &format!("{variable} names a file that does not exist"))?;
        return Ok(path);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    names
        .iter()
        .flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
        .with_context(|| {
            format!(
                "{} is not on PATH: install it or name it in {variable}",
                names.join(", nor ")
            )
        })
}

fn sdk_script(node_modules: &Path) -> Result<PathBuf> {
    let folder = node_modules.join("openvidu-browser/static/js");
    let remedy = "install the npm package openvidu-browser with `cargo xtask start` or name node_modules in OPENVIDU_YEW_NODE_MODULES";
    require(&folder, remedy)?;
    for entry in folder
        .read_dir()
        .with_context(|| format!("can't read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".min.js") {
            return Ok(path);
        }
    }
    bail!("there is no minified script in {}: {remedy}", folder.display())
}
