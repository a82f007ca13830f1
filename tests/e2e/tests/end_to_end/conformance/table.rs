//! The steps of a run, one line each.

use anyhow::{Context, Result};

/// The steps of a run, one line each, printed as they are done. The run ends with the first step that fails.
#[derive(Debug, Default)]
pub(super) struct Table {
    steps: u32,
}

/// Does the step that is this function, under its name.
macro_rules! step {
    ($table:ident, $step:ident($($argument:expr),* $(,)?)) => {
        $table.step(stringify!($step), $step($($argument),*)).await?
    };
}
pub(super) use step;

impl Table {
    /// Does a step.
    #[expect(
        clippy::print_stdout,
        reason = "shown when the run fails, or with --nocapture"
    )]
    pub(super) async fn step<T>(&mut self, name: &str, step: impl Future<Output = Result<T>>) -> Result<T> {
        self.steps += 1;
        let name = name.replace('_', " ");
        let outcome = step.await;
        let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("{:>3}  {name:<40}  {verdict}", self.steps);
        outcome.with_context(|| format!("step {}, {name}", self.steps))
    }
}
