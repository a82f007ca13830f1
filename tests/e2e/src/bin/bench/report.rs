//! What came out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use crate::measure::{Metric, Network, Sample};
use crate::page::Page;
use crate::statistics::Summary;

/// Everything that was measured under one condition.
#[derive(Debug, Serialize)]
pub(crate) struct Condition {
    pub(crate) network: Network,
    pub(crate) others: usize,
    pub(crate) results: Vec<PageResults>,
}

/// What one page gave under a condition.
#[derive(Debug, Serialize)]
pub(crate) struct PageResults {
    pub(crate) page: Page,
    pub(crate) metrics: Vec<MetricResult>,
}

/// What the runs of one page gave for one metric.
#[derive(Debug, Serialize)]
pub(crate) struct MetricResult {
    pub(crate) metric: Metric,
    #[serde(flatten)]
    pub(crate) summary: Summary,
}

impl Condition {
    /// Summarises runs.
    pub(crate) fn of(network: Network, others: usize, runs: &BTreeMap<Page, Vec<Sample>>) -> Self {
        let results = runs
            .iter()
            .map(|(page, samples)| PageResults {
                page: *page,
                metrics: summaries(samples),
            })
            .collect();
        Self {
            network,
            others,
            results,
        }
    }

    fn summary(&self, page: Page, metric: &Metric) -> Option<&Summary> {
        let results = self.results.iter().find(|results| results.page == page)?;
        results
            .metrics
            .iter()
            .find(|result| result.metric == *metric)
            .map(|result| &result.summary)
    }

    fn name(&self) -> String {
        let network = match self.network {
            Network::Loopback => "loopback",
            Network::RoundTrip100 => "100 ms round trip",
        };
        format!(
            "{network}, {} other{}",
            self.others,
            if self.others == 1 { "" } else { "s" }
        )
    }

    fn steps(&self) -> Vec<Metric> {
        let metrics = self.results.iter().flat_map(|results| &results.metrics);
        let steps = metrics
            .filter(|result| matches!(result.metric, Metric::Step(_)))
            .map(|result| result.metric.clone());
        let mut steps: Vec<_> = steps.collect();
        steps.sort();
        steps.dedup();
        let place = |step: &Metric| {
            self.summary(Page::Bare, step)
                .map_or(f64::MAX, |summary| summary.median)
        };
        steps.sort_by(|a, b| place(a).total_cmp(&place(b)));
        steps
    }
}

fn summaries(samples: &[Sample]) -> Vec<MetricResult> {
    let mut values: BTreeMap<&Metric, Vec<f64>> = BTreeMap::new();
    for (metric, value) in samples.iter().flatten() {
        values.entry(metric).or_default().push(*value);
    }
    let summarised = values
        .into_iter()
        .filter_map(|(metric, values)| Some((metric, Summary::of(values)?)));
    summarised
        .map(|(metric, summary)| MetricResult {
            metric: metric.clone(),
            summary,
        })
        .collect()
}

/// What is to be reached.
#[derive(Clone, Copy)]
enum Target {
    /// Ours divided by the bare page's.
    Ratio(f64),
    /// Ours alone.
    Bytes(f64),
    None,
}

fn target(network: Network, metric: &Metric) -> Target {
    match (metric, network) {
        (Metric::FormBytes | Metric::AppBytes, _) => Target::Bytes(100_000.0),
        (Metric::FormUsable, _) | (Metric::FirstRemoteFrame, Network::Loopback) => Target::Ratio(1.0),
        (Metric::FirstRemoteFrame, Network::RoundTrip100) => Target::Ratio(0.85),
        (Metric::OwnPicture | Metric::SeenByOther, _) => Target::Ratio(0.7),
        (Metric::SdkBytes | Metric::AppRuns | Metric::MainThread | Metric::Memory | Metric::Step(_), _) => {
            Target::None
        }
    }
}

