//! The part of STUN (RFC 8489) that is needed before it is known whose datagram it is: telling ICE checks from plain
//! binding requests, and answering the latter. The checks themselves are the business of each peer's ICE agent.

use std::net::{IpAddr, SocketAddr};

const BINDING_REQUEST: [u8; 2] = [0x00, 0x01];
const BINDING_SUCCESS: [u8; 2] = [0x01, 0x01];
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const USERNAME: u16 = 0x0006;
const XOR_MAPPED_ADDRESS: u16 = 0x0020;

/// Whether a datagram on a port shared with DTLS and SRTP is STUN (RFC 7983, section 7).
pub(super) fn is_stun(datagram: &[u8]) -> bool {
    datagram.first().is_some_and(|first| *first < 4)
}

/// A binding request from anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BindingRequest<'a> {
    transaction_id: [u8; 12],
    username: Option<&'a [u8]>,
}

impl<'a> BindingRequest<'a> {
    /// `None` if this is not a well-formed binding request.
    pub(super) fn parse(datagram: &'a [u8]) -> Option<Self> {
        let (kind, rest) = datagram.split_first_chunk::<2>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (cookie, rest) = rest.split_first_chunk::<4>()?;
        let (transaction_id, mut attributes) = rest.split_first_chunk::<12>()?;
        let complete = usize::from(u16::from_be_bytes(*length)) == attributes.len();
        if *kind != BINDING_REQUEST || *cookie != MAGIC_COOKIE || !complete {
            return None;
        }
        let mut username = None;
        while !attributes.is_empty() {
            let (kind, rest) = attributes.split_first_chunk::<2>()?;
            let (length, rest) = rest.split_first_chunk::<2>()?;
            let length = usize::from(u16::from_be_bytes(*length));
            let value = rest.get(..length)?;
            if u16::from_be_bytes(*kind) == USERNAME {
                username = Some(value);
            }
            attributes = rest.get(length.next_multiple_of(4)..)?;
        }
        Some(Self {
            transaction_id: *transaction_id,
            username,
        })
    }

    /// Whether this is an ICE connectivity check rather than somebody asking for their public address.
    pub(super) fn is_connectivity_check(&self) -> bool {
        self.username.is_some()
    }

    /// The user name fragment of the ICE agent that is asked: what stands before the colon (RFC 8445, section 7.2.2).
    pub(super) fn local_ufrag(&self) -> Option<&'a str> {
        let username = std::str::from_utf8(self.username?).ok()?;
        Some(username.split_once(':')?.0)
    }

    /// The answer that tells the asker where the request came from.
    pub(super) fn success_response(&self, source: SocketAddr) -> Vec<u8> {
        let address = xor_mapped_address(source, &self.transaction_id);
        let length = u16::try_from(4 + address.len()).unwrap_or(u16::MAX);
        let mut response = Vec::with_capacity(20 + usize::from(length));
        response.extend(BINDING_SUCCESS);
        response.extend(length.to_be_bytes());
        response.extend(MAGIC_COOKIE);
        response.extend(self.transaction_id);
        response.extend(XOR_MAPPED_ADDRESS.to_be_bytes());
        response.extend((length - 4).to_be_bytes());
        response.extend(address);
        response
    }
}

