//! In the room.

use std::rc::Rc;

use room::{Message, Phase, RoomState, TileId};
use stylist::yew::styled_component;
use yew::prelude::*;

use crate::components::{BarTone, DeviceNotice, Header, MainVideo, MessageBar, VideoGrid};
use crate::hooks::use_call_handle;

/// Props of [`RoomPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RoomPageProps {
    /// The room.
    pub state: Rc<RoomState>,
}

/// Header, what is wrong, whoever is shown large, and everybody.
#[styled_component]
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
    let alone = state.participants.is_empty();
    html! {
        <main id="session" class={css!(r#"
            display: grid;
            grid-template-rows: auto auto minmax(0, 1fr);
            gap: 8px;
            height: 100vh;
            height: 100dvh;
            padding: 12px;
            color: var(--text);
            background: var(--stage);

            /* Faces read best on a dark stage, whatever the theme. */
            --stage: #0e1116;
            --surface-1: #161b22;
            --surface-2: #1f2630;
            --line: #323c49;
            --control-border: #5d6b7c;
            --text: #e9edf2;
            --text-muted: #a3afbd;
            --accent: #3ddc97;
            --danger: #cf3238;
            --on-danger: #ffffff;
            --warning-text: #ffc53d;
            --focus: #7cc4ff;
            color-scheme: dark;

            .messages {
                display: grid;
                gap: 8px;
            }

            #connection-status {
                font-size: 14px;
                color: var(--warning-text);
            }

            .invitation {
                font-size: 14px;
                color: var(--text-muted);
            }

            .stage {
                display: grid;
                grid-template-columns: minmax(0, 3fr) minmax(200px, 1fr);
                gap: 8px;
                min-height: 0;
            }

            @media (max-width: 800px) {
                .stage {
                    grid-template-columns: minmax(0, 1fr);
                    grid-template-rows: minmax(0, 3fr) minmax(0, 2fr);
                }
            }
        "#)}>
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
                if !state.own.devices_acknowledged {
                    <DeviceNotice devices={state.own.devices} onclose={onclose.clone()} />
                }
                if let Some(message) = state.publish_message() {
                    <MessageBar
                        id="publish-notice" tone={BarTone::Warning} text={message.english()}
                        action={AttrValue::from(Message::PublishAgain.english())} onaction={onpublish}
                    />
                }
                if let Some(message) = state.camera_message() {
                    <MessageBar
                        id="camera-notice" tone={BarTone::Warning} text={message.english()}
                        action={AttrValue::from(Message::Close.english())} onaction={onclose}
                    />
                }
                if let Some(session) = state.session.clone().filter(|_| alone) {
                    <p class="invitation">{ Message::NobodyElse { session }.english() }</p>
                }
            </div>
            <div class="stage">
                <MainVideo view={state.main_tile()} />
                <VideoGrid tiles={Rc::from(state.tiles())} main={state.main()} {onpromote} />
            </div>
        </main>
    }
}
