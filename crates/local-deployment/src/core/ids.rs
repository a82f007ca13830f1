use openvidu_protocol::{ConnectionId, RpcSessionId, SessionId, StreamId, TokenValue, VideoKind};
use rand::{Rng, RngExt};

use crate::sfu::{PeerId, SourceId};

const UPPER: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// Longer than OpenVidu's 26 characters of base 32: 36 × 5.95 bits.
const RPC_SESSION_LENGTH: usize = 36;

/// Makes all identifiers. Its randomness comes from outside and must not be guessable, since tokens and the ids of
/// conversations are secrets.
pub(super) struct Ids {
    random: Box<dyn Rng + Send>,
    peers: u64,
    sources: u64,
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ids")
            .field("peers", &self.peers)
            .field("sources", &self.sources)
            .finish_non_exhaustive()
    }
}

impl Ids {
    pub(super) fn new(random: Box<dyn Rng + Send>) -> Self {
        Self {
            random,
            peers: 0,
            sources: 0,
        }
    }

    pub(super) fn session(&mut self) -> SessionId {
        SessionId::new(self.prefixed("ses_", 9))
    }

    pub(super) fn connection(&mut self) -> ConnectionId {
        ConnectionId::new(self.prefixed("con_", 9))
    }

    pub(super) fn token(&mut self) -> TokenValue {
        TokenValue::new(self.prefixed("tok_", 15))
    }

    /// `str_CAM_K3fT_con_…`, or `str_MIC_…` without video.
    pub(super) fn stream(&mut self, video: Option<&VideoKind>, owner: &ConnectionId) -> StreamId {
        let kind = match video {
            None => "MIC",
            Some(VideoKind::Screen) => "SCR",
            Some(VideoKind::Custom) => "CUS",
            Some(VideoKind::IpCamera) => "IPC",
            Some(_) => "CAM",
        };
        let random = self.prefixed("", 3);
        StreamId::new(format!("str_{kind}_{random}_{owner}"))
    }

    pub(super) fn rpc_session(&mut self) -> RpcSessionId {
        let mut id = String::with_capacity(RPC_SESSION_LENGTH);
        self.push_random(&mut id, ALPHANUMERIC, RPC_SESSION_LENGTH);
        RpcSessionId::new(id)
    }

    pub(super) fn peer(&mut self) -> PeerId {
        self.peers += 1;
        PeerId(self.peers)
    }

    pub(super) fn source(&mut self) -> SourceId {
        self.sources += 1;
        SourceId(self.sources)
    }

    /// One uppercase letter and `length` alphanumerics.
    fn prefixed(&mut self, prefix: &str, length: usize) -> String {
        let mut id = prefix.to_owned();
        self.push_random(&mut id, UPPER, 1);
        self.push_random(&mut id, ALPHANUMERIC, length);
        id
    }

    fn push_random(&mut self, id: &mut String, alphabet: &[u8], length: usize) {
        for _ in 0..length {
            let index = self.random.random_range(0..alphabet.len());
            id.extend(alphabet.get(index).map(|&byte| char::from(byte)));
        }
    }
}
