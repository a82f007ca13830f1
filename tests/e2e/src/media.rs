//! What is really decoded and played.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// How many frames must have been decoded between two looks before a picture counts as moving.
const MOVING: u64 = 5;

/// The energy of silence: an encoder's silence differs from zero in the last of 16 bits now and then, which makes 1e-9 a second
/// at most. The beep of Chromium's fake microphone has 0.06.
pub(crate) const SILENCE: f64 = 1e-6;

/// What is really decoded and played in each `<video>` of the page at one moment.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Media(Vec<VideoMedia>);

/// What is really decoded and played in one `<video>`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VideoMedia {
    /// Where it is on the page.
    pub place: Place,
    /// The tile's stream.
    pub stream_id: Option<String>,
    /// The name on it.
    pub nickname: Option<String>,
    /// Whether the element plays and has something to show.
    pub playing: bool,
    /// How many frames it has presented.
    pub frames_presented: u64,
    /// How many frames the peer connection behind it has decoded. `None`: its picture doesn't come from one.
    pub frames_decoded: Option<u64>,
    /// The energy of the sound that arrived so far, see `totalAudioEnergy` in W3C's statistics identifiers.
    /// `None`: its sound doesn't come from a peer connection.
    pub audio_energy: Option<f64>,
}

/// Where a picture is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The large picture.
    Main,
    /// Somebody's tile.
    Tile,
}

impl Media {
    /// What is played there, if the name on it is this one.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn of(&self, place: Place, nickname: &str) -> Result<&VideoMedia> {
        self.0
            .iter()
            .find(|video| video.place == place && video.nickname.as_deref() == Some(nickname))
            .with_context(|| format!("no {place:?} with the name {nickname:?} in {:?}", self.0))
    }
}

impl VideoMedia {
    /// Checks that the picture moved since `before`: frames were decoded and presented.
    ///
    /// # Errors
    ///
    /// When it didn't, with the figures.
    pub fn ensure_seen_since(&self, before: &Self) -> Result<()> {
        let decoded = self
            .frames_decoded
            .unwrap_or_default()
            .saturating_sub(before.frames_decoded.unwrap_or_default());
        let presented = self.frames_presented.saturating_sub(before.frames_presented);
        ensure!(
            decoded >= MOVING && presented > 0 && self.playing,
            "the picture stands still: {before:?}, then {self:?}"
        );
        Ok(())
    }

    /// Checks that sound other than silence arrived since `before`.
    ///
    /// # Errors
    ///
    /// When it didn't, with the figures.
    pub fn ensure_heard_since(&self, before: &Self) -> Result<()> {
        let energy = self.audio_energy.unwrap_or_default() - before.audio_energy.unwrap_or_default();
        ensure!(energy > SILENCE, "no sound: {before:?}, then {self:?}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, VideoMedia};

    fn media(frames: u64, audio_energy: f64, playing: bool) -> VideoMedia {
        VideoMedia {
            place: Place::Tile,
            stream_id: None,
            nickname: None,
            playing,
            frames_presented: frames,
            frames_decoded: Some(frames),
            audio_energy: Some(audio_energy),
        }
    }

    #[test]
    fn a_picture_is_seen_when_it_moves() {
        let before = media(100, 0.0, true);
        assert!(media(110, 0.0, true).ensure_seen_since(&before).is_ok());
        assert!(
            media(100, 0.0, true).ensure_seen_since(&before).is_err(),
            "nothing was decoded"
        );
        assert!(
            media(110, 0.0, false).ensure_seen_since(&before).is_err(),
            "the element stands still"
        );
        let hidden = VideoMedia {
            frames_presented: 100,
            ..media(110, 0.0, true)
        };
        assert!(
            hidden.ensure_seen_since(&before).is_err(),
            "nothing was presented"
        );
        let local = VideoMedia {
            frames_decoded: None,
            ..media(110, 0.0, true)
        };
        assert!(
            local.ensure_seen_since(&before).is_err(),
            "it comes from no peer connection"
        );
    }

    #[test]
    fn a_sound_is_heard_when_it_has_energy() {
        let before = media(0, 0.5, true);
        assert!(media(0, 0.6, true).ensure_heard_since(&before).is_ok());
        assert!(
            media(0, 0.5 + 1e-9, true).ensure_heard_since(&before).is_err(),
            "silence"
        );
    }
}
