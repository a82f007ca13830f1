//! The network between a browser and a server.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

/// How many pieces of data may be on their way in one direction of one connection.
const IN_FLIGHT: usize = 4096;

/// The largest piece of data.
const PIECE: usize = 16 * 1024;

/// A piece of network on this machine: a TCP proxy whose behaviour can be changed while it runs. It knows nothing about
/// what it carries, so HTTP and WebSockets are treated alike. Media don't go through it.
///
/// Everything ends when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    network: watch::Sender<Network>,
}

/// How the network is at the moment.
#[derive(Clone, Copy, Debug)]
struct Network {
    /// Who is reached.
    upstream: SocketAddr,
    /// How long each piece of data takes in each direction.
    delay: Duration,
    /// Whether data stay where they are: nothing arrives, nothing breaks.
    held: bool,
    /// Whether anybody listens.
    listening: bool,
    /// Goes up by one each time everything that is open breaks.
    cuts: u64,
}

impl Proxy {
    /// Listens on a free port of this machine and forwards to another one.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn start(upstream_port: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .context("no free port")?;
        let address = listener.local_addr()?;
        let (network, state) = watch::channel(Network {
            upstream: SocketAddr::from(([127, 0, 0, 1], upstream_port)),
            delay: Duration::ZERO,
            held: false,
            listening: true,
            cuts: 0,
        });
        tokio::spawn(serve(listener, address, state));
        Ok(Self { address, network })
    }

    /// Port on which it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// Host and port.
    #[must_use]
    pub fn authority(&self) -> String {
        format!("localhost:{}", self.port())
    }

    /// Address for a browser, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.authority())
    }

    /// From now on, new connections lead to this port.
    pub fn lead_to(&self, upstream_port: u16) {
        self.network
            .send_modify(|network| network.upstream.set_port(upstream_port));
    }

    /// From now on, everything takes this long in each direction, and opening a connection takes both.
    pub fn delay(&self, each_direction: Duration) {
        self.network.send_modify(|network| network.delay = each_direction);
    }

    /// Data stay where they are: a black hole that keeps what falls into it.
    pub fn hold(&self) {
        self.network.send_modify(|network| network.held = true);
    }

    /// Data that were held go on, in order.
    pub fn release(&self) {
        self.network.send_modify(|network| network.held = false);
    }

    /// Breaks every open connection. New ones are accepted.
    pub fn cut(&self) {
        self.network.send_modify(|network| network.cuts += 1);
    }

    /// Breaks every open connection, and refuses new ones.
    pub fn disconnect(&self) {
        self.network.send_modify(|network| {
            network.cuts += 1;
            network.listening = false;
        });
    }

    /// Accepts connections again.
    pub fn reconnect(&self) {
        self.network.send_modify(|network| network.listening = true);
    }
}

/// A port on which nobody listens.
///
/// # Errors
///
/// When there is none.
pub async fn closed_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port())
}

async fn serve(first: TcpListener, address: SocketAddr, mut state: watch::Receiver<Network>) -> Result<()> {
    let mut listener = Some(first);
    loop {
        if !state.borrow_and_update().listening {
            listener = None;
            state.changed().await?;
            continue;
        }
        let open = match listener.take() {
            Some(open) => open,
            None => TcpListener::bind(address).await?,
        };
        tokio::select! {
            accepted = open.accept() => {
                let (client, _) = accepted?;
                tokio::spawn(carry(client, state.clone()));
            }
            changed = state.changed() => changed?,
        }
        listener = Some(open);
    }
}

async fn carry(client: TcpStream, mut state: watch::Receiver<Network>) {
    let Network {
        upstream,
        delay,
        cuts,
        ..
    } = *state.borrow_and_update();
    // What the client sends first, it can only send after the connection is open on its side, one round trip later.
    let open = Instant::now() + 2 * delay;
    let both_ways = async {
        let server = TcpStream::connect(upstream).await?;
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::join!(
            one_way(from_client, to_server, open, state.clone()),
            one_way(from_server, to_client, open, state.clone()),
        );
        std::io::Result::Ok(())
    };
    let cut = async {
        // An error means that the proxy is gone, and everything with it.
        let _ = state.clone().wait_for(|network| network.cuts != cuts).await;
    };
    tokio::select! {
        // A server that can't be reached looks to the client like one that hangs up.
        _ = both_ways => (),
        () = cut => (),
    }
}

async fn one_way(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    open: Instant,
    mut state: watch::Receiver<Network>,
) {
    let (sender, mut receiver) = mpsc::channel::<(Instant, Vec<u8>)>(IN_FLIGHT);
    let delays = state.clone();
    let read = async move {
        loop {
            let mut piece = vec![0; PIECE];
            match from.read(&mut piece).await {
                Ok(length) if length > 0 => piece.truncate(length),
                Ok(_) | Err(_) => return,
            }
            let due = Instant::now().max(open) + delays.borrow().delay;
            if sender.send((due, piece)).await.is_err() {
                return;
            }
        }
    };
    let write = async move {
        while let Some((due, piece)) = receiver.recv().await {
            sleep_until(due).await;
            if state.wait_for(|network| !network.held).await.is_err() || to.write_all(&piece).await.is_err() {
                return;
            }
        }
        // The other end may be gone already.
        let _ = to.shutdown().await;
    };
    tokio::join!(read, write);
}
