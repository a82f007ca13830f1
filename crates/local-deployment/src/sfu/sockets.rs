//! The UDP sockets of the media server.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket as StdUdpSocket},
    task::{Context, Poll},
    time::Instant,
};

use socket2::{Domain, Protocol, SockRef, Socket, Type};
use str0m::net::Transmit;
use tokio::net::UdpSocket;

/// Asked of the operating system for each direction, in octets; it may grant less. A key frame for a hundred subscribers
/// must fit.
const BUFFER_SIZE: usize = 4 * 1024 * 1024;

/// Largest datagram that is taken in; longer ones are cut off, and refused as malformed. WebRTC stays within 1,500.
const MAX_DATAGRAM: usize = 2_048;

/// Most datagrams taken from one socket in a row. Between the batches commands, timers and the other sockets have their
/// turn.
const BATCH: usize = 64;

/// Tries to find a port that is free on every address, if any will do.
const PORT_ATTEMPTS: usize = 16;

/// Bound sockets, one for each advertised address: so it is known at which address a datagram arrived, and answers leave
/// from there.
#[derive(Debug)]
pub(super) struct BoundSockets(Vec<(SocketAddr, Socket)>);

/// Why there are no sockets.
#[derive(Debug, thiserror::Error)]
#[error("UDP port {address} can't be opened: {source}")]
pub(super) struct BindError {
    pub address: SocketAddr,
    pub source: io::Error,
}

impl BoundSockets {
    /// Opens the same port on each address; port 0 means any.
    pub(super) fn bind(addresses: &[IpAddr], port: u16) -> Result<Self, BindError> {
        let mut attempt = 1;
        loop {
            match Self::bind_once(addresses, port) {
                Err(error) if port == 0 && error.is_in_use() && attempt < PORT_ATTEMPTS => attempt += 1,
                result => return result,
            }
        }
    }

    /// Where datagrams are received.
    pub(super) fn addresses(&self) -> Vec<SocketAddr> {
        self.0.iter().map(|(address, _)| *address).collect()
    }

    fn bind_once(addresses: &[IpAddr], mut port: u16) -> Result<Self, BindError> {
        let mut sockets = Vec::with_capacity(addresses.len());
        for address in addresses {
            let address = SocketAddr::new(*address, port);
            let (address, socket) = open(address).map_err(|source| BindError { address, source })?;
            port = address.port();
            sockets.push((address, socket));
        }
        Ok(Self(sockets))
    }
}

impl BindError {
    fn is_in_use(&self) -> bool {
        self.source.kind() == io::ErrorKind::AddrInUse
    }
}

fn open(address: SocketAddr) -> io::Result<(SocketAddr, Socket)> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    socket.bind(&address.into())?;
    let bound = socket
        .local_addr()?
        .as_socket()
        .ok_or_else(|| io::Error::from(io::ErrorKind::AddrNotAvailable))?;
    Ok((bound, socket))
}

/// Loopback, and the IPv4 address from which this machine reaches others.
pub(super) fn default_addresses() -> Vec<IpAddr> {
    // Connecting a UDP socket sends nothing; it only looks up the route. The address is reserved for documentation.
    let primary = StdUdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))
        .and_then(|socket| {
            socket
                .connect((Ipv4Addr::new(192, 0, 2, 1), 9))
                .and(socket.local_addr())
        })
        .map(|address| address.ip())
        .ok()
        .filter(|address| !address.is_unspecified() && !address.is_loopback());
    primary
        .into_iter()
        .chain([IpAddr::V4(Ipv4Addr::LOCALHOST)])
        .collect()
}

/// Sockets in a runtime.
#[derive(Debug)]
pub(super) struct Sockets {
    sockets: Vec<(SocketAddr, UdpSocket)>,
    buffer: Box<[u8]>,
}

impl Sockets {
    /// Must be called within a runtime.
    pub(super) fn new(bound: BoundSockets) -> io::Result<Self> {
        let register = |(address, socket): (SocketAddr, Socket)| {
            let socket = UdpSocket::from_std(socket.into())?;
            let options = SockRef::from(&socket);
            for result in [
                options.set_recv_buffer_size(BUFFER_SIZE),
                options.set_send_buffer_size(BUFFER_SIZE),
            ] {
                if let Err(error) = result {
                    tracing::warn!(%error, %address, "the socket's buffers can't be enlarged");
                }
            }
            Ok((address, socket))
        };
        Ok(Self {
            sockets: bound.0.into_iter().map(register).collect::<io::Result<_>>()?,
            buffer: vec![0; MAX_DATAGRAM].into(),
        })
    }

    /// Ready when there is something to receive.
    pub(super) fn poll_readable(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut readable = Poll::Pending;
        for (address, socket) in &self.sockets {
            match socket.poll_recv_ready(context) {
                Poll::Ready(Ok(())) => readable = Poll::Ready(()),
                Poll::Ready(Err(error)) => tracing::error!(%error, %address, "the socket is unusable"),
                Poll::Pending => {}
            }
        }
        readable
    }

    /// Takes in what has arrived, up to a batch from each socket.
    pub(super) fn receive(&mut self, mut handle: impl FnMut(Instant, SocketAddr, SocketAddr, &[u8])) {
        for (address, socket) in &self.sockets {
            for _ in 0..BATCH {
                match socket.try_recv_from(&mut self.buffer) {
                    Ok((length, source)) => {
                        let datagram = self.buffer.get(..length).unwrap_or_default();
                        handle(Instant::now(), source, *address, datagram);
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                    // Some systems report here that an earlier datagram found nobody.
                    Err(error) => tracing::trace!(%error, %address, "nothing was received"),
                }
            }
        }
    }

    /// Sends a datagram, or loses it, as networks do: whoever needs it asks for it again.
    pub(super) fn send(&self, transmit: &Transmit) {
        let socket = self
            .sockets
            .iter()
            .find(|(address, _)| *address == transmit.source);
        let Some((_, socket)) = socket else {
            tracing::error!(source = %transmit.source, "there is no socket with this address");
            return;
        };
        if let Err(error) = socket.try_send_to(&transmit.contents, transmit.destination) {
            tracing::trace!(%error, destination = %transmit.destination, "a datagram was lost");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn every_address_gets_the_same_port() {
        let second = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
        let sockets = BoundSockets::bind(&[LOCALHOST, second], 0).unwrap();
        let addresses = sockets.addresses();
        assert_eq!(
            addresses.iter().map(SocketAddr::ip).collect::<Vec<_>>(),
            [LOCALHOST, second]
        );
        assert_eq!(addresses[0].port(), addresses[1].port());
        assert_ne!(addresses[0].port(), 0);
    }

    #[test]
    fn occupied_port_is_an_error_that_names_it() {
        let occupied = BoundSockets::bind(&[LOCALHOST], 0).unwrap();
        let address = occupied.addresses()[0];
        let error = BoundSockets::bind(&[LOCALHOST], address.port()).unwrap_err();
        assert_eq!(error.address, address);
        assert!(error.is_in_use());
    }

    #[test]
    fn default_addresses_end_with_loopback() {
        let addresses = default_addresses();
        assert_eq!(addresses.last(), Some(&LOCALHOST));
        assert!(addresses.iter().all(|address| !address.is_unspecified()));
    }
}
