//! Offers of clients, before they are negotiated: which m-lines will be used, and in which direction.
//!
//! str0m answers every m-line in the direction that it was offered. What this server wants otherwise is therefore written
//! into the offer first: a publisher only sends, a subscriber only receives, at most one m-line of each kind is active.

use str0m::media::{MediaKind, Mid};

/// Largest offer, in octets. Those of browsers with two m-lines have about 8,000.
const MAX_LENGTH: usize = 64 * 1024;

/// Most m-lines in an offer. A client needs two.
const MAX_MEDIA: usize = 16;

/// What the offering client is to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose<'a> {
    /// It sends.
    Publish,
    /// It receives the tracks that the source has. Both get `stream_id` as the MediaStream they belong to, which is what
    /// browsers keep lip-synced.
    Subscribe {
        stream_id: &'a str,
        has_audio: bool,
        has_video: bool,
    },
}

/// An offer that says what this server wants.
#[derive(Debug)]
pub(super) struct PreparedOffer {
    pub sdp: String,
    /// The m-line that carries audio.
    pub audio: Option<Mid>,
    /// The m-line that carries video.
    pub video: Option<Mid>,
}

/// Why an offer can't be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum OfferError {
    #[error("it is longer than {MAX_LENGTH} octets or has more than {MAX_MEDIA} m-lines")]
    TooLarge,
    #[error("an m-line is neither audio nor video")]
    UnsupportedMedia,
    #[error("an m-line has no mid")]
    NoMid,
}

/// Chooses the m-lines to use and sets the direction of each.
pub(super) fn prepare(offer: &str, purpose: Purpose<'_>) -> Result<PreparedOffer, OfferError> {
    let mut sections: Vec<Vec<&str>> = vec![Vec::new()];
    if offer.len() > MAX_LENGTH {
        return Err(OfferError::TooLarge);
    }
    for line in offer.lines() {
        if line.starts_with("m=") {
            sections.push(Vec::new());
        }
        if let Some(section) = sections.last_mut() {
            section.push(line);
        }
    }
    if sections.len() > MAX_MEDIA + 1 {
        return Err(OfferError::TooLarge);
    }
    let mut prepared = PreparedOffer {
        sdp: String::with_capacity(offer.len() + 256),
        audio: None,
        video: None,
    };
    for section in sections {
        match section.first() {
            Some(line) if line.starts_with("m=") => prepared.add_media(&section, purpose)?,
            _ => section.iter().for_each(|line| prepared.push(line)),
        }
    }
    Ok(prepared)
}

impl PreparedOffer {
    fn push(&mut self, line: &str) {
        self.sdp.push_str(line);
        self.sdp.push_str("\r\n");
    }

    fn add_media(&mut self, section: &[&str], purpose: Purpose<'_>) -> Result<(), OfferError> {
        let (kind, name) = match section.first().and_then(|line| line.split_once(' ')) {
            Some(("m=audio", _)) => (MediaKind::Audio, "audio"),
            Some(("m=video", _)) => (MediaKind::Video, "video"),
            _ => return Err(OfferError::UnsupportedMedia),
        };
        let mid = section
            .iter()
            .find_map(|line| line.strip_prefix("a=mid:"))
            .ok_or(OfferError::NoMid)?;
        let used = match kind {
            MediaKind::Audio => &mut self.audio,
            MediaKind::Video => &mut self.video,
        };
        let direction = if used.is_none() && !is_rejected(section) && purpose.uses(kind, section) {
            *used = Some(Mid::from(mid));
            purpose.direction()
        } else {
            "a=inactive"
        };
        section
            .iter()
            .filter(|line| !purpose.replaces(line))
            .for_each(|line| self.push(line));
        self.push(direction);
        if let Purpose::Subscribe { stream_id, .. } = purpose {
            self.push(&format!("a=msid:{stream_id} {name}"));
        }
        Ok(())
    }
}

