use wasm_bindgen::prelude::*;
use web_sys::RtcPeerConnection;

#[wasm_bindgen]
extern "C" {
    /// Media flowing into a session, your own or a remote one.
    #[derive(Clone, Debug, PartialEq)]
    #[wasm_bindgen(extends = ::js_sys::Object)]
    pub type Stream;

    /// The id given by the deployment: a string; `undefined` for a local stream before it was published.
    #[wasm_bindgen(method, getter, js_name = "streamId")]
    pub fn stream_id(this: &Stream) -> JsValue;

    /// When it was created, in milliseconds since 1970 by the server's clock: a number.
    #[wasm_bindgen(method, getter, js_name = "creationTime")]
    pub fn creation_time(this: &Stream) -> JsValue;

    /// The [`Connection`](crate::Connection) to which it belongs; `undefined` for a local stream before it was published.
    #[wasm_bindgen(method, getter)]
    pub fn connection(this: &Stream) -> JsValue;

    /// The publisher or subscriber; `undefined` for a remote stream to which nobody subscribed.
    #[wasm_bindgen(method, getter, js_name = "streamManager")]
    pub fn stream_manager(this: &Stream) -> JsValue;

    /// Whether it carries audio, muted or not.
    #[wasm_bindgen(method, getter, js_name = "hasAudio")]
    pub fn has_audio(this: &Stream) -> JsValue;

    /// Whether it carries video, muted or not.
    #[wasm_bindgen(method, getter, js_name = "hasVideo")]
    pub fn has_video(this: &Stream) -> JsValue;

    /// Whether the audio is on; `undefined` without audio.
    #[wasm_bindgen(method, getter, js_name = "audioActive")]
    pub fn audio_active(this: &Stream) -> JsValue;

    /// Whether the video is on; `undefined` without video.
    #[wasm_bindgen(method, getter, js_name = "videoActive")]
    pub fn video_active(this: &Stream) -> JsValue;

    /// `CAMERA`, `SCREEN`, `CUSTOM` or `IPCAM`; `undefined` without video.
    #[wasm_bindgen(method, getter, js_name = "typeOfVideo")]
    pub fn type_of_video(this: &Stream) -> JsValue;

    /// See [`type_of_video`](Stream::type_of_video).
    #[wasm_bindgen(method, setter, js_name = "typeOfVideo")]
    pub fn set_type_of_video(this: &Stream, value: &str);

    /// `{ width, height }` in pixels, or `undefined`.
    #[wasm_bindgen(method, getter, js_name = "videoDimensions")]
    pub fn video_dimensions(this: &Stream) -> JsValue;

    /// The `MediaStream`, or `undefined` until media is there.
    #[wasm_bindgen(method, catch, js_name = "getMediaStream")]
    pub fn get_media_stream(this: &Stream) -> Result<JsValue, JsValue>;

    /// The peer connection. Throws before `publish` or `subscribe`.
    #[wasm_bindgen(method, catch, js_name = "getRTCPeerConnection")]
    pub fn get_rtc_peer_connection(this: &Stream) -> Result<RtcPeerConnection, JsValue>;

    /// Hidden member: `{ publisherProperties, mediaConstraints }` of a local stream, read when it is published.
    #[wasm_bindgen(method, getter, js_name = "outboundStreamOpts")]
    pub fn outbound_stream_opts(this: &Stream) -> JsValue;

    /// See [`outbound_stream_opts`](Stream::outbound_stream_opts).
    #[wasm_bindgen(method, setter, js_name = "outboundStreamOpts")]
    pub fn set_outbound_stream_opts(this: &Stream, value: &JsValue);
}
