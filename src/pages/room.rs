//! In the room.

use room::{Message, Phase, RoomState};
use yew::prelude::*;

use crate::components::{
    BarTone, Header, MessageBar, VideoGrid, header, main_video, message_bar, video_grid,
};
use crate::shell::CallHandle;

/// Header, what is wrong, whoever is shown large, and everybody.
pub fn room_page(state: &RoomState, call: &CallHandle) -> Html {
    let onclose = call.intent(|call, ()| call.close_notice());
    let reconnecting = state.phase == Phase::Reconnecting;
    let troubles = if state.own.devices_acknowledged {
        Vec::new()
    } else {
        state.own.devices.troubles()
    };
    let alone = state.participants.is_empty();
    html! {
        <main id="session" class={"room-page"}>
            { header(Header {
                session: state.session.as_ref(),
                people: state.people(),
                own: &state.own,
                onmicrophone: call.intent(|call, ()| call.toggle_microphone()),
                oncamera: call.intent(|call, ()| call.toggle_camera()),
                onswitch: call.intent(|call, ()| call.switch_camera()),
                onleave: call.intent(|call, ()| call.leave()),
            }) }
            <div class="messages">
                <p id="connection-status" role="status" hidden={!reconnecting}>
                    if reconnecting {
                        { Message::Reconnecting.english() }
                    }
                </p>
                if !troubles.is_empty() {
                    { device_notice(state, call, troubles, onclose.clone()) }
                }
                if let Some(message) = state.publish_message() {
                    { message_bar(MessageBar::new(
                        "publish-notice",
                        BarTone::Warning,
                        vec![message],
                        Message::TryAgain,
                        call.intent(|call, ()| call.publish_again()),
                    )) }
                }
                if let Some(message) = state.camera_message() {
                    { message_bar(MessageBar::new("camera-notice", BarTone::Warning, vec![message], Message::Close, onclose)) }
                }
                if let Some(session) = state.session.clone().filter(|_| alone) {
                    <p class="invitation">{ Message::NobodyElse { session }.english() }</p>
                }
            </div>
            <div class="stage">
                { main_video(&state.main_tile()) }
                { video_grid(&VideoGrid {
                    tiles: state.tiles(),
                    main: state.main(),
                    onpromote: call.intent(|call, tile| call.promote(tile)),
                }) }
            </div>
        </main>
    }
}

/// Which devices are missing and why, and another try where that can help.
fn device_notice(
    state: &RoomState,
    call: &CallHandle,
    troubles: Vec<Message>,
    onclose: Callback<()>,
) -> Html {
    let bar = if state.can_retry_devices() {
        MessageBar {
            onclose: Some(onclose),
            ..MessageBar::new(
                "device-notice",
                BarTone::Warning,
                troubles,
                Message::TryAgain,
                call.intent(|call, ()| call.retry_devices()),
            )
        }
    } else {
        MessageBar::new(
            "device-notice",
            BarTone::Warning,
            troubles,
            Message::Close,
            onclose,
        )
    };
    message_bar(MessageBar {
        devices: Some(state.own.devices),
        ..bar
    })
}
