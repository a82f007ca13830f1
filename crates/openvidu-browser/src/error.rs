use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

use crate::kinds::TrackKind;
use crate::reason::ConnectionReason;
use crate::text::words;

words! {
    /// The names of the SDK's own errors.
    OpenViduErrorName {
        /// The SDK does not support this browser.
        BrowserNotSupported = "BROWSER_NOT_SUPPORTED",
        /// The person or the system denied the camera or microphone.
        DeviceAccessDenied = "DEVICE_ACCESS_DENIED",
        /// Another program holds the camera or microphone.
        DeviceAlreadyInUse = "DEVICE_ALREADY_IN_USE",
        /// The person or the system denied sharing the screen.
        ScreenCaptureDenied = "SCREEN_CAPTURE_DENIED",
        /// This browser can't share the screen.
        ScreenSharingNotSupported = "SCREEN_SHARING_NOT_SUPPORTED",
        /// An old Chrome needs an extension to share the screen.
        ScreenExtensionNotInstalled = "SCREEN_EXTENSION_NOT_INSTALLED",
        /// The extension of an old Chrome is switched off.
        ScreenExtensionDisabled = "SCREEN_EXTENSION_DISABLED",
        /// There is no such camera.
        InputVideoDeviceNotFound = "INPUT_VIDEO_DEVICE_NOT_FOUND",
        /// There is no such microphone.
        InputAudioDeviceNotFound = "INPUT_AUDIO_DEVICE_NOT_FOUND",
        /// The microphone failed in another way.
        InputAudioDeviceGenericError = "INPUT_AUDIO_DEVICE_GENERIC_ERROR",
        /// Neither audio nor video was asked for.
        NoInputSourceSet = "NO_INPUT_SOURCE_SET",
        /// No device fulfils the options.
        PublisherPropertiesError = "PUBLISHER_PROPERTIES_ERROR",
        /// The participant's role does not allow it.
        OpenViduPermissionDenied = "OPENVIDU_PERMISSION_DENIED",
        /// There is no connection to the session.
        OpenViduNotConnected = "OPENVIDU_NOT_CONNECTED",
        /// A virtual background failed (OpenVidu Pro).
        VirtualBackgroundError = "VIRTUAL_BACKGROUND_ERROR",
        /// Anything else.
        GenericError = "GENERIC_ERROR",
    }
}

/// Why a call failed. Texts are for logs, not for people; tokens and secrets are cut out of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The SDK refused.
    #[error("{name}: {message}")]
    OpenVidu {
        /// Which error.
        name: OpenViduErrorName,
        /// Details.
        message: Box<str>,
    },
    /// The server refused.
    #[error("server error {code}: {message}")]
    Rpc {
        /// The number that tells why, such as 401 for "not allowed".
        code: i32,
        /// Details.
        message: Box<str>,
    },
    /// The browser refused.
    #[error("{name}: {message}")]
    Dom {
        /// The name of the `DOMException`, such as `NotReadableError`.
        name: Box<str>,
        /// Details.
        message: Box<str>,
    },
    /// An upload was answered with this HTTP status.
    #[error("HTTP status {status}")]
    Http {
        /// The status.
        status: u16,
    },
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// There is no connection to the session: not joined yet, or left.
    #[error("not connected to the session")]
    NotConnected,
    /// The websocket was lost before the answer, and is being reconnected. Whether the server got the request is unknown.
    #[error("the connection to the server was lost")]
    ConnectionLost,
    /// The session ended before the answer.
    #[error("the session ended: {reason}")]
    Ended {
        /// Why.
        reason: ConnectionReason,
    },
    /// The publisher does the same already, or its earlier call has not ended.
    #[error("the publisher is busy")]
    Busy,
    /// The stream has no track of this kind.
    #[error("no {kind} track")]
    NoTrack {
        /// Which kind.
        kind: TrackKind,
    },
    /// The given track has ended: its device was stopped or unplugged.
    #[error("the {kind} track has ended")]
    TrackEnded {
        /// Which kind.
        kind: TrackKind,
    },
    /// A signal to nobody: the SDK would send it to everybody.
    #[error("a signal without recipients")]
    NoRecipients,
    /// The SDK does not behave as version 2.32 does.
    #[error("unexpected SDK: {what}")]
    UnexpectedSdk {
        /// What was expected.
        what: &'static str,
    },
    /// Anything else that was thrown.
    #[error("{name}: {message}")]
    Other {
        /// The name of the JavaScript error, or `Error`.
        name: Box<str>,
        /// Details.
        message: Box<str>,
    },
}

impl Error {
    /// Reads whatever the SDK throws, rejects with or hands to a callback: its own error objects, the server's, those of
    /// JavaScript and of the browser, texts, and numbers.
    #[must_use]
    pub fn from_js(value: &JsValue) -> Self {
        Shape::of(value).into()
    }
}

