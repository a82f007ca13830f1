//! The page with live reload, in front of the real server.

use std::{
    process::{Child, Command},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::{assets, preflight, server, setup};

/// Where Trunk.toml sends what it proxies.
const SERVER_PORT: u16 = 5000;
/// Where trunk serves.
const TRUNK_PORT: u16 = 8080;

/// Set by Ctrl-C and by a request to end.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// How to develop.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Open the page in a browser once it is ready
    #[arg(long)]
    open: bool,
    /// Accept a certificate of OPENVIDU_URL that can't be verified, such as a self-signed one
    #[arg(long)]
    accept_invalid_certificates: bool,
}

/// Runs the server and trunk until one of them ends or somebody ends this.
pub(crate) fn dev(options: &Options) -> Result<()> {
    preflight::port("localhost", SERVER_PORT)?;
    preflight::port("localhost", TRUNK_PORT)?;
    server::check_environment()?;
    let tools = setup::for_building()?;
    assets::bundle()?;
    let mut server = server::Options {
        host: "localhost".to_owned(),
        port: SERVER_PORT,
        open: false,
        accept_invalid_certificates: options.accept_invalid_certificates,
    }
    .command(server::build()?);
    server.args([
        "--api-only",
        "--public-url",
        &format!("http://localhost:{TRUNK_PORT}"),
    ]);
    let mut trunk = tools.command(&tools.trunk);
    trunk.args(["serve", "--port", &TRUNK_PORT.to_string()]);
    if options.open {
        trunk.arg("--open");
    }

    ctrlc::set_handler(|| STOPPING.store(true, Ordering::Relaxed)).context("can't listen for Ctrl-C")?;
    let mut children = vec![];
    let result = start("the server", server, &mut children)
        .and_then(|()| start("trunk", trunk, &mut children))
        .and_then(|()| wait(&mut children));
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

fn wait(children: &mut [Named]) -> Result<()> {
    while !STOPPING.load(Ordering::Relaxed) {
        for (name, child) in children.iter_mut() {
            if let Some(status) = child.try_wait()? {
                if STOPPING.load(Ordering::Relaxed) {
                    return Ok(());
                }
                bail!("{name} ended with {status}");
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
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
