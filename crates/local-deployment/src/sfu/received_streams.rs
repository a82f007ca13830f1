//! A bound on the RTP streams of a peer.

/// Most SSRCs from one peer. A browser uses one for audio, two for video, and new ones when it starts anew; who uses many
/// more wants to fill memory, since the session keeps something about each.
const MAX_STREAMS: usize = 64;

/// The SSRCs that a peer has sent.
#[derive(Debug, Default)]
pub(super) struct ReceivedStreams(Vec<[u8; 4]>);

impl ReceivedStreams {
    /// Whether a datagram may go on to the session: false for RTP of one stream too many.
    pub(super) fn admit(&mut self, datagram: &[u8]) -> bool {
        let Some(ssrc) = rtp_ssrc(datagram) else {
            return true;
        };
        if self.0.contains(&ssrc) {
            return true;
        }
        let is_welcome = self.0.len() < MAX_STREAMS;
        if is_welcome {
            self.0.push(ssrc);
        }
        is_welcome
    }
}

/// The SSRC of an RTP packet (RFC 3550, section 5.1); `None` for anything else. RTCP has types from 192 to 223 where RTP
/// has its payload type (RFC 5761, section 4).
fn rtp_ssrc(datagram: &[u8]) -> Option<[u8; 4]> {
    let (header, _) = datagram.split_first_chunk::<12>()?;
    match *header {
        [_, 192..=223, ..] => None,
        [128..=191, _, _, _, _, _, _, _, a, b, c, d] => Some([a, b, c, d]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rtp(ssrc: u32) -> Vec<u8> {
        let mut datagram = vec![0x80, 96, 0, 1, 0, 0, 0, 0];
        datagram.extend(ssrc.to_be_bytes());
        datagram
    }

    #[test]
    fn streams_beyond_the_limit_are_refused_and_the_others_go_on() {
        let mut streams = ReceivedStreams::default();
        let admitted = (0..1_000).filter(|ssrc| streams.admit(&rtp(*ssrc))).count();
        assert_eq!(admitted, MAX_STREAMS);
        assert!(streams.admit(&rtp(0)));
        assert!(!streams.admit(&rtp(999)));
    }

    #[test]
    fn other_datagrams_are_not_counted() {
        let mut streams = ReceivedStreams::default();
        let mut rtcp = rtp(1);
        rtcp[1] = 200;
        for other in [rtcp, vec![0; 20], vec![22; 40], vec![0x80, 96], Vec::new()] {
            assert!(streams.admit(&other));
        }
        assert!(streams.0.is_empty());
    }
}
