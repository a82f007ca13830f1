//! One end-to-end test.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use futures::FutureExt;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::process::ProcessLog;
use crate::{
    App, ApplicationServer, Browser, Chromedriver, Crowd, Devices, Environment, Faults, Proxy,
    TutorialBackEnd,
};

/// How many cases run at the same time: each has two or three browsers that encode and decode video.
const AT_THE_SAME_TIME: usize = 2;

/// How long a case may take.
const DEADLINE: Duration = Duration::from_secs(120);

/// One end-to-end test: what it started, so that it can be reported and ended.
#[derive(Debug)]
pub struct Case {
    environment: Environment,
    chromedriver: Arc<Chromedriver>,
    server_log: ProcessLog,
    browsers: RefCell<Vec<Arc<Browser>>>,
    /// What browsers are connected to. It goes after they have, so that their last words are not about its end.
    kept: RefCell<Vec<Arc<dyn Any>>>,
}

/// Why a test failed: what was waited for, and what was there instead. No backtraces: they would only show the runtime.
pub struct Failure(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let causes: Vec<_> = self.0.chain().map(ToString::to_string).collect();
        f.write_str(&causes.join("\n  because: "))
    }
}

/// Runs one end-to-end test. Whatever happens, the browsers are closed. A console error that was not announced with
/// [`Browser::expect_console`] fails it. When it fails, what helps to understand it is kept in `target/e2e/NAME`.
///
/// # Errors
///
/// When the test fails.
pub async fn case(name: &str, body: impl AsyncFnOnce(&Case) -> Result<()>) -> Result<(), Failure> {
    static PERMITS: Semaphore = Semaphore::const_new(AT_THE_SAME_TIME);
    let environment = Environment::find()?;
    let chromedriver = Chromedriver::shared(&environment).await?;
    let _permit = PERMITS.acquire().await?;
    let folder = environment.output.join(name);
    if folder.exists() {
        tokio::fs::remove_dir_all(&folder).await?;
    }

    let case = Case {
        environment,
        chromedriver,
        server_log: ProcessLog::default(),
        browsers: RefCell::default(),
        kept: RefCell::default(),
    };
    let run = async {
        body(&case).await?;
        case.ensure_quiet_consoles().await
    };
    let outcome = match timeout(DEADLINE, std::panic::AssertUnwindSafe(run).catch_unwind()).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(panic)) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(anyhow!("the test panicked: {}", text.unwrap_or("without a text")))
        }
        Err(_) => Err(anyhow!("the test did not end within {DEADLINE:?}")),
    };
    let outcome = match outcome {
        Ok(()) => Ok(()),
        Err(error) => {
            let kept = case.report(&folder, &error).await;
            let kept = kept.map_or_else(
                |e| format!("nothing could be kept: {e:#}"),
                |()| format!("see {}", folder.display()),
            );
            Err(error.context(format!("{name} failed; {kept}")))
        }
    };
    let closed = case.quit().await;
    outcome.and(closed).map_err(Failure)
}

impl Case {
    /// Starts the server under test.
    ///
    /// # Errors
    ///
    /// When it doesn't get ready.
    pub async fn server(&self) -> Result<Arc<ApplicationServer>> {
        let server = ApplicationServer::start(&self.environment, self.server_log.clone()).await?;
        Ok(self.keep(server))
    }

    /// Starts a server whose page gets its tokens from `application_server`, and which is told where they lead, or isn't.
    ///
    /// # Errors
    ///
    /// When it doesn't get ready.
    pub async fn page_for(
        &self,
        application_server: &str,
        deployment: Option<&str>,
    ) -> Result<Arc<ApplicationServer>> {
        let log = self.server_log.clone();
        let server =
            ApplicationServer::start_for_another(&self.environment, application_server, deployment, log)
                .await?;
        Ok(self.keep(server))
    }

