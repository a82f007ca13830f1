//! A video room as plain data.
//!
//! This crate knows what can happen in a room, what follows from it and what people are told. It has no browser, no clock,
//! no randomness and no I/O: everything that happens arrives as a [`RoomAction`], and [`RoomState::next`] says what the
//! room looks like afterwards.
//!
//! Its one contract: the reducer is total. Any action in any state gives a valid state; what doesn't concern the current
//! [`Attempt`] to be in a room changes nothing.
//!
//! ```
//! use room::{Attempt, CallEvent, Nickname, Phase, RoomAction, RoomState, SessionName};
//!
//! let state = RoomState::default();
//! let attempt = Attempt::first();
//! let state = state
//!     .next(RoomAction::JoinStarted {
//!         attempt,
//!         session: SessionName::parse("SessionA").unwrap(),
//!         nickname: Nickname::new("Ada"),
//!     })
//!     .unwrap();
//! assert_eq!(state.phase, Phase::Joining);
//!
//! // An event of another attempt is none of this room's business.
//! let stale = RoomAction::Call { attempt: attempt.next(), event: CallEvent::Connected };
//! assert!(state.next(stale).is_none());
//! ```

mod action;
mod attempt;
mod device;
mod error;
mod ids;
mod message;
mod notice;
mod participant;
mod preview;
mod publishing;
mod reducer;
mod session_name;
mod state;
mod tile;

pub use action::{CallEvent, RoomAction};
pub use attempt::Attempt;
pub use device::{DeviceKind, DeviceState, OwnDevices};
pub use error::{JoinError, LeaveReason, PublishError};
pub use ids::{ConnectionId, Nickname, StreamId};
pub use message::Message;
pub use notice::{Notice, NoticeCode, Severity};
pub use participant::{Participant, RemoteStream};
pub use preview::PreviewAction;
pub use publishing::{CameraSwitch, Publishing, Toggle};
pub use session_name::{InvalidSessionName, SessionName};
pub use state::{Own, Phase, RoomState};
pub use tile::{TileId, TileView};
