use crate::js::{self, NotJson};

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
        Self::read(data, js::text_in_json)
    }

    fn read(data: &str, text_in_json: TextInJson) -> Self {
        let (client, server) = match data.rsplit_once(SEPARATOR) {
            Some((client, server)) => (client, Some(server)),
            None => (data, None),
        };
        let display_name = name_in(client, "clientData", text_in_json)
            .or_else(|| name_in(server?, "serverData", text_in_json))
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
        js::object_to_json("clientData", display_name)
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

/// Finds a text in JSON as [`js::text_in_json`] does, which takes a browser.
type TextInJson = fn(json: &str, key: &str) -> Result<Option<String>, NotJson>;

fn name_in(part: &str, key: &str, text_in_json: TextInJson) -> Option<String> {
    let mut text = part.trim().to_owned();
    for _ in 0..NESTING_MAX {
        if !text.starts_with(['{', '[', '"']) {
            return if text == "null" { None } else { clean(&text) };
        }
        text = match text_in_json(&text, key) {
            Ok(inner) => inner?.trim().to_owned(),
            // Broken JSON is no name; a text such as `[door] camera` is.
            Err(NotJson) if text.starts_with('[') => return clean(&text),
            Err(NotJson) => return None,
        };
    }
    None
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

    /// What only JSON could tell is tested in a browser.
    fn no_json(_: &str, _: &str) -> Result<Option<String>, NotJson> {
        Err(NotJson)
    }

    #[test]
    fn the_parts_are_kept_as_they_came() {
        let both = ConnectionData::read("a%/%b%/%c", no_json);
        assert_eq!((both.client(), both.server()), ("a%/%b", Some("c")));
        let one = ConnectionData::read(" a ", no_json);
        assert_eq!((one.client(), one.server()), (" a ", None));
    }

    #[test]
    fn the_client_names_itself_before_the_server_does() {
        let name = |data: &str| {
            ConnectionData::read(data, no_json)
                .display_name()
                .map(str::to_owned)
        };
        assert_eq!(name("Lobby camera%/%srv").as_deref(), Some("Lobby camera"));
        assert_eq!(name("%/%srv").as_deref(), Some("srv"));
        assert_eq!(name("null%/%srv").as_deref(), Some("srv"));
        assert_eq!(name(r#"{"clientData":"Ana"%/%srv"#).as_deref(), Some("srv"));
        assert_eq!(name("[door] camera").as_deref(), Some("[door] camera"));
        for nothing in ["", "   ", "null", "%/%", "%/%%/%", "{", "\"Ana"] {
            assert_eq!(name(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_name_is_one_short_visible_line() {
        let name = clean;
        assert_eq!(name("a\u{202E}b\u{0007}c\u{200B}").as_deref(), Some("abc"));
        assert_eq!(name("  a \n\t b  ").as_deref(), Some("a b"));
        assert_eq!(name("👩\u{200D}🚀").as_deref(), Some("👩\u{200D}🚀"));
        assert_eq!(name("\u{202E}\u{FEFF}"), None);
        assert_eq!(name(&"é".repeat(100)), Some("é".repeat(64)));
        assert_eq!(name(&format!("{} b", "a".repeat(63))), Some("a".repeat(63)));
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod properties {
        use super::*;
        use proptest::prelude::*;
        use serde_json::{Value, json};

        /// As the browser's.
        fn text_in_json(json: &str, key: &str) -> Result<Option<String>, NotJson> {
            let mut value = serde_json::from_str(json).map_err(|_| NotJson)?;
            while let Value::Object(mut fields) = value {
                value = fields.remove(key).unwrap_or_default();
            }
            Ok(value.as_str().map(str::to_owned))
        }

        proptest! {
            #[test]
            fn any_text_gives_a_clean_name_or_none(data in any::<String>()) {
                if let Some(name) = ConnectionData::read(&data, text_in_json).display_name() {
                    prop_assert!(!name.is_empty() && name.chars().count() <= DISPLAY_NAME_MAX_CHARS);
                    prop_assert!(!name.chars().any(|c| c.is_control() || is_invisible(c)));
                    prop_assert_eq!(name.trim(), name);
                }
            }

            #[test]
            fn almost_json_never_fails(data in r#"[{}\[\]":,a%/\\ ]{0,40}"#) {
                let _ = ConnectionData::read(&data, text_in_json);
            }

            #[test]
            fn what_is_sent_comes_back(name in "[a-zA-Z0-9\"'%/é]{1,30}", server in "[a-z]{0,5}") {
                // A name that looks like the separator or like JSON is read as such.
                prop_assume!(!name.contains(SEPARATOR) && !name.starts_with('"'));
                let client = json!({ "clientData": name }).to_string();
                let data = if server.is_empty() { client } else { format!("{client}{SEPARATOR}{server}") };
                let parsed = ConnectionData::read(&data, text_in_json);
                prop_assert_eq!(parsed.display_name(), Some(name.as_str()));
            }
        }
    }
}
