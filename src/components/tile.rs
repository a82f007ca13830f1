//! One person: picture or initials, name, and what is wrong.

use room::{Message, TileId, TileView};
use yew::prelude::*;

use super::{IconName, StreamVideo, VideoSound, icon};

/// Props of [`Tile`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TileProps {
    /// What it shows.
    pub view: TileView,
    /// The id of its `<video>`.
    pub video_id: AttrValue,
    /// Whether it plays its sound.
    pub sound: VideoSound,
}

/// One person: picture or initials, name, marks. Fills whatever it is put into.
#[component]
pub fn Tile(
    TileProps {
        view,
        video_id,
        sound,
    }: &TileProps,
) -> Html {
    let name = view.name();
    let name: AttrValue = match (&view.id, &view.nickname) {
        (TileId::Own, Some(nickname)) => Message::You {
            nickname: nickname.clone(),
        }
        .english()
        .into(),
        _ => name.into(),
    };
    html! {
        <div class="streamcomponent tile">
            <StreamVideo
                id={video_id.clone()} tile={view.id.clone()} stream={view.stream.clone()} picture={view.picture} sound={*sound}
            />
            <div class="caption">
                <p>{ name }</p>
                if view.silent {
                    <span role="img" aria-label={Message::Muted.english()}>{ icon(IconName::MicrophoneOff) }</span>
                }
            </div>
            if !view.picture {
                <div class="avatar" aria-hidden="true">{ view.initials() }</div>
            }
            if let Some(trouble) = &view.trouble {
                <div class="trouble">{ trouble.english() }</div>
            }
        </div>
    }
}
