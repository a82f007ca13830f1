use serde::{Deserialize, Serialize};

use crate::{StreamId, VideoKind};

/// A published stream, as other participants learn of it. `has_audio` and `has_video` must tell the truth: they
/// decide which media a subscriber offers to receive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stream {
    /// The stream's id.
    pub id: StreamId,
    /// In milliseconds of the Unix epoch.
    pub created_at: u64,
    /// Whether there is an audio track.
    pub has_audio: bool,
    /// Whether there is a video track.
    pub has_video: bool,
    /// Whether the audio is unmuted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_active: Option<bool>,
    /// Whether the video is unmuted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_active: Option<bool>,
    /// Where the video comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_of_video: Option<VideoKind>,
    /// Frames a second, −1 if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame_rate: Option<i32>,
    /// Width and height as a JSON *text* ([`crate::VideoDimensions`]): the SDK parses it and fails on an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_dimensions: Option<String>,
    /// The applied filter; an empty object for none.
    #[serde(default)]
    pub filter: serde_json::Map<String, serde_json::Value>,
}

wire_enum! {
    /// What of a stream changed.
    StreamProperty {
        /// Audio was muted or unmuted; the value is a boolean.
        AudioActive = "audioActive",
        /// Video was muted or unmuted; the value is a boolean.
        VideoActive = "videoActive",
        /// The video has another size; the value is a text with [`crate::VideoDimensions`].
        VideoDimensions = "videoDimensions",
        /// The audio track was replaced; the value is an object with the new one's label.
        AudioTrack = "audioTrack",
        /// The video track was replaced; the value is an object with the new one's label.
        VideoTrack = "videoTrack",
        /// A filter was applied or removed; the value is the filter.
        Filter = "filter",
    }
}
