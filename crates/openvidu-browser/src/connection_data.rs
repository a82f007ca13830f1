use std::fmt;

use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;

/// What the server puts between the client's and the server's part.
const SEPARATOR: &str = "%/%";
/// A display name is cut after so many characters.
const DISPLAY_NAME_MAX_CHARS: usize = 64;
/// How deep a name may be wrapped in JSON inside JSON.
const NESTING_MAX: usize = 3;

/// The metadata of a connection: a part that its client sent, and a part that the application server put into its token.
///
/// Both are free texts. The OpenVidu tutorials and OpenVidu Call send JSON such as `{"clientData":"Ana"}`, network cameras a
/// plain text, and some clients nothing at all. Reading never fails.
///
/// The SDK joins the parts with `%/%`. A client may write that into its own part, so **the server's part proves nothing**
/// when the application server gave none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectionData {
    client: Box<str>,
    server: Option<Box<str>>,
    display_name: Option<Box<str>>,
}

impl ConnectionData {
    /// Reads `Connection.data`.
    #[must_use]
    pub fn parse(data: &str) -> Self {
        let (client, server) = match data.rsplit_once(SEPARATOR) {
            Some((client, server)) => (client, Some(server)),
            None => (data, None),
        };
        let display_name = name_in(client, "clientData")
            .or_else(|| name_in(server?, "serverData"))
            .map(String::into_boxed_str);
        Self {
            client: client.into(),
            server: server.map(Into::into),
            display_name,
        }
    }

    /// Makes the client's part that carries a display name, as the tutorials do: `{"clientData":"<name>"}`.
    #[must_use]
    pub fn client_json(display_name: &str) -> String {
        // A text always has a JSON form.
        let name = serde_json::to_string(display_name).unwrap_or_default();
        ["{\"clientData\":", &name, "}"].concat()
    }

    /// The client's part as it came; empty when there is none.
    #[must_use]
    pub fn client(&self) -> &str {
        &self.client
    }

    /// The server's part as it came.
    #[must_use]
    pub fn server(&self) -> Option<&str> {
        self.server.as_deref()
    }

    /// What to call this participant: one line for people, without control characters and without characters that change the
    /// direction of writing, cut after 64 characters. Neither unique nor proven. `None` when no name is given.
    ///
    /// It is the first of: the text `clientData` in the client's JSON, in turn JSON or not; a client part that is not JSON; the text
    /// `serverData` in the server's JSON; a server part that is not JSON.
    #[must_use]
    pub fn display_name(&self) -> Option<&str> {
        self.display_name.as_deref()
    }
}

fn name_in(part: &str, key: &str) -> Option<String> {
    let mut text = part.trim().to_owned();
    for _ in 0..NESTING_MAX {
        if !text.starts_with(['{', '[', '"']) {
            return if text == "null" { None } else { clean(&text) };
        }
        text = match TextUnder(key).deserialize(&mut Deserializer::from_str(&text)) {
            Ok(inner) => inner?.trim().to_owned(),
            // Broken JSON is no name; a text such as `[door] camera` is.
            Err(_) if text.starts_with('[') => return clean(&text),
            Err(_) => return None,
        };
    }
    None
}

/// Reads JSON: a text, or the text under a key, in objects within objects. Anything else gives `None`.
///
/// A visitor rather than `serde_json::Value`: that saves two compressed kilobytes of a download that people wait for.
#[derive(Clone, Copy)]
struct TextUnder<'k>(&'k str);

impl<'de> DeserializeSeed<'de> for TextUnder<'_> {
    type Value = Option<String>;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextUnder<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.0 {
                found = map.next_value_seed(self)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// One line without invisible tricks, at most [`DISPLAY_NAME_MAX_CHARS`] long.
fn clean(text: &str) -> Option<String> {
    let mut name = String::new();
    let mut chars = 0;
    let mut gap = false;
    // Left over where a client wrote the separator itself; part of nobody's name.
    for c in text.replace(SEPARATOR, " ").chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !c.is_control() && !is_invisible(c) {
            if gap && chars > 0 && chars < DISPLAY_NAME_MAX_CHARS {
                name.push(' ');
                chars += 1;
            }
            if chars == DISPLAY_NAME_MAX_CHARS {
                break;
            }
            gap = false;
            name.push(c);
            chars += 1;
        }
    }
    if name.ends_with(' ') {
        name.pop();
    }
    (!name.is_empty()).then_some(name)
}

