//! Our own picture before anybody else sees it.

use room::{DeviceKind, DeviceState, Message, OwnDevices, TileId, TileView};
use yew::prelude::*;

use super::{StreamVideo, VideoSound};

/// Our own picture while we wait to be let in, or what the browser is waiting for.
pub fn own_preview(view: &TileView, devices: OwnDevices) -> Html {
    let camera = Message::Device {
        kind: DeviceKind::Camera,
        state: devices.camera,
    };
    html! {
        <div id="img-div" class={"own-preview"}>
            if devices.camera == DeviceState::Off {
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
