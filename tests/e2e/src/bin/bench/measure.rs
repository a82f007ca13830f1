//! One call, measured.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{
    ApplicationServer, Browser, Chromedriver, Crowd, Devices, Environment, Faults, Foreigner, Proxy, SHORT,
    until,
};
use serde::Serialize;
use serde_json::Value;

use crate::page::Page;
use crate::timeline::{SCRIPT, Timeline};

/// The session that both pages propose.
const SESSION: &str = "SessionA";

/// What is emulated between browser and server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Network {
    /// Nothing: this machine's own loopback.
    Loopback,
    /// 100 ms of round trip for HTTP and WebSocket. Media are not delayed.
    RoundTrip100,
}

/// What one call gave. Times in milliseconds, sizes in bytes.
pub(crate) type Sample = BTreeMap<Metric, f64>;

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Metric {
    /// Everything that was loaded until the form could be used, as transferred, without the SDK and without the app behind the form.
    FormBytes,
    /// The app behind the form, as transferred.
    AppBytes,
    /// The SDK, as transferred.
    SdkBytes,
    /// From the start of navigation until the form could be used.
    FormUsable,
    /// From the start of navigation until the app had taken the form over.
    AppRuns,
    /// From JOIN until one's own picture was seen; 0 if it was seen already.
    OwnPicture,
    /// From JOIN until somebody else's picture was seen.
    FirstRemoteFrame,
    /// From JOIN until somebody else saw one's picture.
    SeenByOther,
    /// Work on the main thread during a second of call, in milliseconds.
    MainThread,
    /// JavaScript heap after a collection, and WebAssembly memory.
    Memory,
    /// A step on the way, from JOIN.
    Step(String),
}

/// What is needed for measuring.
#[derive(Debug)]
pub(crate) struct Laboratory<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) chromedriver: &'a Chromedriver,
    pub(crate) bare: &'a Path,
    pub(crate) crowd: &'a Crowd,
    /// How long the work on the main thread is watched.
    pub(crate) window: Duration,
}

impl Laboratory<'_> {
    /// Lets a fresh browser join a session with some participants on a fresh server, and leave it.
    pub(crate) async fn call(
        &self,
        page: Page,
        network: Network,
        others: usize,
        load: bool,
    ) -> Result<Sample> {
        let environment = Environment {
            dist: page.folder(self.environment, self.bare).to_path_buf(),
            ..self.environment.clone()
        };
        let proxy = match network {
            Network::Loopback => None,
            Network::RoundTrip100 => Some(Proxy::start(0).await?),
        };
        let server = ApplicationServer::launch(&environment, proxy.as_ref()).await?;
        if let Some(proxy) = &proxy {
            proxy.delay(Duration::from_millis(50));
        }
        let url = proxy.as_ref().map_or_else(|| server.url(), Proxy::url);

        let mut people = vec![Foreigner::named("Bo")];
        people.extend((1..others).map(|i| Foreigner::named(&format!("Other {i}")).deaf()));
        let ids = self.crowd.join_all(&server.rest(), SESSION, &people).await?;

        let browser = Browser::start(
            self.chromedriver,
            &environment,
            "measured",
            Devices::default(),
            &Faults::default(),
        )
        .await?;
        let sample = self.measure(&browser, &url, page, others, load).await;
        let left = self.crowd.leave(&ids).await;
        browser.quit().await?;
        left?;
        sample.with_context(|| format!("{page:?}, {network:?}, {others} others"))
    }

    async fn measure(
        &self,
        browser: &Browser,
        url: &str,
        page: Page,
        others: usize,
        load: bool,
    ) -> Result<Sample> {
        browser.preload(SCRIPT).await?;
        browser.open(url).await?;
        // A person takes longer to press JOIN than the SDK takes to load, on either page, and than a camera takes to open where
        // the page opens it for a preview.
        let before = until(
            "the form and, behind it, the app, the SDK and the preview",
            SHORT,
            async || {
                let timeline = Timeline::read(browser).await?;
                timeline.form_usable()?;
                timeline.app_runs()?;
                if page == Page::Ours {
                    timeline.own_picture()?;
                }
                ensure!(
                    timeline
                        .requests
                        .iter()
                        .any(|request| request.is_sdk() && request.bytes > 0.0),
                    "no SDK yet"
                );
                Ok(timeline)
            },
        )
        .await?;
        browser.click("#join input[name=commit]").await?;

        let (here, seen) = until("everybody sees everybody", SHORT, async || {
            let here = Timeline::read(browser).await?;
            here.own_picture()?;
            ensure!(
                here.remotes() >= others,
                "{} of {others} others are seen",
                here.remotes()
            );
            let there = Timeline::read(self.crowd.browser()).await?;
            let seen = there.remote_frame_since(here.join()?)?;
            Ok((here, seen))
        })
        .await?;

        let mut sample = times(&before, &here, seen)?;
        if load {
            sample.extend(self.load(browser).await?);
        }
        let errors = browser.unexpected_errors().await?;
        ensure!(errors.is_empty(), "errors on the console: {errors:?}");
        Ok(sample)
    }

    async fn load(&self, browser: &Browser) -> Result<Sample> {
        let cdp = browser.driver().cdp();
        cdp.performance().enable().await?;
        let busy = task_seconds(browser).await?;
        let start = tokio::time::Instant::now();
        tokio::time::sleep(self.window).await;
        let worked = task_seconds(browser).await? - busy;
        let main_thread = 1000.0 * worked / start.elapsed().as_secs_f64();

        cdp.send_raw("HeapProfiler.collectGarbage", ()).await?;
        let heap = metric(browser, "JSHeapUsedSize").await?;
        let wasm = Timeline::read(browser).await?.wasm_bytes;
        Ok(BTreeMap::from([
            (Metric::MainThread, main_thread),
            (Metric::Memory, heap + wasm),
        ]))
    }
}

