//! The addresses that the server listens on.

use std::{
    future::Future,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use anyhow::{Context as _, Result, anyhow};
use axum::{Router, serve::ListenerExt as _};
use futures::future::try_join_all;
use tokio::{
    net::{TcpListener, lookup_host},
    sync::watch,
};

/// A listener for every address of a host name: browsers try IPv6 and IPv4 for `localhost`, in either order.
pub(super) struct Listeners {
    listeners: Vec<(SocketAddr, TcpListener)>,
    port: u16,
}

impl Listeners {
    /// Listens on all addresses of the host. With port 0 the system chooses one, the same for all.
    pub(super) async fn bind(host: &str, port: u16) -> Result<Self> {
        let mut addresses: Vec<_> = lookup_host((host, port))
            .await
            .with_context(|| format!("`{host}` is no address of this machine: choose another with --host"))?
            .collect();
        addresses.sort_unstable_by_key(SocketAddr::is_ipv6);
        addresses.dedup();

        let (mut listeners, mut failure, mut chosen) = (Vec::new(), None, port);
        for mut address in addresses {
            address.set_port(chosen);
            match listen(address).await {
                Ok((address, listener)) => {
                    chosen = address.port();
                    listeners.push((address, listener));
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse && port != 0 => {
                    return Err(explain(host, port, error));
                }
                // Such as an IPv6 address on a machine without IPv6.
                Err(error) => failure = Some(error),
            }
        }
        match (listeners.is_empty(), failure) {
            (false, _) => Ok(Self {
                listeners,
                port: chosen,
            }),
            (true, Some(error)) => Err(explain(host, port, error)),
            (true, None) => Err(anyhow!("`{host}` has no address")),
        }
    }

    /// The port of all of them.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Where this process reaches itself.
    pub(super) fn loopback_url(&self) -> String {
        let address = self.listeners.first().map(|(address, _)| address.ip());
        let address = address
            .filter(|address| !address.is_unspecified())
            .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        format!("http://{}", SocketAddr::new(address, self.port))
    }

    /// Serves on all of them until the sender of `stopped` is dropped; then ends once open requests are answered.
    pub(super) fn serve(
        self,
        router: Router,
        stopped: watch::Receiver<()>,
    ) -> impl Future<Output = Result<()>> + Send + use<> {
        let servers = self.listeners.into_iter().map(move |(_, listener)| {
            let service = router.clone().into_make_service_with_connect_info::<SocketAddr>();
            let mut stopped = stopped.clone();
            // Nothing is ever sent: the only change is the end of the sender.
            let stopping = async move { while stopped.changed().await.is_ok() {} };
            async move {
                // Small frames of the websocket must not wait for each other's acknowledgement.
                let listener = listener.tap_io(|connection| {
                    if let Err(error) = connection.set_nodelay(true) {
                        tracing::debug!(%error, "a connection waits before it sends");
                    }
                });
                axum::serve(listener, service)
                    .with_graceful_shutdown(stopping)
                    .await
            }
        });
        let servers = try_join_all(servers.collect::<Vec<_>>());
        async { servers.await.map(drop).context("the server can't go on") }
    }
}

async fn listen(address: SocketAddr) -> io::Result<(SocketAddr, TcpListener)> {
    let listener = TcpListener::bind(address).await?;
    Ok((listener.local_addr()?, listener))
}

fn explain(host: &str, port: u16, error: io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            anyhow!("port {port} is taken: end what listens there, or choose another port with --port.")
        }
        io::ErrorKind::PermissionDenied => {
            anyhow!("port {port} takes root's rights: choose one above 1023 with --port.")
        }
        _ => anyhow::Error::new(error).context(format!("can't listen on `{host}`, port {port}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_is_one_sentence_with_a_remedy() {
        let first = Listeners::bind("127.0.0.1", 0).await.unwrap();
        let error = Listeners::bind("127.0.0.1", first.port())
            .await
            .map(drop)
            .unwrap_err();
        let text = format!("{error:#}");
        assert!(
            text.contains(&first.port().to_string()) && text.contains("--port"),
            "{text}"
        );
    }

    #[tokio::test]
    async fn all_addresses_of_a_name_share_the_port() {
        let listeners = Listeners::bind("localhost", 0).await.unwrap();
        assert_ne!(listeners.port(), 0);
        assert!(
            listeners
                .listeners
                .iter()
                .all(|(address, _)| address.port() == listeners.port())
        );
    }
}
