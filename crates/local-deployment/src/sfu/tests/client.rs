//! A WebRTC client without a network.

use std::{net::SocketAddr, time::Instant};

use str0m::{
    Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig,
    change::{SdpAnswer, SdpPendingOffer},
    format::{Codec, FormatParams},
    media::{Direction, Frequency, KeyframeRequestKind, MediaKind, Mid, Pt},
    net::{Protocol, Receive, Transmit},
    rtp::{ExtensionValues, RtpPacket, RtpWrite},
};

/// Packets to which video frames are cut.
pub(super) const PACKETS_PER_FRAME: u64 = 3;

pub(super) struct Client {
    pub rtc: Rtc,
    pub address: SocketAddr,
    pub audio: Option<Mid>,
    pub video: Option<Mid>,
    pending: Option<SdpPendingOffer>,
    pub connected_at: Option<Instant>,
    pub is_closed: bool,
    pub received: Vec<RtpPacket>,
    pub keyframe_requests: Vec<Instant>,
    pub next_seq_no: u64,
    pub next_timestamp: u32,
    pub next_picture_id: u16,
}

/// Payload types of Opus, VP8 and its RTX.
#[derive(Clone, Copy)]
pub(super) struct PayloadTypes(pub u8, pub u8, pub u8);

pub(super) const PUBLISHER_TYPES: PayloadTypes = PayloadTypes(111, 96, 97);
pub(super) const SUBSCRIBER_TYPES: PayloadTypes = PayloadTypes(109, 120, 124);

impl Client {
    /// A client and its offer.
    pub(super) fn new(
        now: Instant,
        address: SocketAddr,
        direction: Direction,
        kinds: &[MediaKind],
        types: PayloadTypes,
    ) -> (Self, String) {
        let mut config = RtcConfig::new().set_rtp_mode(true).clear_codecs();
        let PayloadTypes(opus, vp8, rtx) = types;
        config.codec_config().add_config(
            Pt::from(opus),
            None,
            Codec::Opus,
            Frequency::FORTY_EIGHT_KHZ,
            Some(2),
            FormatParams {
                min_p_time: Some(10),
                use_inband_fec: Some(true),
                ..FormatParams::default()
            },
        );
        config.codec_config().add_config(
            Pt::from(vp8),
            Some(Pt::from(rtx)),
            Codec::Vp8,
            Frequency::NINETY_KHZ,
            None,
            FormatParams::default(),
        );
        let mut rtc = config.build(now);
        rtc.add_local_candidate(Candidate::host(address, "udp").unwrap());
        let mut changes = rtc.sdp_api();
        let mut add = |kind| {
            kinds
                .contains(&kind)
                .then(|| changes.add_media(kind, direction, None, None, None))
        };
        let (audio, video) = (add(MediaKind::Audio), add(MediaKind::Video));
        let (offer, pending) = changes.apply().unwrap();
        // Browsers offer before they have candidates.
        let offer: String = offer
            .to_sdp_string()
            .split_inclusive("\r\n")
            .filter(|line| !line.starts_with("a=candidate"))
            .collect();
        let client = Self {
            rtc,
            address,
            audio,
            video,
            pending: Some(pending),
            connected_at: None,
            is_closed: false,
            received: Vec::new(),
            keyframe_requests: Vec::new(),
            next_seq_no: 1_000,
            next_timestamp: 0xffff_f000,
            next_picture_id: 0x7ff0,
        };
        (client, offer)
    }