/// The attribute's value (RFC 8489, section 14.2).
fn xor_mapped_address(address: SocketAddr, transaction_id: &[u8; 12]) -> Vec<u8> {
    let mask = MAGIC_COOKIE.iter().chain(transaction_id);
    let port = address.port().to_be_bytes();
    let (family, octets) = match address.ip() {
        IpAddr::V4(ip) => (1, ip.octets().to_vec()),
        IpAddr::V6(ip) => (2, ip.octets().to_vec()),
    };
    let mut value = vec![0, family];
    value.extend(port.iter().zip(MAGIC_COOKIE).map(|(octet, mask)| octet ^ mask));
    value.extend(octets.iter().zip(mask).map(|(octet, mask)| octet ^ mask));
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The request of RFC 5769, section 2.1.
    const SAMPLE_REQUEST: &[u8] = b"\x00\x01\x00\x58\x21\x12\xa4\x42\xb7\xe7\xa7\x01\xbc\x34\xd6\x86\xfa\x87\xdf\xae\
        \x80\x22\x00\x10STUN test client\x00\x24\x00\x04\x6e\x00\x01\xff\
        \x80\x29\x00\x08\x93\x2f\xf9\xb1\x51\x26\x3b\x36\x00\x06\x00\x09\x65\x76\x74\x6a\x3a\x68\x36\x76\x59\x20\x20\x20\
        \x00\x08\x00\x14\x9a\xea\xa7\x0c\xbf\xd8\xcb\x56\x78\x1e\xf2\xb5\xb2\xd3\xf2\x49\xc1\xb5\x71\xa2\
        \x80\x28\x00\x04\xe5\x7a\x3b\xcf";

    /// XOR-MAPPED-ADDRESS in the responses of RFC 5769, sections 2.2 and 2.3.
    const SAMPLE_IPV4: &[u8] = b"\x00\x20\x00\x08\x00\x01\xa1\x47\xe1\x12\xa6\x43";
    const SAMPLE_IPV6: &[u8] =
        b"\x00\x20\x00\x14\x00\x02\xa1\x47\x01\x13\xa9\xfa\xa5\xd3\xf1\x79\xbc\x25\xf4\xb5\xbe\xd2\xb9\xd9";

    fn plain_request() -> Vec<u8> {
        let mut request = SAMPLE_REQUEST[..20].to_vec();
        request[2..4].copy_from_slice(&[0, 0]);
        request
    }

    #[test]
    fn sample_request_is_a_connectivity_check_for_its_ufrag() {
        let request = BindingRequest::parse(SAMPLE_REQUEST).unwrap();
        assert!(request.is_connectivity_check());
        assert_eq!(request.local_ufrag(), Some("evtj"));
    }

    #[test]
    fn request_without_username_is_plain() {
        let plain = plain_request();
        let request = BindingRequest::parse(&plain).unwrap();
        assert!(!request.is_connectivity_check());
        assert_eq!(request.local_ufrag(), None);
    }

    #[test]
    fn response_carries_the_sample_addresses() {
        for (address, expected) in [
            ("192.0.2.1:32853", SAMPLE_IPV4),
            ("[2001:db8:1234:5678:11:2233:4455:6677]:32853", SAMPLE_IPV6),
        ] {
            let plain = plain_request();
            let response = BindingRequest::parse(&plain)
                .unwrap()
                .success_response(address.parse().unwrap());
            assert_eq!(&response[..2], &[0x01, 0x01]);
            assert_eq!(usize::from(response[3]), expected.len());
            assert_eq!(response[4..20], SAMPLE_REQUEST[4..20]);
            assert_eq!(&response[20..], expected);
        }
    }

    #[test]
    fn other_messages_are_not_binding_requests() {
        for (index, value) in [(0, 0x01), (1, 0x03), (3, 0x57), (4, 0x22), (23, 0xff)] {
            let mut message = SAMPLE_REQUEST.to_vec();
            message[index] = value;
            assert_eq!(BindingRequest::parse(&message), None, "octet {index} = {value}");
        }
        assert_eq!(BindingRequest::parse(&SAMPLE_REQUEST[..60]), None);
    }

    proptest! {
        #[test]
        fn any_octets_parse_or_not(octets in proptest::collection::vec(any::<u8>(), 0..200), flips in proptest::collection::vec((0..108_usize, any::<u8>()), 0..4)) {
            let _ = BindingRequest::parse(&octets);
            let mut message = SAMPLE_REQUEST.to_vec();
            for (index, value) in flips {
                message[index] = value;
            }
            if let Some(request) = BindingRequest::parse(&message) {
                let _ = request.local_ufrag();
            }
        }
    }
}
