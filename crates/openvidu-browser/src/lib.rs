//! Safe, typed bindings to the openvidu-browser SDK for any WebAssembly framework.
