//! A row of stages that all run, each named and timed, with a table at the end.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::report;

/// What ran so far.
#[derive(Default)]
pub(crate) struct Stages(Vec<(String, Outcome)>);

enum Outcome {
    Passed(Duration),
    Failed(Duration),
    /// Not run, and why.
    Skipped(String),
}

impl Stages {
    /// Runs a stage. A failure is reported here and counts at the end; it gives `None`.
    pub(crate) fn run<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        println!("\n== {name}");
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        match result {
            Ok(value) => {
                self.0.push((name.to_owned(), Outcome::Passed(took)));
                Some(value)
            }
            Err(error) => {
                eprintln!("error: {error:#}");
                self.0.push((name.to_owned(), Outcome::Failed(took)));
                None
            }
        }
    }

    /// Says that a stage can't run here.
    pub(crate) fn skip(&mut self, name: &str, reason: &str) {
        println!("\n== {name}\nskipped: {reason}");
        self.0
            .push((name.to_owned(), Outcome::Skipped(reason.to_owned())));
    }

    /// Prints the table, and fails if a stage failed.
    pub(crate) fn finish(self) -> Result<()> {
        println!();
        let width = self
            .0
            .iter()
            .map(|(name, _)| name.len())
            .max()
            .unwrap_or_default();
        for (name, outcome) in &self.0 {
            match outcome {
                Outcome::Passed(took) => println!("{name:<width$}  passed   {}", report::duration(*took)),
                Outcome::Failed(took) => println!("{name:<width$}  FAILED   {}", report::duration(*took)),
                Outcome::Skipped(reason) => println!("{name:<width$}  skipped  {reason}"),
            }
        }
        let failed: Vec<_> = self
            .0
            .iter()
            .filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_)))
            .collect();
        if !failed.is_empty() {
            let names: Vec<_> = failed.iter().map(|(name, _)| name.as_str()).collect();
            bail!("failed: {}", names.join(", "));
        }
        Ok(())
    }
}