impl Purpose<'_> {
    /// Whether an m-line is offered in a direction that is of use.
    fn uses(self, kind: MediaKind, section: &[&str]) -> bool {
        let offered = |directions: [&str; 2]| {
            section
                .iter()
                .find(|line| is_direction(line))
                .is_none_or(|direction| directions.contains(direction))
        };
        match (self, kind) {
            (Self::Publish, _) => offered(["a=sendonly", "a=sendrecv"]),
            (Self::Subscribe { has_audio, .. }, MediaKind::Audio) => {
                has_audio && offered(["a=recvonly", "a=sendrecv"])
            }
            (Self::Subscribe { has_video, .. }, MediaKind::Video) => {
                has_video && offered(["a=recvonly", "a=sendrecv"])
            }
        }
    }

    /// The direction of the m-lines that are used, as seen from the client.
    fn direction(self) -> &'static str {
        match self {
            Self::Publish => "a=sendonly",
            Self::Subscribe { .. } => "a=recvonly",
        }
    }

    /// Whether a line is left out: directions are set anew, there is no simulcast, and what a subscriber says about its
    /// own tracks must not be reflected.
    fn replaces(self, line: &str) -> bool {
        let own_tracks = ["a=msid:", "a=ssrc:", "a=ssrc-group:"];
        let simulcast = ["a=simulcast:", "a=rid:"];
        let starts_with = |prefixes: &[&str]| prefixes.iter().any(|prefix| line.starts_with(prefix));
        is_direction(line)
            || starts_with(&simulcast)
            || (matches!(self, Self::Subscribe { .. }) && starts_with(&own_tracks))
    }
}

fn is_direction(line: &str) -> bool {
    ["a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive"].contains(&line)
}

/// Port 0 rejects an m-line, unless it only says that it has no transport of its own (RFC 8843, section 6).
fn is_rejected(section: &[&str]) -> bool {
    let port = section.first().and_then(|line| line.split(' ').nth(1));
    port == Some("0") && !section.contains(&"a=bundle-only")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBSCRIBE: Purpose<'_> = Purpose::Subscribe {
        stream_id: "str_CAM",
        has_audio: true,
        has_video: false,
    };

    fn media(kind: &str, mid: &str, lines: &[&str]) -> String {
        let mut section = format!("m={kind} 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:{mid}\r\n");
        for line in lines {
            section += line;
            section += "\r\n";
        }
        section
    }

    fn directions(sdp: &str) -> Vec<&str> {
        sdp.lines().filter(|line| is_direction(line)).collect()
    }

    #[test]
    fn publisher_sends_one_track_of_each_kind() {
        let offer = [
            media("video", "0", &["a=recvonly"]),
            media("video", "1", &["a=sendrecv"]),
            media(
                "video",
                "2",
                &["a=sendonly", "a=simulcast:send a;b", "a=rid:a send"],
            ),
            media("audio", "3", &[]),
        ]
        .concat();
        let prepared = prepare(&offer, Purpose::Publish).unwrap();
        assert_eq!(
            directions(&prepared.sdp),
            ["a=inactive", "a=sendonly", "a=inactive", "a=sendonly"]
        );
        assert_eq!(prepared.video, Some("1".into()));
        assert_eq!(prepared.audio, Some("3".into()));
        assert!(!prepared.sdp.contains("simulcast") && !prepared.sdp.contains("rid:"));
    }

    #[test]
    fn subscriber_receives_only_what_the_source_has() {
        let offer = [
            media(
                "audio",
                "a",
                &["a=sendrecv", "a=msid:- own", "a=ssrc:1 cname:own"],
            ),
            media("video", "v", &["a=recvonly"]),
        ]
        .concat();
        let prepared = prepare(&offer, SUBSCRIBE).unwrap();
        assert_eq!(directions(&prepared.sdp), ["a=recvonly", "a=inactive"]);
        assert_eq!(prepared.audio, Some("a".into()));
        assert_eq!(prepared.video, None);
        assert!(prepared.sdp.contains("a=msid:str_CAM audio\r\n") && !prepared.sdp.contains("own"));
    }

    #[test]
    fn rejected_media_is_not_used_but_bundled_media_is() {
        let rejected = media("audio", "0", &[]).replace(" 9 ", " 0 ");
        assert_eq!(prepare(&rejected, Purpose::Publish).unwrap().audio, None);
        let bundled = rejected + "a=bundle-only\r\n";
        assert!(prepare(&bundled, Purpose::Publish).unwrap().audio.is_some());
    }

    #[test]
    fn session_lines_and_bare_line_feeds_are_kept() {
        let offer = "v=0\no=- 1 2 IN IP4 0.0.0.0\ns=-\nt=0 0\nm=audio 9 x 0\na=mid:0\n";
        let prepared = prepare(offer, Purpose::Publish).unwrap();
        assert!(
            prepared
                .sdp
                .starts_with("v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio")
        );
    }

    #[test]
    fn offers_that_cant_be_used_are_refused() {
        for (offer, error) in [
            (media("application", "0", &[]), OfferError::UnsupportedMedia),
            ("m=audio 9 x 0\r\n".into(), OfferError::NoMid),
            (media("audio", "0", &[]).repeat(17), OfferError::TooLarge),
            ("a".repeat(MAX_LENGTH + 1), OfferError::TooLarge),
        ] {
            assert_eq!(prepare(&offer, Purpose::Publish).unwrap_err(), error);
        }
    }
}
