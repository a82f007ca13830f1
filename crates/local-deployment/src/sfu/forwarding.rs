//! Media and key frame requests between publisher and subscribers.

use std::time::{Duration, Instant};

use str0m::{
    Rtc,
    media::{KeyframeRequestKind, MediaKind},
    rtp::{RtpPacket, Ssrc},
};

use super::{
    PeerId, SourceId,
    engine::Sfu,
    packet::MediaPacket,
    peer::{IncomingTrack, Peer, PeerState, Role},
};

/// A key frame that is older than this when somebody subscribes will be too old when they have connected.
const FRESH: Duration = Duration::from_millis(250);

impl Sfu {
    /// Hands a publisher's packet to all subscribers.
    pub(super) fn forward(&mut self, from: PeerId, packet: RtpPacket) {
        let Self {
            peers,
            sources,
            with_output,
            ..
        } = self;
        let Some(Peer {
            rtc,
            source,
            role: Role::Publisher(publisher),
            ..
        }) = peers.get_mut(&from)
        else {
            return;
        };
        let Some(source) = sources.get_mut(source) else {
            return;
        };
        let Some(kind) = publisher.kind(packet.header.payload_type) else {
            return;
        };
        let Some(track) = publisher.track_mut(kind) else {
            return;
        };
        let epoch = match kind {
            MediaKind::Audio => &mut source.audio_epoch,
            MediaKind::Video => &mut source.video_epoch,
        };
        let ssrc = packet.header.ssrc;
        if track.ssrc != Some(ssrc) {
            if !track.switch(rtc, ssrc) {
                return;
            }
            *epoch = epoch.next();
            if kind == MediaKind::Video && !source.subscribers.is_empty() {
                publisher.keyframes.want();
            }
        }
        let captured = publisher.clock.capture_time(&packet);
        let Some(packet) = MediaPacket::new(packet, kind, *epoch, captured) else {
            return;
        };
        if packet.starts_keyframe() {
            publisher.keyframes.arrived();
        }
        let audio;
        let packet = match kind {
            MediaKind::Audio => {
                audio = packet;
                Some(&audio)
            }
            MediaKind::Video => {
                source.recent_video.push(packet);
                source.recent_video.last()
            }
        };
        let Some(packet) = packet else {
            return;
        };
        for id in &source.subscribers {
            let Some(Peer {
                rtc,
                role: Role::Subscriber(subscriber),
                state: PeerState::Connected,
                ..
            }) = peers.get_mut(id)
            else {
                continue;
            };
            let Some(track) = subscriber.track_mut(kind) else {
                continue;
            };
            let written = track.forward(rtc, packet, &source.recent_video);
            if written && !subscriber.has_output {
                subscriber.has_output = true;
                with_output.push_back(*id);
            }
        }
    }

    /// A peer's transport is up: a subscriber gets the current picture, or as soon as possible a new one.
    pub(super) fn connected(&mut self, now: Instant, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        peer.state = PeerState::Connected;
        let Role::Subscriber(subscriber) = &mut peer.role else {
            return;
        };
        let (Some(video), Some(source)) = (&mut subscriber.video, self.sources.get(&peer.source)) else {
            return;
        };
        let recent = &source.recent_video;
        if recent.is_complete(now) && video.replay(&mut peer.rtc, recent) {
            subscriber.has_output = true;
            self.with_output.push_back(id);
        } else if let Some(publisher) = source.publisher {
            self.want_keyframe(now, publisher);
        }
    }

    /// Somebody is about to subscribe, or has and will be connected in a moment: have a key frame by then.
    pub(super) fn expect_subscriber(&mut self, now: Instant, id: SourceId) {
        let Some(source) = self.sources.get(&id) else {
            return;
        };
        if !source.has_video {
            return;
        }
        let is_fresh = source
            .recent_video
            .keyframe_age(now)
            .is_some_and(|age| age <= FRESH);
        if let Some(publisher) = source.publisher.filter(|_| !is_fresh) {
            self.want_keyframe(now, publisher);
        }
    }

    /// A subscriber's decoder has lost track.
    pub(super) fn keyframe_requested(&mut self, now: Instant, subscriber: PeerId) {
        let source = self.peers.get(&subscriber).map(|peer| peer.source);
        let source = source.and_then(|source| self.sources.get(&source));
        if let Some(publisher) = source.and_then(|source| source.publisher) {
            self.want_keyframe(now, publisher);
        }
    }

    /// Sends the publisher a request for a key frame, if one is wanted and due.
    pub(super) fn request_keyframe(&mut self, now: Instant, id: PeerId) {
        let Some(Peer {
            rtc,
            role: Role::Publisher(publisher),
            state: PeerState::Connected,
            ..
        }) = self.peers.get_mut(&id)
        else {
            return;
        };
        // Without a stream there is nobody to ask; its first frame will be a key frame.
        let Some(ssrc) = publisher.video.as_ref().and_then(|track| track.ssrc) else {
            return;
        };
        if !publisher.keyframes.poll(now) {
            return;
        }
        if let Some(stream) = rtc.direct_api().stream_rx(&ssrc) {
            stream.request_keyframe(KeyframeRequestKind::Pli);
            self.advance(now, id);
        }
    }

    fn want_keyframe(&mut self, now: Instant, id: PeerId) {
        if let Some(Peer {
            role: Role::Publisher(publisher),
            ..
        }) = self.peers.get_mut(&id)
        {
            publisher.keyframes.want();
            self.request_keyframe(now, id);
            self.schedule(id);
        }
    }
}

impl IncomingTrack {
    /// Takes the packets of another RTP stream as the track's. Says whether it is the track's.
    fn switch(&mut self, rtc: &mut Rtc, ssrc: Ssrc) -> bool {
        let mut api = rtc.direct_api();
        let belongs = api
            .stream_rx(&ssrc)
            .is_some_and(|stream| stream.mid() == self.negotiated.mid);
        if !belongs || self.previous_ssrc == Some(ssrc) {
            return false;
        }
        self.previous_ssrc = self.ssrc.replace(ssrc);
        true
    }
}
