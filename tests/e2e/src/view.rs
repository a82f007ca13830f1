//! What a person sees on the application client's page.

use serde::Deserialize;

/// What a person sees on the application client's page at one moment, read through its DOM contract.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Where the page is between form and room.
    pub phase: Option<Phase>,
    /// Whether the form is there.
    pub join: bool,
    /// Whether the room is there.
    pub session: bool,
    /// What stands in the name field.
    pub user_name: Option<String>,
    /// What stands in the session field.
    pub session_id: Option<String>,
    /// Whether the session field is marked as wrong.
    pub session_invalid: bool,
    /// What is said about a wrong session name.
    pub session_error: Option<String>,
    /// The room's heading.
    pub title: Option<String>,
    /// What is told above the form.
    pub notice: Option<Notice>,
    /// What is told about the connection while it is being mended.
    pub connection_status: Option<String>,
    /// What is told about camera and microphone.
    pub devices: Option<DeviceNotice>,
    /// What is told about one's own media not reaching the others.
    pub publish_notice: Option<String>,
    /// The large picture.
    pub main: Option<Tile>,
    /// Everybody's tile, in the order of the page.
    pub tiles: Vec<Tile>,
    /// Ids that more than one element has.
    pub duplicate_ids: Vec<String>,
}

/// Where the page is between form and room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// In front of the form.
    Lobby,
    /// JOIN was pressed.
    Joining,
    /// In the room.
    Connected,
    /// In the room, with the connection being mended.
    Reconnecting,
    /// No longer in the room; the form is back.
    Left,
    /// Joining failed; the form is back.
    Failed,
}

impl Phase {
    /// Whether the room is there rather than the form.
    #[must_use]
    pub const fn is_in_room(self) -> bool {
        matches!(self, Self::Connected | Self::Reconnecting)
    }
}

/// What is told above the form.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Notice {
    /// Kind of notice, a stable word.
    pub code: Option<String>,
    /// Role for assistive technology.
    pub role: Option<String>,
    /// The text.
    pub text: String,
}

/// What is told about camera and microphone.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct DeviceNotice {
    /// `ok`, `none`, `denied`, `busy`, `failed`, ...
    pub camera: Option<String>,
    /// The same for the microphone.
    pub microphone: Option<String>,
    /// The text.
    pub text: String,
}

/// Somebody's picture.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Tile {
    /// The stream in it, once there is one.
    pub stream_id: Option<String>,
    /// Whether it is one's own.
    pub own: bool,
    /// The name on it.
    pub nickname: Option<String>,
    /// What is told in it about a stream that can't be received.
    pub trouble: Option<String>,
    /// The `<video>` in it.
    pub video: Option<VideoElement>,
}

/// A `<video>` element.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct VideoElement {
    /// Its id, or nothing.
    pub id: String,
    /// Whether its sound is off.
    pub muted: bool,
    /// Whether it stands still.
    pub paused: bool,
    /// What it is fed with.
    pub tracks: Vec<PlayedTrack>,
}

/// A track that a `<video>` element plays.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct PlayedTrack {
    /// Its id: the same wherever the track is played in this page.
    pub id: String,
    /// `audio` or `video`.
    pub kind: String,
    /// `live` or `ended`.
    pub ready_state: String,
}

impl View {
    /// The own tile.
    #[must_use]
    pub fn own(&self) -> Option<&Tile> {
        self.tiles.iter().find(|tile| tile.own)
    }

    /// Everybody else's tiles.
    pub fn others(&self) -> impl Iterator<Item = &Tile> {
        self.tiles.iter().filter(|tile| !tile.own)
    }

    /// The names of everybody else, sorted.
    #[must_use]
    pub fn other_names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.others().map(Tile::name).collect();
        names.sort_unstable();
        names
    }

    /// The tile with this name.
    #[must_use]
    pub fn tile(&self, nickname: &str) -> Option<&Tile> {
        self.tiles.iter().find(|tile| tile.name() == nickname)
    }

    /// Kind of notice, or nothing.
    #[must_use]
    pub fn notice_code(&self) -> &str {
        self.notice
            .as_ref()
            .and_then(|notice| notice.code.as_deref())
            .unwrap_or_default()
    }
}

impl Tile {
    /// The name on it, or nothing.
    #[must_use]
    pub fn name(&self) -> &str {
        self.nickname.as_deref().unwrap_or_default()
    }

    /// The id of the picture's track, if it has one.
    #[must_use]
    pub fn video_track(&self) -> Option<&str> {
        self.track("video")
    }

    /// The id of the sound's track, if it has one.
    #[must_use]
    pub fn audio_track(&self) -> Option<&str> {
        self.track("audio")
    }

    fn track(&self, kind: &str) -> Option<&str> {
        self.video
            .as_ref()?
            .tracks
            .iter()
            .find(|track| track.kind == kind)
            .map(|track| track.id.as_str())
    }
}
