//! The page with live reload, in front of the real server.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::{assets, preflight, report, server, setup};

/// Where Trunk.toml sends what it proxies.
const SERVER_PORT: u16 = 5000;

/// Set by Ctrl-C and by a request to end.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// How to develop.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Port to serve the page on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Open the page in a browser once it is ready
    #[arg(long)]
    open: bool,
    /// Accept a certificate of OPENVIDU_URL that can't be verified, such as a self-signed one
    #[arg(long)]
    accept_invalid_certificates: bool,
}

/// Runs the server and trunk until one of them ends or somebody ends this.
pub(crate) fn dev(options: &Options) -> Result<()> {
    let url = format!("http://localhost:{}", options.port);
    let server = server::Options {
        host: "localhost".to_owned(),
        port: SERVER_PORT,
        open: false,
        accept_invalid_certificates: options.accept_invalid_certificates,
        application_server_url: None,
    };
    preflight::port("localhost", SERVER_PORT, "change the port here and in Trunk.toml")?;
    preflight::port("localhost", options.port, "choose another port with --port")?;
    server.check()?;
    if std::env::var_os("APPLICATION_SERVER_URL").is_some_and(|url| !url.is_empty()) {
        report::note(
            "APPLICATION_SERVER_URL is for `cargo xtask start`; here, name another application server in index.html",
        );
    }
    let tools = setup::for_building()?;
    assets::bundle()?;
    let mut server = server.command(server::build()?);
    server
        .args(["--api-only", "--public-url", &url])
        // It says that it is ready, and where; but that is not where the page is.
        .stdout(Stdio::null());
    let mut trunk = tools.command(&tools.trunk);
    trunk.args(["serve", "--port", &options.port.to_string()]);
    if options.open {
        trunk.arg("--open");
    }

    ctrlc::set_handler(|| STOPPING.store(true, Ordering::Relaxed)).context("can't listen for Ctrl-C")?;
    let mut children = vec![];
    let result = start("the server", server, &mut children)
        .and_then(|()| start("trunk", trunk, &mut children))
        .and_then(|()| wait(&mut children, options.port, &url));
    for (_, child) in &mut children {
        stop(child);
    }
    result
}

/// A child and what to call it.
type Named = (&'static str, Child);

fn start(name: &'static str, mut command: Command, children: &mut Vec<Named>) -> Result<()> {
    let child = command
        .spawn()
        .with_context(|| format!("{name} can't be started"))?;
    children.push((name, child));
    Ok(())
}

fn wait(children: &mut [Named], port: u16, url: &str) -> Result<()> {
    let mut is_ready = false;
    while !STOPPING.load(Ordering::Relaxed) {
        for (name, child) in children.iter_mut() {
            if let Some(status) = child.try_wait()? {
                if STOPPING.load(Ordering::Relaxed) {
                    return Ok(());
                }
                bail!("{name} ended with {status}");
            }
        }
        if !is_ready && serves_page(port) {
            is_ready = true;
            println!("ready: {url}");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Whether the page can be had: trunk listens also when the build failed.
fn serves_page(port: u16) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(("localhost", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\nAccept: text/html\r\n\r\n")?;
        let mut status = [0; b"HTTP/1.0 200".len()];
        stream.read_exact(&mut status).map(|()| status)
    };
    ask().is_ok_and(|status: [u8; _]| status.ends_with(b" 200"))
}

/// Asks a child to end, and ends it if it does not.
fn stop(child: &mut Child) {
    if cfg!(unix) {
        // It may have gone by itself: Ctrl-C reaches the whole group.
        let _ = Command::new("kill")
            .arg(child.id().to_string())
            .stderr(std::process::Stdio::null())
            .status();
    }
    let deadline = Instant::now() + Duration::from_secs(5);
    while cfg!(unix) && Instant::now() < deadline {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    if let Err(error) = child.kill().and_then(|()| child.wait().map(drop)) {
        eprintln!("process {} can't be ended: {error}", child.id());
    }
}
