//! Reading what was thrown.

use wasm_bindgen::{JsCast, JsValue};

use super::{Error, OpenViduErrorName};
use crate::js;

/// What a thrown value looks like, as plain data.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    Text(String),
    Number(f64),
    Object {
        class: Class,
        name: Option<String>,
        message: Option<String>,
        code: Option<f64>,
    },
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Class {
    DomException,
    Error,
    Plain,
}

impl Shape {
    pub(super) fn of(value: &JsValue) -> Self {
        if let Some(text) = value.as_string() {
            return Self::written_out(&text).unwrap_or(Self::Text(text));
        }
        if let Some(number) = value.as_f64() {
            return Self::Number(number);
        }
        if !value.is_object() {
            return Self::Nothing;
        }
        let class = if value.has_type::<web_sys::DomException>() {
            Class::DomException
        } else if value.has_type::<js_sys::Error>() {
            Class::Error
        } else {
            Class::Plain
        };
        let message = js::get(value, "message").as_string();
        if class == Class::Error
            && let Some(shape) = message.as_deref().and_then(Self::written_out)
        {
            return shape;
        }
        Self::Object {
            class,
            name: js::get(value, "name").as_string(),
            message,
            code: js::get(value, "code").as_f64(),
        }
    }

    /// Some errors of the server arrive written out as JSON at the end of a text.
    fn written_out(text: &str) -> Option<Self> {
        let json = text.find('{').and_then(|start| text.get(start..))?;
        let error = js::from_json(json).ok()?;
        Some(Self::Object {
            class: Class::Plain,
            name: None,
            message: js::get(&error, "message").as_string(),
            code: Some(js::get(&error, "code").as_f64()?),
        })
    }
}

/// The message of the error with which the SDK gives up on a request, after 10 s.
const SDK_TIMEOUT: &str = "Request has timed out";

impl From<Shape> for Error {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Text(text) => Self::Other {
                name: "Error".into(),
                message: redact(&text),
            },
            Shape::Number(number) if (100.0..600.0).contains(&number) => Self::Http {
                status: number as u16,
            },
            Shape::Number(_) => Self::Other {
                name: "number".into(),
                message: "".into(),
            },
            Shape::Nothing => Self::Other {
                name: "nothing".into(),
                message: "".into(),
            },
            Shape::Object {
                class,
                name,
                message,
                code,
            } => {
                let text = message.unwrap_or_default();
                match (class, name, code) {
                    (Class::DomException, name, _) => Self::Dom {
                        name: name.unwrap_or_default().into(),
                        message: redact(&text),
                    },
                    (Class::Error, _, _) if text == SDK_TIMEOUT => Self::Timeout,
                    (Class::Error, name, _) => Self::Other {
                        name: name.as_deref().unwrap_or("Error").into(),
                        message: redact(&text),
                    },
                    (Class::Plain, None, Some(code)) => Self::Rpc {
                        code: code as i32,
                        message: redact(&text),
                    },
                    // Some browsers have classes of their own that are no `DOMException`, such as `OverconstrainedError`.
                    (Class::Plain, Some(name), _) if name.ends_with("Error") => Self::Dom {
                        name: name.into(),
                        message: redact(&text),
                    },
                    (Class::Plain, Some(name), _) => Self::OpenVidu {
                        name: OpenViduErrorName::from_word(&name),
                        message: redact(&text),
                    },
                    (Class::Plain, None, None) => Self::Other {
                        name: "object".into(),
                        message: redact(&text),
                    },
                }
            }
        }
    }
}

/// Cuts the values of `token=` and `secret=` out of a text that may quote a token.
fn redact(text: &str) -> Box<str> {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = ["token=", "secret="]
        .iter()
        .filter_map(|key| Some(rest.find(key)? + key.len()))
        .min()
    {
        let (head, tail) = rest.split_at(start);
        clean.push_str(head);
        clean.push('…');
        let end = tail
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '%')))
            .unwrap_or(tail.len());
        rest = tail.split_at(end).1;
    }
    clean.push_str(rest);
    clean.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(class: Class, name: Option<&str>, message: &str, code: Option<f64>) -> Error {
        Shape::Object {
            class,
            name: name.map(Into::into),
            message: Some(message.into()),
            code,
        }
        .into()
    }

    #[test]
    fn the_six_shapes_are_told_apart() {
        use Class::{DomException, Error as JsError, Plain};
        assert_eq!(
            object(Plain, Some("DEVICE_ACCESS_DENIED"), "no", None),
            Error::OpenVidu {
                name: OpenViduErrorName::DeviceAccessDenied,
                message: "no".into()
            }
        );
        assert_eq!(
            object(Plain, Some("NEW_ONE"), "", None),
            Error::OpenVidu {
                name: OpenViduErrorName::Other("NEW_ONE".into()),
                message: "".into()
            }
        );
        assert_eq!(
            object(Plain, None, "used", Some(401.0)),
            Error::Rpc {
                code: 401,
                message: "used".into()
            }
        );
        assert_eq!(
            object(JsError, Some("TypeError"), "x is undefined", None),
            Error::Other {
                name: "TypeError".into(),
                message: "x is undefined".into()
            }
        );
        // A DOMException has a number too, a legacy one.
        assert_eq!(
            object(DomException, Some("InvalidStateError"), "still", Some(11.0)),
            Error::Dom {
                name: "InvalidStateError".into(),
                message: "still".into()
            }
        );
        assert_eq!(
            object(Plain, Some("OverconstrainedError"), "", None),
            Error::Dom {
                name: "OverconstrainedError".into(),
                message: "".into()
            }
        );
        assert_eq!(object(JsError, Some("Error"), SDK_TIMEOUT, None), Error::Timeout);
        assert_eq!(Error::from(Shape::Number(413.0)), Error::Http { status: 413 });
        assert_eq!(
            Error::from(Shape::Text("just a text".into())),
            Error::Other {
                name: "Error".into(),
                message: "just a text".into()
            }
        );
    }

    #[test]
    fn nothing_at_all_is_an_error_too() {
        assert!(matches!(Error::from(Shape::Nothing), Error::Other { .. }));
        assert!(matches!(
            Error::from(Shape::Number(f64::NAN)),
            Error::Other { .. }
        ));
        let empty = Shape::Object {
            class: Class::Plain,
            name: None,
            message: None,
            code: None,
        };
        assert!(matches!(Error::from(empty), Error::Other { .. }));
    }

    #[test]
    fn tokens_and_secrets_are_cut_out() {
        let text = r#"Token not valid: "wss://host?sessionId=S&token=tok_Ab1&secret=MY_SECRET" and token=x"#;
        assert_eq!(
            &*redact(text),
            r#"Token not valid: "wss://host?sessionId=S&token=…&secret=…" and token=…"#
        );
        assert_eq!(&*redact("token="), "token=…");
        assert_eq!(&*redact("no such thing"), "no such thing");
    }
}
