//! Raw wasm-bindgen declarations of the openvidu-browser SDK.