/// Marks, embeddings, overrides and isolates of writing direction, and blanks without width. The zero-width joiners stay:
/// emoji and several scripts need them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_wherever_clients_put_them() {
        let cases = [
            (r#"{"clientData":"Ana"}"#, Some("Ana")),
            (
                r#"{"clientData":"Ana","participantId":"x","type":"CAMERA"}"#,
                Some("Ana"),
            ),
            (r#"{"clientData":"Ana"}%/%{"serverData":"admin"}"#, Some("Ana")),
            (r#"{"clientData":"Ana"}%/%plain server text"#, Some("Ana")),
            (r#"{"clientData":{"clientData":"Ana"}}"#, Some("Ana")),
            (r#"{"clientData":"{\"clientData\":\"Ana\"}"}"#, Some("Ana")),
            (r#""Ana""#, Some("Ana")),
            ("Lobby camera", Some("Lobby camera")),
            ("Lobby camera%/%srv", Some("Lobby camera")),
            ("42", Some("42")),
            (r#"{"serverData":"Ana"}"#, None),
            (r#"%/%{"serverData":"Ana"}"#, Some("Ana")),
            (r#"{}%/%{"serverData":"Ana"}"#, Some("Ana")),
            (r#"{"clientData":""}%/%{"serverData":"Ana"}"#, Some("Ana")),
            ("%/%Ana", Some("Ana")),
            ("", None),
            ("%/%", None),
            ("%/%%/%", None),
            ("   ", None),
            ("null", None),
            ("[]", None),
            ("{}", None),
            (r#"{"clientData":"Ana"#, None),
            (r#"{"clientData":null}"#, None),
            (r#"{"clientData":["Ana"]}"#, None),
            (r#"{"clientData":{}}"#, None),
            (r#"{"clientData":42}"#, None),
            (r#"{"clientData":4.2,"x":[1,-1,true,null,{"y":"z"}]}"#, None),
            (r#"{"x":{"clientData":"Eve"},"clientData":"Ana"}"#, Some("Ana")),
            ("[door] camera", Some("[door] camera")),
            ("true", Some("true")),
        ];
        for (data, name) in cases {
            assert_eq!(ConnectionData::parse(data).display_name(), name, "{data}");
        }
    }

    #[test]
    fn the_parts_are_kept_as_they_came() {
        let both = ConnectionData::parse("a%/%b%/%c");
        assert_eq!((both.client(), both.server()), ("a%/%b", Some("c")));
        let one = ConnectionData::parse(" a ");
        assert_eq!((one.client(), one.server()), (" a ", None));
    }

    #[test]
    fn a_name_is_one_short_visible_line() {
        let name = |text: &str| ConnectionData::parse(text).display_name().map(str::to_owned);
        assert_eq!(name("a\u{202E}b\u{0007}c\u{200B}").as_deref(), Some("abc"));
        assert_eq!(name("  a \n\t b  ").as_deref(), Some("a b"));
        assert_eq!(name("👩\u{200D}🚀").as_deref(), Some("👩\u{200D}🚀"));
        assert_eq!(name("\u{202E}\u{FEFF}"), None);
        assert_eq!(name(&"é".repeat(100)), Some("é".repeat(64)));
        assert_eq!(name(&format!("{} b", "a".repeat(63))), Some("a".repeat(63)));
    }

    #[test]
    fn deep_nesting_gives_up() {
        let mut data = "Ana".to_owned();
        for _ in 0..10 {
            data = ConnectionData::client_json(&data);
        }
        assert_eq!(ConnectionData::parse(&data).display_name(), None);
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod properties {
        use super::*;
        use proptest::prelude::*;

        proptest! {
            #[test]
            fn any_text_gives_a_clean_name_or_none(data in any::<String>()) {
                if let Some(name) = ConnectionData::parse(&data).display_name() {
                    prop_assert!(!name.is_empty() && name.chars().count() <= DISPLAY_NAME_MAX_CHARS);
                    prop_assert!(!name.chars().any(|c| c.is_control() || is_invisible(c)));
                    prop_assert_eq!(name.trim(), name);
                }
            }

            #[test]
            fn almost_json_never_fails(data in r#"[{}\[\]":,a%/\\ ]{0,40}"#) {
                let _ = ConnectionData::parse(&data);
            }

            #[test]
            fn what_we_send_comes_back(name in "[a-zA-Z0-9\"'%/é]{1,30}", server in "[a-z]{0,5}") {
                // A name that looks like the separator or like JSON is read as such.
                prop_assume!(!name.contains(SEPARATOR) && !name.starts_with('"'));
                let client = ConnectionData::client_json(&name);
                let data = if server.is_empty() { client } else { format!("{client}{SEPARATOR}{server}") };
                let parsed = ConnectionData::parse(&data);
                prop_assert_eq!(parsed.display_name(), Some(name.as_str()));
            }
        }
    }
}
