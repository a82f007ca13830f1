//! What fills the window: the form or the room. A page lays components out and connects them to the call.

mod join;
mod room;

pub use join::JoinPage;
pub use room::room_page;
