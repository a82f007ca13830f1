use serde::{Deserialize, Serialize};

wire_enum! {
    /// What a recording consists of.
    OutputMode {
        /// One file with everybody in it.
        Composed = "COMPOSED",
        /// The same, with the recorder kept running between recordings.
        ComposedQuickStart = "COMPOSED_QUICK_START",
        /// A file a stream.
        Individual = "INDIVIDUAL",
    }
}

wire_enum! {
    /// How a composed recording places the streams.
    RecordingLayout {
        /// A grid.
        BestFit = "BEST_FIT",
        /// One large, the others small in front of it.
        PictureInPicture = "PICTURE_IN_PICTURE",
        /// One large, the others in a column.
        VerticalPresentation = "VERTICAL_PRESENTATION",
        /// One large, the others in a row.
        HorizontalPresentation = "HORIZONTAL_PRESENTATION",
        /// A page of the application.
        Custom = "CUSTOM",
    }
}

/// How to record. In a request absent values mean the default; a session's description has them all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RecordingProperties {
    /// Name of the file; empty for the recording's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether to record audio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_audio: Option<bool>,
    /// Whether to record video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_video: Option<bool>,
    /// What the recording consists of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_mode: Option<OutputMode>,
    /// How a composed recording places the streams.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_layout: Option<RecordingLayout>,
    /// Path or URL of the page for [`RecordingLayout::Custom`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_layout: Option<String>,
    /// `WIDTHxHEIGHT` in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// Frames a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame_rate: Option<u32>,
    /// Shared memory of the recorder, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shm_size: Option<u64>,
    /// Whether an individual recording starts although a stream can't be recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_failed_streams: Option<bool>,
}

impl RecordingProperties {
    /// Fills what is absent with OpenVidu's defaults. Values that don't apply to the output mode stay absent.
    #[must_use]
    pub fn with_defaults(mut self) -> Self {
        self.name.get_or_insert_default();
        let has_video = *self.has_video.get_or_insert(true);
        self.has_audio.get_or_insert(true);
        let mode = self.output_mode.get_or_insert(OutputMode::Composed);
        if *mode != OutputMode::Individual && has_video {
            self.recording_layout.get_or_insert(RecordingLayout::BestFit);
            self.resolution.get_or_insert_with(|| "1280x720".to_owned());
            self.frame_rate.get_or_insert(25);
            self.shm_size.get_or_insert(512 * 1024 * 1024);
        }
        self
    }
}
