//! One browser of its own profile: one participant.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, Key, LoggingPrefsLogLevel};

use crate::console::{ConsoleEntry, Severity};
use crate::{Chromedriver, Devices, Environment, Faults};

/// Arguments of every browser: no window, no sandbox (tests may run as root in a container), nothing that looks up
/// addresses on its own, and no throttling of what isn't in front.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--window-size=1280,800",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--autoplay-policy=no-user-gesture-required",
];

/// How the browser begins its message about an exception or rejection that nobody handled.
const UNCAUGHT: &str = "Uncaught";

/// One browser with a fresh profile, and with instruments in every page that it loads.
#[derive(Debug)]
pub struct Browser {
    name: String,
    driver: WebDriver,
    console: Mutex<Vec<ConsoleEntry>>,
    expected: Mutex<Vec<String>>,
    closed: AtomicBool,
}

impl Browser {
    /// Starts a browser. `name` is for reports.
    ///
    /// # Errors
    ///
    /// When chromedriver refuses.
    pub async fn start(
        chromedriver: &Chromedriver,
        environment: &Environment,
        name: &str,
        devices: Devices,
        faults: &Faults,
    ) -> Result<Self> {
        let mut capabilities = DesiredCapabilities::chrome();
        capabilities.set_binary(&environment.chrome.to_string_lossy())?;
        for argument in ARGUMENTS.iter().chain(devices.arguments()) {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_experimental_option("prefs", devices.preferences())?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::new(chromedriver.url(), capabilities)
            .await
            .context("Chromium can't be started")?;
        let browser = Self {
            name: name.to_owned(),
            driver,
            console: Mutex::default(),
            expected: Mutex::default(),
            closed: AtomicBool::new(false),
        };
        browser.driver.set_script_timeout(Duration::from_secs(20)).await?;
        let instruments = [
            format!("const initialFaults = {};", serde_json::to_string(faults)?),
            format!(
                "const hiddenCamera = {};",
                serde_json::to_string(&devices.hidden_camera())?
            ),
            include_str!("page/instruments.js").to_owned(),
            include_str!("page/view.js").to_owned(),
            include_str!("page/media.js").to_owned(),
        ];
        // A function of its own, as the browser may run it more than once in the same global scope. Pages that the browser
        // doesn't trust, as an empty tab, have nothing to instrument.
        browser
            .preload(&format!(
                "(() => {{\nif (!window.isSecureContext) return;\n{}\n}})();",
                instruments.join("\n")
            ))
            .await?;
        Ok(browser)
    }

    /// Runs a script in every document from now on, before the document's own scripts.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn preload(&self, script: &str) -> Result<()> {
        self.driver
            .cdp()
            .page()
            .add_script_to_evaluate_on_new_document(script)
            .await?;
        Ok(())
    }

    /// Name for reports.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The driver's own interface.
    #[must_use]
    pub const fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Opens an address.
    ///
    /// # Errors
    ///
    /// When it can't be loaded.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.driver
            .goto(url)
            .await
            .with_context(|| format!("{}: {url} can't be opened", self.name))
    }

    /// Runs a function body in the page and waits for the promise that it may return.
    ///
    /// # Errors
    ///
    /// When it throws, or gives something else than `T`.
    pub async fn run<T: DeserializeOwned>(&self, body: &str, arguments: Vec<Value>) -> Result<T> {
        let value = self
            .driver
            .execute(body, arguments)
            .await
            .with_context(|| format!("{}: {body}", self.name))?;
        value
            .convert()
            .with_context(|| format!("{}: {body} gave {}", self.name, value.json()))
    }

    /// Clicks, like a person: the element must be visible and not covered.
    ///
    /// # Errors
    ///
    /// When it isn't there or can't be clicked.
    pub async fn click(&self, css: &str) -> Result<()> {
        let element = self
            .driver
            .find(By::Css(css))
            .await
            .with_context(|| format!("{}: no {css}", self.name))?;
        element
            .click()
            .await
            .with_context(|| format!("{}: {css} can't be clicked", self.name))
    }

    /// Replaces the text of a field with the keyboard, as a person does. ("Clear" of the protocol would empty it without an
    /// `input` event, which no person can.)
    ///
    /// # Errors
    ///
    /// When there is no such field.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self
            .driver
            .find(By::Css(css))
            .await
            .with_context(|| format!("{}: no {css}", self.name))?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Announces console errors that contain one of these texts: they are part of what is tested. Uncaught exceptions and
    /// unhandled rejections are excused only by a text that says so, or by the empty text, which excuses everything.
    pub fn expect_console(&self, texts: &[&str]) {
        let texts = texts.iter().map(|text| (*text).to_owned());
        self.expected
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(texts);
    }

    /// Everything on the console so far.
    ///
    /// # Errors
    ///
    /// When the browser is gone.
    pub async fn console(&self) -> Result<Vec<ConsoleEntry>> {
        if !self.closed.load(Ordering::SeqCst) {
            // The browser gives each entry only once.
            let new = self.driver.browser_log().await?;
            let mut console = self.console.lock().unwrap_or_else(PoisonError::into_inner);
            console.extend(new.into_iter().map(ConsoleEntry::from));
        }
        Ok(self
            .console
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone())
    }

    /// The errors on the console that nobody announced.
    ///
    /// # Errors
    ///
    /// When the browser is gone.
    pub async fn unexpected_errors(&self) -> Result<Vec<ConsoleEntry>> {
        let console = self.console().await?;
        let expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let unexpected = |entry: &ConsoleEntry| {
            let uncaught = entry.message.contains(UNCAUGHT);
            let announced = |text: &String| {
                text.is_empty() || entry.message.contains(text) && (!uncaught || text.contains(UNCAUGHT))
            };
            entry.severity == Severity::Error && !expected.iter().any(announced)
        };
        Ok(console.into_iter().filter(unexpected).collect())
    }

    /// Closes the tab that everything happened in; another, empty one stays.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn close_tab(&self) -> Result<()> {
        let empty = self.driver.new_tab().await?;
        self.driver.close_window().await?;
        self.driver.switch_to_window(empty).await?;
        Ok(())
    }

    /// Ends the browser. What was on the console is kept.
    ///
    /// # Errors
    ///
    /// When it can't be closed.
    pub async fn quit(&self) -> Result<()> {
        if self.closed.load(Ordering::SeqCst) {
            return Ok(());
        }
        let console = self.console().await;
        self.closed.store(true, Ordering::SeqCst);
        self.driver
            .clone()
            .quit()
            .await
            .with_context(|| format!("{} can't be closed", self.name))?;
        console.map(drop)
    }

    /// Keeps what helps to understand a failure: screenshot, page source and console.
    pub(crate) async fn report(&self, folder: &Path) -> Result<()> {
        let file = |extension: &str| folder.join(format!("{}.{extension}", self.name));
        let mut console = String::new();
        for entry in self.console().await? {
            writeln!(console, "{entry}")?;
        }
        tokio::fs::write(file("console.log"), console).await?;
        if self.closed.load(Ordering::SeqCst) {
            return Ok(());
        }
        tokio::fs::write(file("html"), self.driver.source().await?).await?;
        self.driver.screenshot(&file("png")).await?;
        Ok(())
    }
}
