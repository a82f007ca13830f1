//! Our own picture before anybody else sees it.

use room::{DeviceKind, Message, OwnDevices, TileId, TileView};
use stylist::yew::styled_component;
use yew::prelude::*;

use super::{StreamVideo, VideoSound};

/// Props of [`OwnPreview`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct OwnPreviewProps {
    /// Ourselves, as the others will see us.
    pub view: TileView,
    /// What became of camera and microphone.
    pub devices: OwnDevices,
}

/// Our own picture while we wait to be let in, or what the browser is waiting for.
#[styled_component]
pub fn OwnPreview(OwnPreviewProps { view, devices }: &OwnPreviewProps) -> Html {
    let camera = Message::Device { kind: DeviceKind::Camera, state: devices.camera };
    html! {
        <div id="img-div" class={css!(r#"
            position: relative;
            display: grid;
            place-items: center;
            overflow: hidden;
            aspect-ratio: 16 / 9;
            background: #0e1116;
            border-radius: var(--radius-tile);

            video {
                position: absolute;
                inset: 0;
            }

            p {
                padding: 24px;
                font-size: 14px;
                color: #a3afbd;
                text-align: center;
            }

            img {
                width: 96px;
                height: 96px;
            }
        "#)}>
            if devices.camera == room::DeviceState::Off {
                <img src="/mark.svg" alt="" width="96" height="96" />
            } else {
                <StreamVideo
                    id="video-preview" tile={TileId::Own} stream={view.stream.clone()} picture={view.picture}
                    sound={VideoSound::Muted}
                />
                if !view.picture {
                    <p>{ camera.english() }</p>
                }
            }
        </div>
    }
}
