//! What the form proposes to somebody who has typed nothing yet. As in OpenVidu's tutorials.

use crate::Nickname;

/// The session that everybody meets in who changes nothing.
pub const DEFAULT_SESSION: &str = "SessionA";

/// `Participant` and a number from 0 to 99.
///
/// `random` is a number from 0 up to, not including, 1; anything else counts as the nearest in that range.
#[must_use]
pub fn default_nickname(random: f64) -> Nickname {
    // `as` saturates and takes NaN for 0.
    let number = ((random * 100.0) as u8).min(99);
    Nickname::new(&format!("Participant{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_from_0_to_99() {
        for (random, expected) in [
            (0.0, "Participant0"),
            (0.5, "Participant50"),
            (0.9999, "Participant99"),
        ] {
            assert_eq!(default_nickname(random).as_str(), expected);
        }
        assert_eq!(default_nickname(f64::NAN).as_str(), "Participant0");
        assert_eq!(default_nickname(7.0).as_str(), "Participant99");
    }
}
