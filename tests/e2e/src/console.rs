//! What a browser wrote to its console.

use thirtyfour::BrowserLogEntry;

/// How bad a console entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Errors, uncaught exceptions and unhandled rejections, failed requests, blocked content.
    Error,
    /// Everything else.
    Other,
}

/// One entry of a browser's console, the browser's own messages among them.
#[derive(Clone, Debug)]
pub struct ConsoleEntry {
    /// How bad it is.
    pub severity: Severity,
    /// Level and source as the browser names them, for reports.
    pub origin: String,
    /// The text.
    pub message: String,
}

impl From<BrowserLogEntry> for ConsoleEntry {
    fn from(entry: BrowserLogEntry) -> Self {
        Self {
            severity: if entry.level == "SEVERE" {
                Severity::Error
            } else {
                Severity::Other
            },
            origin: format!("{} {}", entry.level, entry.source.as_deref().unwrap_or("-")),
            message: entry.message,
        }
    }
}

impl std::fmt::Display for ConsoleEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{}] {}", self.origin, self.message)
    }
}
