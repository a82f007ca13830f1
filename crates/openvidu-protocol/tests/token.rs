//! Section by section what a token is, and what the SDK makes of it.

use openvidu_protocol::{
    SessionId, TokenValue,
    token::{Origin, Scheme, Token, TokenError},
};
use proptest::prelude::*;

#[test]
fn a_token_is_printed_as_it_was_read() {
    for text in [
        "wss://example.org?sessionId=SessionA&token=tok_Ab12345678901234",
        "ws://localhost:5000?sessionId=ses_Kd83kfJ2x0&token=tok_X",
    ] {
        assert_eq!(text.parse::<Token>().unwrap().to_string(), text);
    }
}

#[test]
fn path_and_unknown_parameters_are_ignored() {
    let token: Token = "wss://h:4443/path?edition=pro&sessionId=A&token=tok_B&x"
        .parse()
        .unwrap();
    assert_eq!(token.origin.authority(), "h:4443");
    assert_eq!(token.origin.host(), "h");
    assert_eq!(token.session_id.as_str(), "A");
}

#[test]
fn what_is_not_a_token_says_why() {
    for (text, error) in [
        ("", TokenError::Scheme),
        ("https://h?sessionId=A&token=tok_B", TokenError::Scheme),
        ("ws://?sessionId=A&token=tok_B", TokenError::Authority),
        ("ws://[::1]:8799?sessionId=A&token=tok_B", TokenError::Authority),
        ("ws://h:99999?sessionId=A&token=tok_B", TokenError::Authority),
        ("ws://h?token=tok_B", TokenError::Session),
        ("ws://h?sessionId=A", TokenError::Value),
        ("ws://h?sessionId=A&token=", TokenError::Value),
    ] {
        assert_eq!(text.parse::<Token>(), Err(error), "{text}");
    }
}

#[test]
fn the_secret_part_is_found_in_a_whole_token_and_alone() {
    let value = Some(TokenValue::new("tok_B"));
    assert_eq!(TokenValue::find("ws://h?sessionId=A&token=tok_B"), value);
    assert_eq!(TokenValue::find("tok_B"), value);
    assert_eq!(
        TokenValue::find("wss://h?sessionId=S&secret=X&recorder=true"),
        None
    );
    assert_eq!(TokenValue::find("rubbish"), None);
}

#[test]
fn the_public_url_decides_scheme_and_authority() {
    for (url, scheme, authority) in [
        ("https://example.org", Scheme::Wss, "example.org"),
        ("https://example.org:443/", Scheme::Wss, "example.org"),
        ("https://example.org:4443/", Scheme::Wss, "example.org:4443"),
        ("http://localhost:5000", Scheme::Ws, "localhost:5000"),
        ("http://192.0.2.1:80/path", Scheme::Ws, "192.0.2.1"),
    ] {
        let origin = Origin::from_public_url(url).unwrap();
        assert_eq!(
            (origin.scheme(), origin.authority()),
            (scheme, authority),
            "{url}"
        );
    }
    assert_eq!(Origin::from_public_url("ftp://h"), Err(TokenError::Scheme));
    assert_eq!(
        Origin::from_public_url("http://[::1]:5000"),
        Err(TokenError::Authority)
    );
}

#[test]
fn neither_token_nor_conversation_shows_in_debug_output() {
    let token: Token = "ws://h?sessionId=A&token=tok_Secret".parse().unwrap();
    assert!(!format!("{token:?}").contains("Secret"));
}

#[test]
fn custom_session_ids_are_letters_digits_underscore_and_minus() {
    for (id, valid) in [
        ("Session-A_1", true),
        ("", false),
        ("a b", false),
        ("ü", false),
        ("a~1", false),
    ] {
        assert_eq!(SessionId::new(id).is_valid_custom(), valid, "{id}");
    }
    assert!(!SessionId::new("a".repeat(SessionId::MAX_LENGTH + 1)).is_valid_custom());
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = text.parse::<Token>();
        let _ = TokenValue::find(&text);
        let _ = Origin::from_public_url(&text);
    }

    #[test]
    fn tokens_survive_the_round_trip(
        host in "[a-z][a-z0-9.-]{0,20}", port in proptest::option::of(1u16..),
        session in "[A-Za-z0-9_-]{1,30}", value in "tok_[A-Z][A-Za-z0-9]{15}",
    ) {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let text = format!("wss://{host}{port}?sessionId={session}&token={value}");
        let token: Token = text.parse().unwrap();
        prop_assert_eq!(token.value.as_str(), &value);
        prop_assert_eq!(token.to_string(), text);
    }
}
