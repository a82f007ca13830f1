//! Reading and writing JavaScript objects whose shape is not guaranteed.

use js_sys::{Function, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::error::Error;
use crate::kinds::Dimensions;

/// A property, or `undefined` when there is none or `object` is none.
pub(crate) fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property. A frozen or sealed object stays as it is.
pub(crate) fn set(object: &JsValue, key: &str, value: &JsValue) -> bool {
    Reflect::set(object, &key.into(), value).unwrap_or(false)
}

/// A property that is a function.
pub(crate) fn function(object: &JsValue, key: &str) -> Option<Function> {
    get(object, key).dyn_into().ok()
}

/// Makes a method answer with a promise that never settles.
pub(crate) fn never(object: &JsValue, method: &str) {
    let promise = get(&js_sys::global(), "Promise");
    if let Some(race) = function(&promise, "race") {
        // A race without runners has no winner.
        set(object, method, &race.bind1(&promise, &js_sys::Array::new()));
    }
}

/// A shallow copy of an object.
pub(crate) fn copy(object: &JsValue) -> Option<Object> {
    Some(Object::assign(&Object::new(), object.dyn_ref::<Object>()?))
}

/// A text, or the empty one.
pub(crate) fn text(value: &JsValue) -> Box<str> {
    value.as_string().unwrap_or_default().into()
}

/// A text that is not empty.
pub(crate) fn some_text(value: &JsValue) -> Option<Box<str>> {
    value.as_string().filter(|text| !text.is_empty()).map(Into::into)
}

/// `{ width, height }`.
pub(crate) fn dimensions(value: &JsValue) -> Option<Dimensions> {
    let side = |key| get(value, key).as_f64().map(|pixels| pixels as u32);
    Some(Dimensions {
        width: side("width")?,
        height: side("height")?,
    })
}

/// Reinterprets an object as one of the SDK's classes, which can't be checked: they are not global. See `openvidu-browser-sys`.
pub(crate) fn class<T: JsCast>(value: JsValue) -> Option<T> {
    value.is_object().then(|| value.unchecked_into())
}

/// As [`class`], where anything but an object is an error.
pub(crate) fn expect_class<T: JsCast>(value: JsValue, what: &'static str) -> Result<T, Error> {
    class(value).ok_or(Error::UnexpectedSdk { what })
}

/// A text that should be JSON is not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotJson;

/// What a JSON text stands for, by the browser's own reader: one of Rust would be downloaded with the page.
pub(crate) fn from_json(text: &str) -> Result<JsValue, NotJson> {
    JSON::parse(text).map_err(|_| NotJson)
}

/// The text that JSON stands for, or else the text under `key`, in objects within objects. Anything else gives `None`.
pub(crate) fn text_in_json(json: &str, key: &str) -> Result<Option<String>, NotJson> {
    let mut value = from_json(json)?;
    while value.is_object() {
        value = get(&value, key);
    }
    Ok(value.as_string())
}

/// An object with one text in it, as JSON.
pub(crate) fn object_to_json(key: &str, text: &str) -> String {
    let object = Object::new();
    set(&object, key, &text.into());
    // Such an object always has a JSON form.
    JSON::stringify(&object).map(String::from).unwrap_or_default()
}
