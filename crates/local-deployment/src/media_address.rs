//! Where browsers are told to send media.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use openvidu_protocol::{rpc::RtcIceServer, token::Origin};

/// The address of the interface that leads to the rest of the world, if there is one, and this machine's own.
pub(crate) fn default_addresses() -> Vec<IpAddr> {
    let loopback = IpAddr::from(Ipv4Addr::LOCALHOST);
    let primary = primary_address().filter(|address| *address != loopback && !address.is_unspecified());
    primary.into_iter().chain([loopback]).collect()
}

/// Connecting a UDP socket sends nothing, but makes the system choose an interface. The address is one that RFC 5737
/// reserves for documentation.
fn primary_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// This deployment as an ICE server, so that no browser asks a public one. `localhost` is named by its address,
/// because a browser might look for it at `::1`.
pub(crate) fn ice_server(origin: &Origin, addresses: &[SocketAddr]) -> Option<RtcIceServer> {
    let port = addresses.first()?.port();
    let host = if origin.host() == "localhost" {
        "127.0.0.1"
    } else {
        origin.host()
    };
    Some(RtcIceServer {
        url: format!("stun:{host}:{port}"),
        username: None,
        credential: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_always_among_the_addresses() {
        assert_eq!(
            default_addresses().last(),
            Some(&IpAddr::from(Ipv4Addr::LOCALHOST))
        );
    }

    #[test]
    fn the_ice_server_is_the_deployment_itself() {
        let addresses = [SocketAddr::from(([192, 0, 2, 7], 41_000))];
        for (url, expected) in [
            ("http://localhost:5000", "stun:127.0.0.1:41000"),
            ("https://example.org", "stun:example.org:41000"),
        ] {
            let origin = Origin::from_public_url(url).unwrap();
            assert_eq!(ice_server(&origin, &addresses).unwrap().url, expected);
        }
        let origin = Origin::from_public_url("http://localhost").unwrap();
        assert!(ice_server(&origin, &[]).is_none());
    }
}
