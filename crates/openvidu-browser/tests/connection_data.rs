//! Connection data: whatever clients and servers write, nothing breaks, and people get a sensible name.
#![cfg(target_arch = "wasm32")]

use openvidu_browser::ConnectionData;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
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
        (r#"{"x":{"clientData":"Eve"},"clientData":"Ana"}"#, Some("Ana")),
        (r#""Ana""#, Some("Ana")),
        ("Lobby camera", Some("Lobby camera")),
        ("Lobby camera%/%srv", Some("Lobby camera")),
        ("[door] camera", Some("[door] camera")),
        ("42", Some("42")),
        ("true", Some("true")),
        (r#"%/%{"serverData":"Ana"}"#, Some("Ana")),
        (r#"{}%/%{"serverData":"Ana"}"#, Some("Ana")),
        (r#"{"clientData":""}%/%{"serverData":"Ana"}"#, Some("Ana")),
        ("%/%Ana", Some("Ana")),
    ];
    for (data, name) in cases {
        assert_eq!(ConnectionData::parse(data).display_name(), name, "{data}");
    }
}

#[wasm_bindgen_test]
fn no_name_is_made_up() {
    let cases = [
        "",
        "   ",
        "%/%",
        "%/%%/%",
        "null",
        "[]",
        "{}",
        r#"{"serverData":"Ana"}"#,
        r#"{"clientData":"Ana"#,
        r#"{"clientData":"Ana"} and more"#,
        r#"{"clientData":null}"#,
        r#"{"clientData":["Ana"]}"#,
        r#"["clientData","Ana"]"#,
        r#"{"clientData":{}}"#,
        r#"{"clientData":42}"#,
        r#"{"clientData":4.2,"x":[1,-1,true,null,{"y":"z"}]}"#,
        r#"{"clientData":1e999}"#,
        r#"{"length":1,"toString":"x","__proto__":{"y":"z"}}"#,
        r#""\u202e\u0007""#,
    ];
    for data in cases {
        assert_eq!(ConnectionData::parse(data).display_name(), None, "{data}");
    }
}

#[wasm_bindgen_test]
fn what_is_sent_comes_back() {
    let names = [
        "Ana",
        "Zoë \"Z\" O'Neill",
        r"back\slash",
        "100 %",
        "👩\u{200D}🚀",
        "</script>",
    ];
    for name in names {
        let client = ConnectionData::client_json(name);
        assert_eq!(
            ConnectionData::parse(&client).display_name(),
            Some(name),
            "{client}"
        );
        let data = ConnectionData::parse(&format!("{client}%/%server"));
        assert_eq!(data.display_name(), Some(name));
        assert_eq!((data.client(), data.server()), (client.as_str(), Some("server")));
    }
    assert_eq!(ConnectionData::client_json("A\"\n"), r#"{"clientData":"A\"\n"}"#);
}

#[wasm_bindgen_test]
fn json_in_json_gives_up_some_time() {
    let mut data = "Ana".to_owned();
    for _ in 0..10 {
        data = ConnectionData::client_json(&data);
    }
    assert_eq!(ConnectionData::parse(&data).display_name(), None);
}

#[wasm_bindgen_test]
fn hostile_data_is_only_data() {
    let deep = 100_000;
    for (open, close) in [("[", "]"), (r#"{"clientData":"#, "}"), (r#"{"x":"#, "}")] {
        let balanced = [open.repeat(deep), "1".to_owned(), close.repeat(deep)].concat();
        assert_eq!(ConnectionData::parse(&balanced).display_name(), None);
        let _ = ConnectionData::parse(&open.repeat(deep)).display_name();
    }
    // Half of a pair, which no text of Rust can hold.
    let half = ConnectionData::parse(r#"{"clientData":"Ana \ud83d"}"#);
    assert_eq!(half.display_name(), Some("Ana \u{FFFD}"));
    let long = ConnectionData::client_json(&"x".repeat(1_000_000));
    assert_eq!(
        ConnectionData::parse(&long).display_name(),
        Some("x".repeat(64).as_str())
    );
}
