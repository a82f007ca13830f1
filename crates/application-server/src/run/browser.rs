//! Shows the page to whoever started the server.

use std::process::Stdio;

use tokio::process::Command;

/// Opens a URL with the system's own means. A failure is logged: the page is there all the same.
pub(super) fn open(url: &str) {
    let (program, arguments): (_, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        tracing::warn!(%error, "`{program}` can't open the page");
    }
}
