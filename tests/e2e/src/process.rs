//! A child process that says when it is ready, and what it printed.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// How long a process may take until it is ready.
const READY: Duration = Duration::from_secs(20);

/// What a child process printed, line by line; kept for the report of a failed test.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProcessLog(Arc<Mutex<Vec<String>>>);

impl ProcessLog {
    /// Adds a line.
    pub(crate) fn push(&self, line: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// Everything so far.
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }
}

/// A child process; killed when dropped.
///
/// It outlives the asynchronous runtime that started it, so threads read its output, not tasks.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    /// Starts a program and waits for the line of its output in which `ready` recognises that it is.
    pub(crate) async fn start<T: Send + 'static>(
        mut command: Command,
        log: &ProcessLog,
        ready: impl Fn(&str) -> Option<T> + Send + 'static,
    ) -> Result<(Self, T)> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} can't be started"))?;
        let stdout = child.stdout.take();
        let stderr = child.stderr.take();
        let process = Self(child);
        let (found, mut finds) = mpsc::unbounded_channel();
        if let Some(pipe) = stdout {
            collect(pipe, log.clone(), move |line| {
                if let Some(value) = ready(line) {
                    // Nobody waits any more after the first one.
                    let _ = found.send(value);
                }
            });
        }
        if let Some(pipe) = stderr {
            collect(pipe, log.clone(), |_| ());
        }
        match timeout(READY, finds.recv()).await {
            Ok(Some(value)) => Ok((process, value)),
            Ok(None) => bail!("{name} ended before it was ready; it printed:\n{}", log.text()),
            Err(_) => bail!(
                "{name} was not ready within {READY:?}; it printed:\n{}",
                log.text()
            ),
        }
    }

    /// Ends it at once, without giving it a chance to tidy up.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.0.kill().context("the process can't be killed")?;
        self.0.wait().context("the killed process can't be waited for")?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended on its own.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn collect(pipe: impl Read + Send + 'static, log: ProcessLog, on_line: impl Fn(&str) + Send + 'static) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            on_line(&line);
            log.push(line);
        }
    });
}