fn times(before: &Timeline, after: &Timeline, seen: f64) -> Result<Sample> {
    let usable = before.form_usable()?;
    let join = after.join()?;
    let bytes = |which: &dyn Fn(&&crate::timeline::Request) -> bool| {
        before
            .requests
            .iter()
            .filter(which)
            .map(|request| request.bytes)
            .sum::<f64>()
    };
    let mut sample = BTreeMap::from([
        (
            Metric::FormBytes,
            bytes(&|request| !request.is_sdk() && !request.is_app() && request.end <= usable),
        ),
        (Metric::SdkBytes, bytes(&|request| request.is_sdk())),
        (Metric::FormUsable, usable - before.navigation),
        (Metric::AppRuns, before.app_runs()? - before.navigation),
        // A preview may have shown it before.
        (Metric::OwnPicture, (after.own_picture()? - join).max(0.0)),
        (Metric::FirstRemoteFrame, after.remote_frame_since(join)? - join),
        (Metric::SeenByOther, seen - join),
    ]);
    let app = bytes(&|request| request.is_app());
    if app > 0.0 {
        sample.insert(Metric::AppBytes, app);
    }
    sample.extend(
        after
            .marks
            .iter()
            .map(|(step, at)| (Metric::Step(step.clone()), at - join)),
    );
    if let Some(token) = after
        .requests
        .iter()
        .filter(|r| r.path.starts_with("/api/"))
        .map(|r| r.end)
        .max_by(f64::total_cmp)
    {
        sample.insert(Metric::Step("token received".to_owned()), token - join);
    }
    Ok(sample)
}

/// How long the main thread has worked so far.
async fn task_seconds(browser: &Browser) -> Result<f64> {
    metric(browser, "TaskDuration").await
}

async fn metric(browser: &Browser, name: &str) -> Result<f64> {
    let metrics = browser
        .driver()
        .cdp()
        .send_raw("Performance.getMetrics", ())
        .await?;
    let metrics = metrics["metrics"].as_array().context("no metrics")?;
    let named = metrics.iter().find(|metric| metric["name"] == name);
    named
        .and_then(|metric| metric["value"].as_f64())
        .with_context(|| format!("no {name} in {}", Value::from(metrics.clone())))
}
