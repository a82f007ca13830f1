//! The name of a room as a person types it.

use std::rc::Rc;

/// A session name that OpenVidu accepts as `customSessionId`: letters, digits, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionName(Rc<str>);

/// Why a text can't be a session name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidSessionName {
    /// Nothing but white space.
    #[error("a session name can't be empty")]
    Empty,
    /// A character other than letters, digits, `_` and `-`; the first such one is told.
    #[error("a session name can't contain {0:?}")]
    Character(char),
    /// More than [`SessionName::MAX_LENGTH`] characters.
    #[error("a session name can't be longer than {max} characters", max = SessionName::MAX_LENGTH)]
    TooLong,
}

impl SessionName {
    /// The most characters a session name may have. OpenVidu names no limit; this one keeps links and headings usable.
    pub const MAX_LENGTH: usize = 64;

    /// Checks what was typed; white space around it is dropped.
    ///
    /// # Errors
    ///
    /// [`InvalidSessionName`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, InvalidSessionName> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidSessionName::Empty);
        }
        if let Some(c) = text
            .chars()
            .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        {
            return Err(InvalidSessionName::Character(c));
        }
        if text.len() > Self::MAX_LENGTH {
            return Err(InvalidSessionName::TooLong);
        }
        Ok(Self(text.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, shared.
    #[must_use]
    pub fn to_rc(&self) -> Rc<str> {
        Rc::clone(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accepts_what_openvidu_accepts() {
        for name in ["SessionA", "a", "0", "daily_stand-up", "  SessionA "] {
            assert!(SessionName::parse(name).is_ok(), "{name}");
        }
        assert_eq!(SessionName::parse(" SessionA ").unwrap().as_str(), "SessionA");
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(SessionName::parse(""), Err(InvalidSessionName::Empty));
        assert_eq!(SessionName::parse("  "), Err(InvalidSessionName::Empty));
        assert_eq!(
            SessionName::parse("my room"),
            Err(InvalidSessionName::Character(' '))
        );
        assert_eq!(
            SessionName::parse("café"),
            Err(InvalidSessionName::Character('é'))
        );
        assert_eq!(
            SessionName::parse(&"a".repeat(64)).map(|n| n.as_str().len()),
            Ok(64)
        );
        assert_eq!(
            SessionName::parse(&"a".repeat(65)),
            Err(InvalidSessionName::TooLong)
        );
    }

    proptest! {
        #[test]
        fn never_lets_through_what_the_deployment_refuses(text in ".*") {
            if let Ok(name) = SessionName::parse(&text) {
                prop_assert!(!name.as_str().is_empty());
                prop_assert!(name.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-'));
            }
        }
    }
}
