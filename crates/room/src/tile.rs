//! What a tile shows.

use std::rc::Rc;

use crate::{ConnectionId, Message, Nickname, StreamId};

/// Whose tile it is. Stable for as long as they are in the room, whatever they send.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileId {
    /// One's own.
    Own,
    /// Somebody else's.
    Remote(ConnectionId),
}

impl TileId {
    /// A text that is unique in the room and stable: the tile's key in a list.
    #[must_use]
    pub fn key(&self) -> Rc<str> {
        match self {
            Self::Own => "own".into(),
            Self::Remote(connection) => connection.to_rc(),
        }
    }
}

/// A tile as it should look now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileView {
    /// Whose it is.
    pub id: TileId,
    /// The stream in it, once there is one.
    pub stream: Option<StreamId>,
    /// What they call themselves.
    pub nickname: Option<Nickname>,
    /// Whether there is a picture to show; else their initials are.
    pub picture: bool,
    /// Whether their microphone is muted or missing.
    pub silent: bool,
    /// What stands in the way of seeing or hearing them, or of them seeing us.
    pub trouble: Option<Message>,
}

impl TileView {
    /// Their name, or a stand-in for it.
    #[must_use]
    pub fn name(&self) -> Rc<str> {
        self.nickname
            .as_ref()
            .map_or_else(|| Message::Somebody.english().as_ref().into(), Nickname::to_rc)
    }

    /// Up to two letters that stand for them where there is no picture. To be shown in capitals.
    #[must_use]
    pub fn initials(&self) -> String {
        let name = self.name();
        let mut words = name
            .split(' ')
            .filter_map(|word| word.chars().find(|c| !c.is_ascii() || c.is_ascii_alphanumeric()));
        words.next().into_iter().chain(words.next_back()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tile(name: Option<&str>) -> TileView {
        TileView {
            id: TileId::Own,
            stream: None,
            nickname: name.map(Nickname::new),
            picture: false,
            silent: false,
            trouble: None,
        }
    }

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        let cases = [
            (Some("Ada Lovelace"), "AL"),
            (Some("bo"), "b"),
            (Some("Ana María de la Cruz"), "AC"),
            (Some("(guest) 7"), "g7"),
            (Some("김 민수"), "김민"),
            (None, "S"),
            (Some("🙂"), "🙂"),
            (Some("--"), ""),
        ];
        for (name, expected) in cases {
            assert_eq!(tile(name).initials(), expected, "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn any_name_has_initials(name in ".*") {
            let _ = tile(Some(&name)).initials();
        }
    }
}
