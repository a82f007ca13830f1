//! In the room.

use std::rc::Rc;

use room::{Message, Phase, RoomState, TileId};
use yew::prelude::*;

use crate::components::{BarTone, Header, MessageBar, VideoGrid, main_video};
use crate::hooks::use_call_handle;

/// Props of [`RoomPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RoomPageProps {
    /// The room.
    pub state: Rc<RoomState>,
}

/// Header, what is wrong, whoever is shown large, and everybody.
#[component]
pub fn RoomPage(RoomPageProps { state }: &RoomPageProps) -> Html {
    let call = use_call_handle();
    let onmicrophone = use_callback(call.clone(), |(), call| call.toggle_microphone());
    let oncamera = use_callback(call.clone(), |(), call| call.toggle_camera());
    let onswitch = use_callback(call.clone(), |(), call| call.switch_camera());
    let onleave = use_callback(call.clone(), |(), call| call.leave());
    let onpromote = use_callback(call.clone(), |tile: TileId, call| call.promote(tile));
    let onclose = use_callback(call.clone(), |(), call| call.close_notice());
    let onpublish = use_callback(call, |(), call| call.publish_again());

    let reconnecting = state.phase == Phase::Reconnecting;
    let troubles = if state.own.devices_acknowledged { Vec::new() } else { state.own.devices.troubles() };
    let alone = state.participants.is_empty();
    html! {
        <main id="session" class={"room-page"}>
            <Header
                session={state.session.clone()} people={state.people()} own={state.own.clone()}
                {onmicrophone} {oncamera} {onswitch} {onleave}
            />
            <div class="messages">
                <p id="connection-status" role="status" hidden={!reconnecting}>
                    if reconnecting {
                        { Message::Reconnecting.english() }
                    }
                </p>
                if !troubles.is_empty() {
                    <MessageBar
                        id="device-notice" tone={BarTone::Warning} messages={Rc::from(troubles)} devices={state.own.devices}
                        action={Message::Close} onaction={onclose.clone()}
                    />
                }
                if let Some(message) = state.publish_message() {
                    <MessageBar
                        id="publish-notice" tone={BarTone::Warning} messages={Rc::from([message])}
                        action={Message::PublishAgain} onaction={onpublish}
                    />
                }
                if let Some(message) = state.camera_message() {
                    <MessageBar
                        id="camera-notice" tone={BarTone::Warning} messages={Rc::from([message])}
                        action={Message::Close} onaction={onclose}
                    />
                }
                if let Some(session) = state.session.clone().filter(|_| alone) {
                    <p class="invitation">{ Message::NobodyElse { session }.english() }</p>
                }
            </div>
            <div class="stage">
                { main_video(&state.main_tile()) }
                <VideoGrid tiles={Rc::from(state.tiles())} main={state.main()} {onpromote} />
            </div>
        </main>
    }
}
