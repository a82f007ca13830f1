use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlVideoElement, MediaStreamTrack};

use crate::{EventDispatcher, Stream};

#[wasm_bindgen]
extern "C" {
    /// What a publisher and a subscriber have in common.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = EventDispatcher, extends = ::js_sys::Object)]
    pub type StreamManager;

    /// The stream it sends or receives.
    #[wasm_bindgen(method, getter)]
    pub fn stream(this: &StreamManager) -> Stream;

    /// Shows the stream in a video element of yours. Returns 1, 0 or -1: newly attached, already there, taken from another manager.
    #[wasm_bindgen(method, catch, js_name = "addVideoElement")]
    pub fn add_video_element(this: &StreamManager, video: &HtmlVideoElement) -> Result<JsValue, JsValue>;

    /// Hidden member: forgets a video element. Returns whether it was known.
    #[wasm_bindgen(method, catch, js_name = "disassociateVideo")]
    pub fn disassociate_video(this: &StreamManager, video: &HtmlVideoElement) -> Result<JsValue, JsValue>;

    /// Sends local media.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = StreamManager, extends = EventDispatcher, extends = ::js_sys::Object)]
    pub type Publisher;

    /// Mutes and unmutes. Throws before media is there.
    #[wasm_bindgen(method, catch, js_name = "publishAudio")]
    pub fn publish_audio(this: &Publisher, enabled: bool) -> Result<(), JsValue>;

    /// Switches the video on and off. The promise never settles when that changes nothing.
    #[wasm_bindgen(method, catch, js_name = "publishVideo")]
    pub fn publish_video(this: &Publisher, enabled: bool) -> Result<Promise, JsValue>;

    /// Sends another track in place of the one of the same kind, which is stopped.
    #[wasm_bindgen(method, catch, js_name = "replaceTrack")]
    pub fn replace_track(this: &Publisher, track: &MediaStreamTrack) -> Result<Promise, JsValue>;

    /// Receives remote media.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = StreamManager, extends = EventDispatcher, extends = ::js_sys::Object)]
    pub type Subscriber;

    /// Enables or disables the received audio track, here only. Throws before media is there.
    #[wasm_bindgen(method, catch, js_name = "subscribeToAudio")]
    pub fn subscribe_to_audio(this: &Subscriber, value: bool) -> Result<JsValue, JsValue>;

    /// Enables or disables the received video track, here only. Throws before media is there.
    #[wasm_bindgen(method, catch, js_name = "subscribeToVideo")]
    pub fn subscribe_to_video(this: &Subscriber, value: bool) -> Result<JsValue, JsValue>;
}