    /// Starts a tutorial's back end, which serves the app and mints tokens of this server's deployment.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn back_end(&self, server: &ApplicationServer) -> Result<Arc<TutorialBackEnd>> {
        let back_end = TutorialBackEnd::start(&self.environment, server.rest()).await?;
        Ok(self.keep(back_end))
    }

    /// Puts a piece of network in front of a port.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn proxy(&self, upstream_port: u16) -> Result<Arc<Proxy>> {
        Ok(self.keep(Proxy::start(upstream_port).await?))
    }

    /// Opens a browser.
    ///
    /// # Errors
    ///
    /// When it doesn't start.
    pub async fn browser(&self, name: &str, devices: Devices, faults: &Faults) -> Result<Arc<Browser>> {
        let browser =
            Arc::new(Browser::start(&self.chromedriver, &self.environment, name, devices, faults).await?);
        self.browsers.borrow_mut().push(Arc::clone(&browser));
        Ok(browser)
    }

    /// Opens the application client at `url` in a browser with camera and microphone.
    ///
    /// # Errors
    ///
    /// When there is no form.
    pub async fn app(&self, name: &str, url: &str) -> Result<App> {
        self.app_with(name, url, Devices::default(), &Faults::default())
            .await
    }

    /// Opens the application client at `url` in a browser with chosen devices and faults.
    ///
    /// # Errors
    ///
    /// When there is no form.
    pub async fn app_with(&self, name: &str, url: &str, devices: Devices, faults: &Faults) -> Result<App> {
        let app = App::new(self.browser(name, devices, faults).await?);
        app.open(url).await?;
        Ok(app)
    }

    /// Opens the page of foreign participants.
    ///
    /// # Errors
    ///
    /// When it can't be opened.
    pub async fn crowd(&self) -> Result<Arc<Crowd>> {
        let browser = self
            .browser("crowd", Devices::default(), &Faults::default())
            .await?;
        // This page is not under test.
        browser.expect_console(&[""]);
        Ok(self.keep(Crowd::open(&self.environment, browser).await?))
    }

    /// Opens the page of foreign participants in a browser of this name, with everything recorded that goes over its
    /// websockets: for [`Participant`](crate::Participant)s. Its console is not excused.
    ///
    /// # Errors
    ///
    /// When it can't be opened.
    pub async fn recorded_crowd(&self, name: &str) -> Result<Arc<Crowd>> {
        let browser = self.browser(name, Devices::default(), &Faults::default()).await?;
        browser.preload(include_str!("page/wire.js")).await?;
        Ok(self.keep(Crowd::open(&self.environment, browser).await?))
    }

    fn keep<T: 'static>(&self, thing: T) -> Arc<T> {
        let thing = Arc::new(thing);
        self.kept.borrow_mut().push(Arc::clone(&thing) as Arc<dyn Any>);
        thing
    }

    async fn ensure_quiet_consoles(&self) -> Result<()> {
        for browser in self.opened() {
            let errors = browser.unexpected_errors().await?;
            let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
            ensure!(
                errors.is_empty(),
                "{} has errors on its console:\n{}",
                browser.name(),
                texts.join("\n")
            );
        }
        Ok(())
    }

    async fn report(&self, folder: &PathBuf, error: &anyhow::Error) -> Result<()> {
        tokio::fs::create_dir_all(folder).await?;
        tokio::fs::write(folder.join("failure.txt"), format!("{error:#}\n")).await?;
        tokio::fs::write(folder.join("server.log"), self.server_log.text()).await?;
        for browser in self.opened() {
            browser
                .report(folder)
                .await
                .with_context(|| format!("the report of {}", browser.name()))?;
        }
        Ok(())
    }

    async fn quit(&self) -> Result<()> {
        let mut failures = Vec::new();
        for browser in self.opened() {
            if let Err(error) = browser.quit().await {
                failures.push(format!("{error:#}"));
            }
        }
        if !failures.is_empty() {
            bail!("{}", failures.join("\n"));
        }
        Ok(())
    }

    fn opened(&self) -> Vec<Arc<Browser>> {
        self.browsers.borrow().clone()
    }
}
