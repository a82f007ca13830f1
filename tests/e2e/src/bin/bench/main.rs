//! How our release page compares with a bare page without any framework.
//!
//! Both are measured in turns in the same run, each in a fresh browser with a cold cache, each served by a fresh application
//! server of the same build, with the same compression, and joined by the same kind of participants. JOIN is pressed once app and
//! SDK have been loaded on either page, as a person would need longer than that.
//!
//! - *form usable*: the form was painted (`first-contentful-paint`), its fields are filled in, its button is enabled, and somebody
//!   listens for `submit`, who acts on it at once or keeps it for the app;
//! - *app runs*: the app has taken the form over; on the bare page, which has nothing else, somebody listens for `submit`;
//! - *picture*, *frame*, *seen*: the first frame that a `<video>` presents (`requestVideoFrameCallback`), counted from `submit`;
//! - *main thread*: `TaskDuration` of the DevTools protocol; *memory*: `JSHeapUsedSize` after a collection, and WebAssembly's memory.

mod measure;
mod page;
mod report;
mod statistics;
mod timeline;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;
use e2e::{Browser, Chromedriver, Crowd, Devices, Environment, Faults};

use measure::{Laboratory, Network, Sample};
use page::Page;
use report::Condition;

/// Compares the release page with a bare page.
#[derive(Debug, Parser)]
struct Arguments {
    /// Calls measured of each page under each condition.
    #[arg(long, default_value_t = 10)]
    runs: usize,
    /// Seconds during which the work on the main thread is watched.
    #[arg(long, default_value_t = 5)]
    window: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let environment = Environment::find()?;
    let output = environment.output.with_file_name("bench");
    let bare = page::assemble_bare(&environment, &output)?;
    let chromedriver = Chromedriver::shared(&environment).await?;

    let browser = Browser::start(
        &chromedriver,
        &environment,
        "crowd",
        Devices::default(),
        &Faults::default(),
    )
    .await?;
    let browser = Arc::new(browser);
    let measured = async {
        browser.preload(timeline::SCRIPT).await?;
        let crowd = Crowd::open(&environment, Arc::clone(&browser)).await?;
        let window = Duration::from_secs(arguments.window);
        let laboratory = Laboratory {
            environment: &environment,
            chromedriver: &chromedriver,
            bare: &bare,
            crowd: &crowd,
            window,
        };
        measure_all(&laboratory, arguments.runs).await
    }
    .await;
    browser.quit().await?;
    let conditions = measured?;

    let json = output.join("benchmark.json");
    std::fs::write(&json, serde_json::to_string_pretty(&conditions)?)
        .with_context(|| format!("can't write {}", json.display()))?;
    let mut stdout = std::io::stdout().lock();
    write!(stdout, "{}", report::table(&conditions, arguments.runs)?)?;
    writeln!(stdout, "Every value: {}", json.display())?;
    Ok(())
}

async fn measure_all(laboratory: &Laboratory<'_>, runs: usize) -> Result<Vec<Condition>> {
    let mut conditions = Vec::new();
    for (network, others, load) in [
        (Network::Loopback, 1, true),
        (Network::RoundTrip100, 1, false),
        (Network::Loopback, 4, true),
    ] {
        let mut samples: BTreeMap<Page, Vec<Sample>> = BTreeMap::new();
        // The first of each page only warms the machine up.
        for run in 0..=runs {
            // Whoever comes second finds a warmer machine: take turns in that, too.
            let mut pages = Page::BOTH;
            pages.rotate_left(run % Page::BOTH.len());
            for page in pages {
                writeln!(
                    std::io::stderr(),
                    "{network:?}, {others} others, run {run} of {runs}: {page:?}"
                )?;
                let sample = laboratory.call(page, network, others, load).await?;
                if run > 0 {
                    samples.entry(page).or_default().push(sample);
                }
            }
        }
        conditions.push(Condition::of(network, others, &samples));
    }
    Ok(conditions)
}
