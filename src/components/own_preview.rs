//! Our own picture before anybody else sees it.

use room::{DeviceState, Message, OwnDevices, PreviewAction, TileId, TileView};
use yew::prelude::*;

use super::{StreamVideo, VideoSound};

/// What the preview of our own devices is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPreview<'a> {
    /// Our own tile.
    pub view: &'a TileView,
    /// What became of the devices.
    pub devices: OwnDevices,
    /// What can be done about it.
    pub actions: &'static [PreviewAction],
    /// What is to be done about it.
    pub onaction: Callback<PreviewAction>,
}

/// Our own picture before we are let in, or what stands in its way.
pub fn own_preview(preview: &OwnPreview<'_>) -> Html {
    let OwnPreview {
        view,
        devices,
        actions,
        onaction,
    } = preview;
    html! {
        <div
            id="img-div" class={"own-preview"} data-camera={devices.camera.code()} data-microphone={devices.microphone.code()}
        >
            if devices.camera == DeviceState::Off {
                <img src="/mark.svg" alt="" width="96" height="96" />
            } else {
                <StreamVideo
                    id="video-preview" tile={TileId::Own} stream={view.stream.clone()} picture={view.picture}
                    sound={VideoSound::Muted}
                />
            }
            <div role="status">
                { for told(*devices).iter().map(|message| html! { <p>{ message.english() }</p> }) }
            </div>
            <div class="actions">
                { for actions.iter().map(|action| action_button(*action, onaction)) }
            </div>
        </div>
    }
}

/// What is said in words: what the browser is waiting for, and what is missing.
fn told(devices: OwnDevices) -> Vec<Message> {
    if devices.camera == DeviceState::Waiting {
        return vec![Message::WaitingForDevices];
    }
    devices.troubles()
}

fn action_button(action: PreviewAction, onaction: &Callback<PreviewAction>) -> Html {
    let onclick = onaction.reform(move |_: MouseEvent| action);
    html! { <button type="button" data-preview={action.code()} {onclick}>{ action.message().english() }</button> }
}
