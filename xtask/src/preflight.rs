//! What is checked before anything long begins.

use std::{
    net::{TcpListener, ToSocketAddrs as _},
    path::Path,
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::{paths, process};

/// Space that a first build fills, in KiB: both targets, release and debug.
const FIRST_BUILD: u64 = 3 * 1024 * 1024;
/// Space that a later build may fill, in KiB.
const LATER_BUILD: u64 = 300 * 1024;

/// Fails if the disk is too full to build. Says nothing where free space can't be asked for.
pub(crate) fn disk_space() -> Result<()> {
    let needed = if paths::target().join("release").exists() {
        LATER_BUILD
    } else {
        FIRST_BUILD
    };
    let root = paths::root();
    if let Some(free) = free_space(&root)
        && free < needed
    {
        bail!(
            "the disk is full: {} has {} MiB free, and building takes up to {} MiB. Make room, for example with `cargo clean`.",
            root.display(),
            free / 1024,
            needed / 1024
        );
    }
    Ok(())
}

/// Free space in KiB, as `df` tells it.
fn free_space(path: &Path) -> Option<u64> {
    let table = process::output(Command::new("df").arg("-Pk").arg(path)).ok()?;
    table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

/// Fails if something else listens on the port, and says what helps beside ending that. Port 0, any free one, is always
/// free.
pub(crate) fn port(host: &str, port: u16, remedy: &str) -> Result<()> {
    let addresses = (host, port)
        .to_socket_addrs()
        .with_context(|| format!("`{host}` is no address of this machine"))?;
    for address in addresses {
        match TcpListener::bind(address) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                bail!("port {port} is taken, perhaps by another run of this program: end that, or {remedy}.")
            }
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                bail!("port {port} takes root's rights: {remedy}.")
            }
            // Such as an IPv6 address on a machine without IPv6; the server tries the others.
            Err(_) => {}
        }
    }
    Ok(())
}
