//! Small pure functions of what they show. One a file, its looks beside it in a sheet of the same name.
//!
//! What keeps something of its own, or must not be rendered for nothing, is a Yew component; the rest are plain functions,
//! which weigh a tenth of one.

mod header;
mod icon;
mod join_form;
mod main_video;
mod media_source;
mod message_bar;
mod own_preview;
mod round_button;
mod stream_video;
mod text_field;
mod tile;
mod video_grid;

pub use header::{Header, header};
pub use icon::{IconName, icon};
pub use join_form::{JoinForm, JoinFormValues, Proposal};
pub use main_video::main_video;
pub use media_source::{AttachMedia, AttachedMedia, MediaSource};
pub use message_bar::{BarTone, MessageBar, message_bar};
pub use own_preview::{OwnPreview, own_preview};
pub use round_button::{ButtonTone, RoundButton, round_button};
pub use stream_video::{StreamVideo, VideoSound};
pub use text_field::{TextField, text_field};
pub use tile::Tile;
pub use video_grid::{VideoGrid, video_grid};
