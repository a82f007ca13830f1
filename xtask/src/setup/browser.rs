//! A browser and its driver, for the tests.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;

use super::system_packages;
use crate::{paths, process, report};

/// A Chromium or Chrome, and the ChromeDriver that drives it.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Writes the capabilities that `wasm-bindgen-test-runner` starts the browser with, and returns where.
    pub(crate) fn webdriver_json(&self) -> Result<PathBuf> {
        let capabilities = json!({
            "goog:chromeOptions": {
                "binary": self.chrome,
                "args": [
                    "--headless=new",
                    // Chromium's sandbox does not work for root, as whom containers run.
                    "--no-sandbox",
                    "--disable-dev-shm-usage",
                    "--use-fake-device-for-media-stream",
                    "--use-fake-ui-for-media-stream",
                    "--autoplay-policy=no-user-gesture-required",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
            },
        });
        let path = paths::target().join("webdriver.json");
        std::fs::write(&path, capabilities.to_string())
            .with_context(|| format!("can't write {}", path.display()))?;
        Ok(path)
    }
}

/// Finds both, or installs them where Debian's packages can be had.
pub(super) fn ensure() -> Result<Browser> {
    if find().is_none()
        && let Err(error) = system_packages::install(&["chromium", "chromium-driver"])
    {
        report::note(&format!("{error:#}"));
    }
    let browser = find().context(
        "the tests need Chromium or Chrome and its ChromeDriver: install both, or say where they are with CHROME and CHROMEDRIVER",
    )?;
    report::found("browser", browser.chrome.display());
    report::found("driver", browser.driver.display());
    Ok(browser)
}

fn find() -> Option<Browser> {
    Some(Browser {
        chrome: chrome()?,
        driver: driver()?,
    })
}

fn chrome() -> Option<PathBuf> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ];
    let places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ];
    first("CHROME", &names, &places)
}

fn driver() -> Option<PathBuf> {
    // Hosted runners of continuous integration keep it in a directory that they name so.
    let hosted = std::env::var_os("CHROMEWEBDRIVER")
        .and_then(|directory| process::executable(Path::new(&directory), "chromedriver"));
    let places = [
        "/usr/lib/chromium/chromedriver",
        "/usr/lib/chromium-browser/chromedriver",
        "/snap/bin/chromium.chromedriver",
    ];
    first("CHROMEDRIVER", &["chromedriver"], &places).or(hosted)
}

/// What the variable says, else the first of these names on `PATH`, else the first of these places.
fn first(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    let said = std::env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    said.filter(|path| path.is_file())
        .or_else(|| names.iter().find_map(|name| process::on_path(name)))
        .or_else(|| places.iter().map(PathBuf::from).find(|path| path.is_file()))
}
