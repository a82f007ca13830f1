//! What the commands say while they work.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Announces `what`, does it, and says how long it took.
pub(crate) fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("> {what}");
    let started = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "done" } else { "FAILED" };
    println!("  {outcome} in {}", duration(started.elapsed()));
    result
}

/// Announces `what` and tries it. Where it does not work out, it says why, and there is another way.
pub(crate) fn attempt<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
    println!("> {what}");
    let started = Instant::now();
    match work() {
        Ok(value) => {
            println!("  done in {}", duration(started.elapsed()));
            Some(value)
        }
        Err(error) => {
            println!("  that does not work here: {error:#}");
            None
        }
    }
}

/// One line about something that was there already.
pub(crate) fn found(what: &str, place: impl std::fmt::Display) {
    println!("  {what}: {place}");
}

/// One line about what goes on inside a step.
pub(crate) fn note(text: &str) {
    println!("  {text}");
}

/// A duration for people.
pub(crate) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}
