//! Small pure functions of their props. One component a file.

mod device_notice;
mod header;
mod icon;
mod join_form;
mod main_video;
mod media_source;
mod message_bar;
mod notice;
mod own_preview;
mod round_button;
mod stream_video;
mod text_field;
mod tile;
mod video_grid;

pub use device_notice::DeviceNotice;
pub use header::Header;
pub use icon::{Icon, IconName};
pub use join_form::{JoinForm, JoinFormValues};
pub use main_video::MainVideo;
pub use media_source::{AttachMedia, AttachedMedia, MediaSource};
pub use message_bar::{BarTone, MessageBar};
pub use notice::NoticeBox;
pub use own_preview::OwnPreview;
pub use round_button::{ButtonTone, RoundButton};
pub use stream_video::{StreamVideo, VideoSound};
pub use text_field::TextField;
pub use tile::Tile;
pub use video_grid::VideoGrid;
