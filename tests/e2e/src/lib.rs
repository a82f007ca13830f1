//! Calls between real browsers, against the real server: end-to-end tests and benchmark.
//!
//! A test is a [`case`]: it starts an [`ApplicationServer`], opens [`Browser`]s with chosen fake devices, drives the
//! application client through [`App`] and asserts on what a person would see ([`View`]) and on what is really decoded
//! ([`Media`]). Every wait has a deadline; nothing sleeps for a fixed time. When a test fails, the screenshots, page
//! sources, console logs and the server's log are kept below `target/e2e/`.
//!
//! What stands between the browser and the server can be replaced: [`Proxy`] delays, holds, cuts and refuses TCP
//! connections; [`TutorialBackEnd`] is an application server that misbehaves on demand; [`Crowd`] is a plain page with
//! the SDK's script and any number of foreign participants; a [`Participant`] is one of them, looked at down to the messages
//! of its [`Wire`].

mod app;
mod application_server;
mod browser;
mod case;
mod chromedriver;
mod console;
mod crowd;
mod devices;
mod environment;
mod faults;
mod http_server;
mod instruments;
mod media;
mod participant;
mod perception;
mod process;
mod proxy;
mod rest;
mod tutorial_back_end;
mod view;
mod wait;
mod wire;

pub use app::App;
pub use application_server::ApplicationServer;
pub use browser::Browser;
pub use case::{Case, Failure, case};
pub use chromedriver::Chromedriver;
pub use console::{ConsoleEntry, Severity};
pub use crowd::{Crowd, Foreigner, Received};
pub use devices::Devices;
pub use environment::Environment;
pub use faults::{DeviceKind, Faults, MediaFault, NegotiationFault, Outcome, Side};
pub use http_server::HttpServer;
pub use instruments::LocalTrack;
pub use media::{Media, Place, VideoMedia};
pub use participant::{Answered, Participant, includes};
pub use proxy::{Proxy, closed_port};
pub use rest::{Connection, NewConnection, PublishedStream, RestClient};
pub use tutorial_back_end::{Answer, TutorialBackEnd};
pub use view::{DeviceNotice, Notice, Phase, PlayedTrack, Tile, VideoElement, View};
pub use wait::{LONG, SHORT, throughout, until};
pub use wire::{Closing, Exchange, Wire, WireEnd, WireMessage};
