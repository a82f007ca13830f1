//! From a client's offer to a session with it.

use std::{net::SocketAddr, sync::Arc, time::Duration, time::Instant};

use str0m::{
    Candidate, Rtc, RtcConfig,
    change::SdpOffer,
    config::{CryptoProvider, DtlsCert},
    format::Codec,
    media::{MediaKind, Mid, Pt},
    rtp::{Extension, Ssrc},
};

use super::offer::{self, Purpose};

/// Sequence numbers that a subscriber may ask again for: about a second of video at 4 Mbit/s.
const RTX_CACHE_PACKETS: usize = 512;

/// How long a video packet can be asked for again. Later the receiver has asked for a key frame instead.
const RTX_CACHE_AGE: Duration = Duration::from_secs(2);

/// Share of what is sent that may be retransmissions. Beyond it the link is congested, and more of them make it worse.
const RTX_SHARE: f32 = 0.3;

/// Between sender reports. They keep audio and video in step, so the first must come early.
const REPORT_INTERVAL: Duration = Duration::from_secs(1);

/// An answer for the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The SDP, complete with candidates.
    pub sdp: String,
    /// Whether an audio track was negotiated.
    pub has_audio: bool,
    /// Whether a video track was negotiated.
    pub has_video: bool,
}

/// Why an offer was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NegotiationError {
    /// It has video without VP8, or audio without Opus.
    #[error("the offer has none of the supported codecs, VP8 and Opus")]
    MissingCodec,
    /// It is not an offer that can be answered.
    #[error("the offer is invalid: {0}")]
    Invalid(String),
    /// There is nothing to subscribe to.
    #[error("there is no such source")]
    UnknownSource,
    /// As many peers as the server can bear are there already, or it has stopped.
    #[error("the media server can't take more peers")]
    Overloaded,
}

/// What all sessions have in common.
#[derive(Debug)]
pub(super) struct Negotiator {
    addresses: Vec<SocketAddr>,
    crypto: Arc<CryptoProvider>,
    certificate: DtlsCert,
}

/// A session that waits for its client to connect.
pub(super) struct Negotiated {
    pub rtc: Rtc,
    /// The ICE user name fragment by which the client will call.
    pub ufrag: String,
    pub audio: Option<NegotiatedTrack>,
    pub video: Option<NegotiatedTrack>,
    pub answer: Answer,
}

/// A track as this session names it.
#[derive(Debug, Clone, Copy)]
pub(super) struct NegotiatedTrack {
    pub mid: Mid,
    pub payload_type: Pt,
}

impl Negotiator {
    /// A server that can be reached at these addresses. `None` if no certificate can be made.
    pub(super) fn new(addresses: Vec<SocketAddr>) -> Option<Self> {
        let crypto = str0m::crypto::from_feature_flags();
        let certificate = crypto.dtls_provider.generate_certificate()?;
        Some(Self {
            addresses,
            crypto: Arc::new(crypto),
            certificate,
        })
    }

    /// Answers an offer.
    pub(super) fn negotiate(
        &self,
        now: Instant,
        offer: &str,
        purpose: Purpose<'_>,
    ) -> Result<Negotiated, NegotiationError> {
        let prepared = offer::prepare(offer, purpose).map_err(invalid)?;
        if prepared.audio.is_none() && prepared.video.is_none() {
            return Err(invalid("it has nothing to send or receive"));
        }
        let offer = SdpOffer::from_sdp_string(&prepared.sdp).map_err(invalid)?;
        let mut rtc = self.config(purpose).build(now);
        for address in &self.addresses {
            rtc.add_local_candidate(Candidate::host(*address, "udp").map_err(invalid)?);
        }
        let answer = rtc.sdp_api().accept_offer(offer).map_err(invalid)?;
        let track = |mid: Option<Mid>, codec| {
            mid.map(|mid| negotiated_track(&rtc, mid, codec).ok_or(NegotiationError::MissingCodec))
                .transpose()
        };
        let audio = track(prepared.audio, Codec::Opus)?;
        let video = track(prepared.video, Codec::Vp8)?;
        Ok(Negotiated {
            ufrag: rtc.direct_api().local_ice_credentials().ufrag,
            audio,
            video,
            answer: Answer {
                sdp: without_ice_lite(&answer.to_sdp_string()),
                has_audio: audio.is_some(),
                has_video: video.is_some(),
            },
            rtc,
        })
    }

    fn config(&self, purpose: Purpose<'_>) -> RtcConfig {
        let mut config = RtcConfig::new()
            .set_crypto_provider(Arc::clone(&self.crypto))
            .set_dtls_cert(self.certificate.clone())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .set_rtcp_report_interval_audio(REPORT_INTERVAL)
            .set_rtcp_report_interval_video(REPORT_INTERVAL)
            .clear_codecs()
            .enable_opus(true, false)
            .enable_vp8(true)
            .clear_extension_map()
            .set_extension(1, Extension::AudioLevel)
            .set_extension(4, Extension::RtpMid)
            .set_extension(5, Extension::AbsoluteCaptureTime)
            .set_extension(6, Extension::VideoContentType)
            .set_extension(13, Extension::VideoOrientation);
        match purpose {
            // Publishers adapt their bitrate to transport-wide feedback.
            Purpose::Publish => config
                .set_extension(2, Extension::AbsoluteSendTime)
                .set_extension(3, Extension::TransportSequenceNumber),
            // There is one quality of each stream, so what a subscriber's link could bear makes no difference.
            Purpose::Subscribe { .. } => {
                for params in config.codec_config().iter_mut() {
                    params.set_fb_transport_cc(false);
                    params.set_fb_remb(false);
                }
                config
            }
        }
    }
}

impl NegotiatedTrack {
    /// Prepares to send the track and says by which SSRC.
    pub(super) fn open(self, rtc: &mut Rtc, kind: MediaKind) -> Option<Ssrc> {
        let mut api = rtc.direct_api();
        let stream = api.stream_tx_by_mid(self.mid, None)?;
        if kind == MediaKind::Video {
            stream.set_rtx_cache(RTX_CACHE_PACKETS, RTX_CACHE_AGE, Some(RTX_SHARE));
        }
        Some(stream.ssrc())
    }
}

fn negotiated_track(rtc: &Rtc, mid: Mid, codec: Codec) -> Option<NegotiatedTrack> {
    let payload_types = rtc.media(mid)?.remote_pts();
    let params = rtc
        .codec_config()
        .find(|params| params.spec().codec == codec && payload_types.contains(&params.pt()))?;
    Some(NegotiatedTrack {
        mid,
        payload_type: params.pt(),
    })
}

/// The agent is a lite one, but does not say so. To a lite agent libwebrtc nominates a pair only with its second check, 50 ms
/// after the first (`BasicIceController::GetUseCandidateAttr`), and nothing can be sent to it before. What a full agent
/// would do more, checks of its own, is of use only if the client could not reach this server by itself.
fn without_ice_lite(answer: &str) -> String {
    answer.replace("a=ice-lite\r\n", "")
}

#[expect(clippy::needless_pass_by_value, reason = "used to map errors")]
fn invalid(reason: impl ToString) -> NegotiationError {
    NegotiationError::Invalid(reason.to_string())
}