/// The table for people: one line a metric and condition, then where the time goes.
pub(crate) fn table(conditions: &[Condition], runs: usize) -> Result<String> {
    let mut text = String::new();
    writeln!(
        text,
        "{:<58} {:>24} {:>24} {:>7}  target",
        "", "ours", "bare page", "ratio"
    )?;
    for condition in conditions {
        writeln!(text, "{}", condition.name())?;
        let metrics = [
            Metric::FormBytes,
            Metric::AppBytes,
            Metric::SdkBytes,
            Metric::FormUsable,
            Metric::AppRuns,
            Metric::OwnPicture,
            Metric::FirstRemoteFrame,
            Metric::SeenByOther,
            Metric::MainThread,
            Metric::Memory,
        ];
        for metric in &metrics {
            // Joining is measured with one other; with more, only what it costs to be in the call.
            if condition.others == 1 || matches!(metric, Metric::MainThread | Metric::Memory) {
                line(&mut text, condition, metric)?;
            }
        }
    }
    writeln!(text, "\nWhere the time goes: milliseconds from JOIN")?;
    for condition in conditions.iter().filter(|condition| condition.others == 1) {
        writeln!(text, "{}", condition.name())?;
        for step in condition.steps() {
            line(&mut text, condition, &step)?;
        }
    }
    writeln!(
        text,
        "\nMedian of {runs} runs each, in turns; in brackets, how far the middle half of them reaches."
    )?;
    Ok(text)
}

fn line(text: &mut String, condition: &Condition, metric: &Metric) -> Result<()> {
    let ours = condition.summary(Page::Ours, metric);
    let bare = condition.summary(Page::Bare, metric);
    if ours.is_none() && bare.is_none() {
        return Ok(());
    }
    let ratio = ours
        .zip(bare)
        .map(|(ours, bare)| ours.median / bare.median)
        .filter(|ratio| ratio.is_finite() && *metric != Metric::FormBytes);
    let verdict = |reached: bool| if reached { "reached" } else { "MISSED" };
    let goal = match target(condition.network, metric) {
        Target::Ratio(most) => ratio.map(|ratio| format!("≤ {most:.2} {}", verdict(ratio <= most))),
        Target::Bytes(most) => {
            ours.map(|ours| format!("≤ {:.0} kB {}", most / 1000.0, verdict(ours.median <= most)))
        }
        Target::None => None,
    };
    writeln!(
        text,
        "  {:<56} {:>24} {:>24} {:>7}  {}",
        label(metric),
        figures(metric, ours),
        figures(metric, bare),
        ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}")),
        goal.unwrap_or_default()
    )?;
    Ok(())
}

fn label(metric: &Metric) -> &str {
    match metric {
        Metric::FormBytes => "until the form can be used, without SDK [kB]",
        Metric::AppBytes => "the app behind the form [kB]",
        Metric::SdkBytes => "the SDK [kB]",
        Metric::FormUsable => "navigation to form usable [ms]",
        Metric::AppRuns => "navigation to app runs [ms]",
        Metric::OwnPicture => "JOIN to own picture [ms]",
        Metric::FirstRemoteFrame => "JOIN to first remote frame [ms]",
        Metric::SeenByOther => "JOIN to seen by the other [ms]",
        Metric::MainThread => "main thread [ms per second of call]",
        Metric::Memory => "JavaScript heap and WebAssembly memory [MB]",
        Metric::Step(step) => step,
    }
}

fn figures(metric: &Metric, summary: Option<&Summary>) -> String {
    let Some(Summary {
        median,
        quartiles: (low, high),
        ..
    }) = summary
    else {
        return "-".to_owned();
    };
    let (unit, digits) = match metric {
        Metric::FormBytes | Metric::AppBytes | Metric::SdkBytes => (1e3, 1),
        Metric::Memory => (1e6, 1),
        Metric::FormUsable
        | Metric::AppRuns
        | Metric::OwnPicture
        | Metric::FirstRemoteFrame
        | Metric::SeenByOther
        | Metric::MainThread
        | Metric::Step(_) => (1.0, 0),
    };
    format!(
        "{:.digits$} ({:.digits$} to {:.digits$})",
        median / unit,
        low / unit,
        high / unit
    )
}
