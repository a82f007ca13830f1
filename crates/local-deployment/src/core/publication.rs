use openvidu_protocol::{
    StreamId, VideoDimensions, VideoKind,
    rest::{MediaOptions, Publisher},
    rpc::{PublishVideo, Stream, StreamProperty},
};
use serde_json::Value;

use super::{Timestamp, context::Asker};
use crate::sfu::{Answer, PeerId, SourceId};

/// What a participant publishes.
#[derive(Debug)]
pub(super) struct Publication {
    pub(super) source: SourceId,
    pub(super) peer: PeerId,
    pub(super) state: PublicationState,
    audio_active: bool,
    video_active: bool,
    type_of_video: Option<VideoKind>,
    frame_rate: Option<i32>,
    video_dimensions: Option<String>,
}

#[derive(Debug)]
pub(super) enum PublicationState {
    /// The media server has the offer. Nobody knows of the stream yet.
    Negotiating(Asker),
    /// Others know of the stream.
    Live(Live),
}

#[derive(Debug)]
pub(super) struct Live {
    pub(super) stream: StreamId,
    pub(super) created_at: Timestamp,
    has_audio: bool,
    has_video: bool,
    /// The publisher lost its WebRTC connection and offers another one.
    pub(super) reconnecting: Option<(PeerId, Asker)>,
}

impl Publication {
    pub(super) fn new(source: SourceId, peer: PeerId, asker: Asker, params: PublishVideo) -> Self {
        Self {
            source,
            peer,
            state: PublicationState::Negotiating(asker),
            audio_active: params.audio_active.unwrap_or(true),
            video_active: params.video_active.unwrap_or(true),
            type_of_video: params.type_of_video,
            frame_rate: params.frame_rate,
            video_dimensions: params.video_dimensions.filter(|text| is_sound(text)),
        }
    }

    pub(super) fn video_kind(&self) -> Option<&VideoKind> {
        self.type_of_video.as_ref()
    }

    /// The offer was answered: its SDP, not the client's word, tells which media there are.
    pub(super) fn go_live(&mut self, stream: StreamId, created_at: Timestamp, answer: &Answer) {
        let (has_audio, has_video) = (answer.has_audio, answer.has_video);
        self.state = PublicationState::Live(Live {
            stream,
            created_at,
            has_audio,
            has_video,
            reconnecting: None,
        });
    }

    pub(super) fn live(&self) -> Option<&Live> {
        match &self.state {
            PublicationState::Live(live) => Some(live),
            PublicationState::Negotiating(_) => None,
        }
    }

    pub(super) fn live_mut(&mut self) -> Option<&mut Live> {
        match &mut self.state {
            PublicationState::Live(live) => Some(live),
            PublicationState::Negotiating(_) => None,
        }
    }

    pub(super) fn is_stream(&self, stream: &StreamId) -> bool {
        self.live().is_some_and(|live| live.stream == *stream)
    }

    /// Remembers a change for those who join later. What can't be such a value is not remembered.
    pub(super) fn change(&mut self, property: &StreamProperty, value: &Value) {
        match (property, value) {
            (StreamProperty::AudioActive, Value::Bool(active)) => self.audio_active = *active,
            (StreamProperty::VideoActive, Value::Bool(active)) => self.video_active = *active,
            (StreamProperty::VideoDimensions, Value::String(text)) if is_sound(text) => {
                self.video_dimensions = Some(text.clone());
            }
            _ => {}
        }
    }

    /// What other participants learn of it.
    pub(super) fn as_stream(&self) -> Option<Stream> {
        let live = self.live()?;
        let options = self.media_options(live);
        Some(Stream {
            id: live.stream.clone(),
            created_at: live.created_at.0,
            has_audio: options.has_audio,
            has_video: options.has_video,
            audio_active: options.audio_active,
            video_active: options.video_active,
            type_of_video: options.type_of_video,
            frame_rate: options.frame_rate,
            video_dimensions: options.video_dimensions,
            filter: options.filter,
        })
    }

    /// What the REST API says about it.
    pub(super) fn describe(&self) -> Option<Publisher> {
        let live = self.live()?;
        let media_options = self.media_options(live);
        Some(Publisher {
            created_at: live.created_at.0,
            stream_id: live.stream.clone(),
            media_options,
        })
    }

    fn media_options(&self, live: &Live) -> MediaOptions {
        let (has_audio, has_video) = (live.has_audio, live.has_video);
        MediaOptions {
            has_audio,
            audio_active: has_audio.then_some(self.audio_active),
            has_video,
            video_active: has_video.then_some(self.video_active),
            type_of_video: has_video.then(|| self.type_of_video.clone().unwrap_or(VideoKind::Camera)),
            frame_rate: has_video.then_some(self.frame_rate).flatten(),
            video_dimensions: self.video_dimensions.clone().filter(|_| has_video),
            filter: serde_json::Map::new(),
        }
    }
}

/// Other participants parse the text when they learn of the stream, and lose the stream if they can't.
fn is_sound(video_dimensions: &str) -> bool {
    VideoDimensions::from_wire(video_dimensions).is_some()
}
