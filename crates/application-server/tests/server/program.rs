//! The program itself: how it starts, what it says when it can't, how it ends.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

/// The program, knowing nothing of the environment of whoever runs the tests.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_application-server"));
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for name in [
        "APPLICATION_SERVER_URL",
        "OPENVIDU_URL",
        "OPENVIDU_SECRET",
        "SERVER_PORT",
    ] {
        command.env_remove(name);
    }
    command
}

/// Killed at the end, whatever the test finds.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    /// Starts it and waits until it is ready. Returns also where it is.
    pub(crate) fn start(mut command: Command) -> (Self, String) {
        let mut running = Self(command.spawn().unwrap());
        let mut line = String::new();
        BufReader::new(running.0.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let url = line
            .trim()
            .strip_prefix("ready: ")
            .unwrap_or_else(|| panic!("{line}"))
            .to_owned();
        (running, url)
    }
}

#[cfg(unix)]
#[tokio::test]
async fn it_says_where_it_is_and_ends_when_told() {
    let (mut server, url) = Running::start(program(&["--port", "0", "--api-only"]));
    assert!(
        url.starts_with("http://localhost:") && !url.ends_with(":0"),
        "{url}"
    );
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let health = http.get(format!("{url}/api/health")).send().await.unwrap();
    assert_eq!(health.status(), 200);
    let token = http
        .post(format!("{url}/api/tokens"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let authority = url.strip_prefix("http://").unwrap();
    assert!(
        token.starts_with(&format!("ws://{authority}?sessionId=")),
        "tokens lead to the real port"
    );

    let id = server.0.id().to_string();
    assert!(Command::new("kill").arg(id).status().unwrap().success());
    assert!(server.0.wait().unwrap().success());
    let mut log = String::new();
    server.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(!log.contains("tok_"), "{log}");
}

#[tokio::test]
async fn what_keeps_it_from_starting_is_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut without_secret = program(&["--port", "0", "--api-only"]);
    without_secret.env("OPENVIDU_URL", "http://localhost:4443");
    let mut no_url = program(&["--port", "0", "--api-only"]);
    no_url
        .env("OPENVIDU_URL", "localhost:4443")
        .env("OPENVIDU_SECRET", "a-secret");
    for (mut command, reason, remedy) in [
        (
            program(&["--host", "127.0.0.1", "--port", &port, "--api-only"]),
            "is taken",
            "--port",
        ),
        (
            program(&["--port", "0", "--app-dir", "/nowhere"]),
            "no built application client",
            "cargo xtask build",
        ),
        (
            program(&["--host", "::1", "--port", "0", "--api-only"]),
            "public URL",
            "--public-url",
        ),
        (without_secret, "OPENVIDU_SECRET is not", "set it"),
        (no_url, "not an http or https URL", "localhost:4443"),
    ] {
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{text}");
        assert!(text.contains(reason) && text.contains(remedy), "{text}");
        assert!(output.stdout.is_empty(), "it is not ready");
    }
}