    pub(super) fn accept(&mut self, answer: &str) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        let pending = self.pending.take().unwrap();
        self.rtc.sdp_api().accept_answer(pending, answer).unwrap();
    }

    /// Takes in a datagram. One that is not WebRTC's, such as the answer to a mutilated check, is ignored.
    pub(super) fn handle(&mut self, now: Instant, transmit: &Transmit) {
        let Transmit {
            source,
            destination,
            contents,
            ..
        } = transmit;
        let Ok(received) = Receive::new(Protocol::Udp, *source, *destination, contents) else {
            return;
        };
        if self.rtc.handle_input(Input::Receive(now, received)).is_err() {
            self.is_closed = true;
        }
    }

    /// Does what is due and returns what to send.
    pub(super) fn poll(&mut self, now: Instant) -> Vec<Transmit> {
        let mut transmits = Vec::new();
        for _ in 0..4 {
            loop {
                match self.rtc.poll_output() {
                    Ok(Output::Timeout(_)) => break,
                    Ok(Output::Transmit(transmit)) => transmits.push(transmit),
                    Ok(Output::Event(event)) => self.on_event(now, event),
                    Err(_) => {
                        self.is_closed = true;
                        return transmits;
                    }
                }
            }
            self.is_closed |= self.rtc.handle_input(Input::Timeout(now)).is_err();
        }
        transmits
    }

    fn on_event(&mut self, now: Instant, event: Event) {
        match event {
            Event::Connected => self.connected_at = Some(now),
            Event::RtpPacket(packet) => self.received.push(packet),
            Event::KeyframeRequest(_) => self.keyframe_requests.push(now),
            Event::Closed | Event::IceConnectionStateChange(IceConnectionState::Disconnected) => {
                self.is_closed = true;
            }
            _ => {}
        }
    }

    fn payload_type(&self, codec: Codec) -> Pt {
        let is_codec = |params: &&str0m::format::PayloadParams| params.spec().codec == codec;
        self.rtc
            .codec_config()
            .params()
            .iter()
            .find(is_codec)
            .unwrap()
            .pt()
    }

    /// Sends a video frame of some packets, 33 ms after the one before. Returns their payloads.
    pub(super) fn send_frame(&mut self, now: Instant, is_keyframe: bool) -> Vec<Vec<u8>> {
        let payload_type = self.payload_type(Codec::Vp8);
        let [high, low] = (self.next_picture_id | 0x8000).to_be_bytes();
        let frame = (0..PACKETS_PER_FRAME).map(|index| {
            let start_of_partition = if index == 0 { 0x90 } else { 0x80 };
            let frame_tag = u8::from(!is_keyframe);
            let mut payload = vec![start_of_partition, 0x80, high, low, frame_tag];
            payload.extend((self.next_seq_no + index).to_be_bytes());
            payload.resize(900, 7);
            payload
        });
        let frame: Vec<_> = frame.collect();
        let video = self.video.unwrap();
        for (index, payload) in (0..).zip(&frame) {
            let rtp = RtpWrite::new(
                payload_type,
                (self.next_seq_no + index).into(),
                self.next_timestamp,
                now,
                payload.as_slice(),
            )
            .marker(index + 1 == PACKETS_PER_FRAME)
            .nackable(true);
            self.rtc
                .direct_api()
                .stream_tx_by_mid(video, None)
                .unwrap()
                .write_rtp(rtp);
        }
        self.next_seq_no += PACKETS_PER_FRAME;
        self.next_timestamp = self.next_timestamp.wrapping_add(3_000);
        self.next_picture_id = (self.next_picture_id + 1) & 0x7fff;
        frame
    }

    /// Sends any video packet.
    pub(super) fn send_video_packet(&mut self, now: Instant, seq_no: u64, timestamp: u32, payload: &[u8]) {
        let payload_type = self.payload_type(Codec::Vp8);
        let rtp = RtpWrite::new(payload_type, seq_no.into(), timestamp, now, payload);
        let video = self.video.unwrap();
        self.rtc
            .direct_api()
            .stream_tx_by_mid(video, None)
            .unwrap()
            .write_rtp(rtp);
    }

    /// Sends an audio packet.
    pub(super) fn send_audio(&mut self, now: Instant, seq_no: u64, timestamp: u32, payload: &[u8]) {
        let audio = self.audio.unwrap();
        let rtp = RtpWrite::new(
            self.payload_type(Codec::Opus),
            seq_no.into(),
            timestamp,
            now,
            payload,
        )
        .ext_vals(ExtensionValues {
            audio_level: Some(-30),
            voice_activity: Some(true),
            ..ExtensionValues::default()
        });
        self.rtc
            .direct_api()
            .stream_tx_by_mid(audio, None)
            .unwrap()
            .write_rtp(rtp);
    }

    pub(super) fn request_keyframe(&mut self) {
        let video = self.video.unwrap();
        self.rtc
            .direct_api()
            .stream_rx_by_mid(video, None)
            .unwrap()
            .request_keyframe(KeyframeRequestKind::Pli);
    }

    /// What was received of one kind, in the order of sequence numbers.
    pub(super) fn received(&self, kind: MediaKind) -> Vec<&RtpPacket> {
        let codec = match kind {
            MediaKind::Audio => Codec::Opus,
            MediaKind::Video => Codec::Vp8,
        };
        let payload_type = self.payload_type(codec);
        let mut packets: Vec<_> = self
            .received
            .iter()
            .filter(|packet| packet.header.payload_type == payload_type)
            .collect();
        packets.sort_by_key(|packet| packet.seq_no);
        packets
    }

    pub(super) fn payloads(&self, kind: MediaKind) -> Vec<&[u8]> {
        self.received(kind)
            .iter()
            .map(|packet| &*packet.payload)
            .collect()
    }
}
