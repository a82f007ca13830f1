//! This deployment as an ICE server.

use std::net::SocketAddr;

use openvidu_protocol::{rpc::RtcIceServer, token::Origin};

/// The deployment itself answers STUN requests, so that no browser asks a public server. `localhost` is named by its
/// address, because a browser might look for it at `::1`.
pub(crate) fn own(origin: &Origin, addresses: &[SocketAddr]) -> Option<RtcIceServer> {
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
    fn the_ice_server_is_the_deployment_itself() {
        let addresses = [SocketAddr::from(([192, 0, 2, 7], 41_000))];
        for (url, expected) in [
            ("http://localhost:5000", "stun:127.0.0.1:41000"),
            ("https://example.org", "stun:example.org:41000"),
        ] {
            let origin = Origin::from_public_url(url).unwrap();
            assert_eq!(own(&origin, &addresses).unwrap().url, expected);
        }
        let origin = Origin::from_public_url("http://localhost").unwrap();
        assert!(own(&origin, &[]).is_none());
    }
}
