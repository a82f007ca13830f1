//! One person: picture or initials, name, and what is wrong.

use room::{Message, TileId, TileView};
use stylist::yew::styled_component;
use yew::prelude::*;

use super::{Icon, IconName, StreamVideo, VideoSound};

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
#[styled_component]
pub fn Tile(TileProps { view, video_id, sound }: &TileProps) -> Html {
    let name = view.name();
    let name: AttrValue = match (&view.id, &view.nickname) {
        (TileId::Own, Some(nickname)) => Message::You { nickname: nickname.clone() }.english().into(),
        _ => name.into(),
    };
    html! {
        <div class={classes!("streamcomponent", css!(r#"
            position: relative;
            display: grid;
            width: 100%;
            height: 100%;
            overflow: hidden;
            background: var(--surface-1);
            border-radius: var(--radius-tile);

            > * {
                grid-area: 1 / 1;
                min-width: 0;
                min-height: 0;
            }

            .avatar {
                display: grid;
                place-items: center;
                align-self: center;
                justify-self: center;
                width: min(40%, 112px);
                aspect-ratio: 1;
                font-size: clamp(16px, 3vw, 28px);
                font-weight: 600;
                color: var(--text);
                background: var(--surface-2);
                border: 1px solid var(--line);
                border-radius: 999px;
            }

            .caption {
                align-self: end;
                justify-self: start;
                display: flex;
                gap: 4px;
                align-items: center;
                max-width: calc(100% - 16px);
                margin: 8px;
                padding: 2px 8px;
                font-size: 14px;
                color: #fff;
                background: rgba(8, 10, 14, 0.72);
                border-radius: var(--radius-control);
            }

            .caption p {
                overflow: hidden;
                text-overflow: ellipsis;
                white-space: nowrap;
            }

            .caption svg {
                flex: none;
            }

            .trouble {
                align-self: start;
                justify-self: start;
                max-width: calc(100% - 16px);
                margin: 8px;
                padding: 2px 8px;
                font-size: 14px;
                color: #ffc53d;
                background: rgba(8, 10, 14, 0.72);
                border-radius: var(--radius-control);
            }
        "#))}>
            <StreamVideo
                id={video_id.clone()} tile={view.id.clone()} stream={view.stream.clone()} picture={view.picture} sound={*sound}
            />
            <div class="caption">
                <p>{ name }</p>
                if view.silent {
                    <span role="img" aria-label={Message::Muted.english()}><Icon name={IconName::MicrophoneOff} /></span>
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