/// What a thrown value looks like, as plain data.
#[derive(Debug, PartialEq)]
enum Shape {
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
enum Class {
    DomException,
    Error,
    Plain,
}

impl Shape {
    fn of(value: &JsValue) -> Self {
        if let Some(text) = value.as_string() {
            return Self::Text(text);
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
        let field = |key: &str| js_sys::Reflect::get(value, &key.into()).unwrap_or(JsValue::UNDEFINED);
        Self::Object {
            class,
            name: field("name").as_string(),
            message: field("message").as_string(),
            code: field("code").as_f64(),
        }
    }
}

/// The message of the error with which the SDK gives up on a request, after 10 s.
const SDK_TIMEOUT: &str = "Request has timed out";

impl From<Shape> for Error {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Text(text) => Self::from_message("Error", &text),
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
                    (Class::Error, name, _) => Self::from_message(name.as_deref().unwrap_or("Error"), &text),
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

impl Error {
    /// Some errors of the server arrive written out as JSON at the end of a text.
    fn from_message(name: &str, text: &str) -> Self {
        let json = text
            .find('{')
            .and_then(|start| text.get(start..))
            .and_then(|json| serde_json::from_str::<Value>(json).ok());
        if let Some(json) = json
            && let Some(code) = json.get("code").and_then(Value::as_i64)
        {
            let message = json.get("message").and_then(Value::as_str).unwrap_or_default();
            return Self::Rpc {
                code: i32::try_from(code).unwrap_or(i32::MAX),
                message: redact(message),
            };
        }
        Self::Other {
            name: name.into(),
            message: redact(text),
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

/// Why the SDK could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// There is no document: not the main thread of a page.
    #[error("there is no document to load the SDK into")]
    NoDocument,
    /// The script could not be fetched or is not allowed.
    #[error("could not load {url}")]
    Fetch {
        /// Its address.
        url: Box<str>,
    },
    /// The script was loaded and does not define the SDK.
    #[error("{url} is not the openvidu-browser SDK")]
    NotTheSdk {
        /// Its address.
        url: Box<str>,
    },
    /// The script did not arrive in time.
    #[error("{url} did not arrive in time")]
    Timeout {
        /// Its address.
        url: Box<str>,
    },
}

/// Why joining a session failed. Whatever the cause, the websocket is closed and no participant is left behind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// A session object joins once. Make a new one.
    #[error("this session was used already")]
    AlreadyUsed,
    /// The token is not a token: its form is wrong.
    #[error("the token is malformed")]
    MalformedToken,
    /// The SDK does not support this browser.
    #[error("this browser is not supported")]
    BrowserNotSupported,
    /// The server refused the join: 401 for a token that is unknown, used or expired, 202 and 203 for a session that is gone.
    #[error("the server refused with {code}: {message}")]
    Refused {
        /// The number that tells why.
        code: i32,
        /// Details.
        message: Box<str>,
    },
    /// The server could not be reached, or the websocket broke before the join was answered.
    #[error("the server can't be reached")]
    Unreachable,
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The session ended before the join was complete: you left, or were evicted.
    #[error("the session ended: {reason}")]
    Ended {
        /// Why.
        reason: ConnectionReason,
    },
    /// Anything else.
    #[error(transparent)]
    Other(Error),
}

impl From<Error> for ConnectError {
    fn from(error: Error) -> Self {
        match error {
            Error::Rpc { code, message } => Self::Refused { code, message },
            Error::Timeout => Self::Timeout,
            Error::ConnectionLost => Self::Unreachable,
            Error::Ended { reason } => Self::Ended { reason },
            Error::OpenVidu {
                name: OpenViduErrorName::BrowserNotSupported,
                ..
            } => Self::BrowserNotSupported,
            Error::Other { message, .. } if message.starts_with("Token not valid") => Self::MalformedToken,
            error => Self::Other(error),
        }
    }
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
    fn errors_of_the_server_are_found_inside_texts() {
        let rpc = Error::Rpc {
            code: 302,
            message: "bad SDP".into(),
        };
        let text = r#"Error on publishVideo: {"code":302,"message":"bad SDP","requestTime":1}"#;
        assert_eq!(Error::from(Shape::Text(text.into())), rpc);
        assert_eq!(object(Class::Error, Some("Error"), text, None), rpc);
        let broken = "Error on publishVideo: {\"code\":302";
        assert_eq!(
            Error::from(Shape::Text(broken.into())),
            Error::Other {
                name: "Error".into(),
                message: broken.into()
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

    #[test]
    fn a_join_fails_in_words_of_its_own() {
        let malformed = object(Class::Error, Some("Error"), "Token not valid: \"x\"", None);
        assert_eq!(ConnectError::from(malformed), ConnectError::MalformedToken);
        let refused = object(Class::Plain, None, "used", Some(401.0));
        assert_eq!(
            ConnectError::from(refused),
            ConnectError::Refused {
                code: 401,
                message: "used".into()
            }
        );
        assert_eq!(
            ConnectError::from(Error::ConnectionLost),
            ConnectError::Unreachable
        );
    }
}
