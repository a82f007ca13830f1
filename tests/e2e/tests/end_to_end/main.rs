//! End-to-end tests: real browsers, the real server, real media.
//!
//! The modules named after a part of the application hold, for each weakness of OpenVidu's React tutorial that applies, a
//! test that fails with the tutorial's behaviour; `fault_07` is the seventh weakness in our list of them.

mod another_application_server;
mod calls;
mod camera;
mod cancelling;
mod conformance;
mod connection_loss;
mod devices;
mod early_form;
mod foreigners;
mod form;
mod joining;
mod leaving;
mod loading;
mod moderation;
mod preview;
mod publishing;
mod round_trips;
mod scenes;
mod stage;

/// The session of every test. Each test has a server of its own.
const ROOM: &str = "SessionA";

/// What the browser and the SDK write to the console when a socket can't be opened or breaks.
const BROKEN_SOCKET: &[&str] = &["WebSocket connection to", "/openvidu-browser-"];
