//! The bar above the stage: which session, how many people, and what one can do.

use room::{CameraSwitch, Message, Own, Publishing, SessionName, Toggle};
use stylist::yew::styled_component;
use yew::prelude::*;

use super::{ButtonTone, IconName, RoundButton};

/// Props of [`Header`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HeaderProps {
    /// The session.
    pub session: Option<SessionName>,
    /// Everybody in it, ourselves among them.
    pub people: usize,
    /// Ourselves.
    pub own: Own,
    /// Mute or unmute.
    pub onmicrophone: Callback<()>,
    /// Stop or start the camera's picture.
    pub oncamera: Callback<()>,
    /// Use the next camera.
    pub onswitch: Callback<()>,
    /// Leave.
    pub onleave: Callback<()>,
}

/// The bar above the stage.
#[styled_component]
pub fn Header(props: &HeaderProps) -> Html {
    let onswitch = use_callback(props.onswitch.clone(), |_: MouseEvent, onswitch| onswitch.emit(()));
    let onleave = use_callback(props.onleave.clone(), |_: MouseEvent, onleave| onleave.emit(()));
    let own = &props.own;
    let live = matches!(own.publishing, Publishing::Live(_));
    let (microphone, microphone_icon, microphone_tone) = match own.audio {
        Toggle::On => (Message::MuteMicrophone, IconName::Microphone, ButtonTone::Normal),
        Toggle::Off => (Message::UnmuteMicrophone, IconName::MicrophoneOff, ButtonTone::Off),
    };
    let (camera, camera_icon, camera_tone) = match own.video {
        Toggle::On => (Message::StopCamera, IconName::Camera, ButtonTone::Normal),
        Toggle::Off => (Message::StartCamera, IconName::CameraOff, ButtonTone::Off),
    };
    html! {
        <header id="session-header" class={css!(r#"
            display: flex;
            flex-wrap: wrap;
            gap: 8px 16px;
            align-items: center;

            h1 {
                overflow: hidden;
                max-width: 100%;
                font-size: 20px;
                font-weight: 600;
                text-overflow: ellipsis;
                white-space: nowrap;
            }

            .people {
                flex: 1;
                font-size: 14px;
                color: var(--text-muted);
                white-space: nowrap;
            }

            .controls {
                display: flex;
                flex-wrap: wrap;
                gap: 8px;
                align-items: center;
            }

            input {
                min-height: 44px;
                padding: 0 16px;
                font: inherit;
                font-weight: 600;
                border-radius: 999px;
                cursor: pointer;
                transition: opacity var(--quick) ease-out;
            }

            input:hover {
                opacity: 0.85;
            }

            input:disabled {
                opacity: 0.4;
                cursor: not-allowed;
            }

            .btn-success {
                color: var(--text);
                background: var(--surface-2);
                border: 1px solid var(--control-border);
            }

            .btn-danger {
                color: var(--on-danger);
                background: var(--danger);
                border: 1px solid var(--danger);
            }
        "#)}>
            <h1 id="session-title">{ props.session.as_ref().map(|session| session.to_rc()) }</h1>
            <span class="people">{ Message::PeopleInRoom { count: props.people }.english() }</span>
            <div class="controls">
                <RoundButton
                    id="buttonMicrophone" label={microphone.english()} icon={microphone_icon} tone={microphone_tone}
                    disabled={!(live && own.devices.microphone.is_ok())} onpress={props.onmicrophone.clone()}
                />
                <RoundButton
                    id="buttonCamera" label={camera.english()} icon={camera_icon} tone={camera_tone}
                    disabled={!(live && own.devices.camera.is_ok())} onpress={props.oncamera.clone()}
                />
                <input
                    id="buttonSwitchCamera" class="btn btn-large btn-success" type="button"
                    value={Message::SwitchCamera.english()} onclick={onswitch}
                    disabled={!own.can_switch_camera()}
                    aria-busy={(own.camera_switch == CameraSwitch::Switching).to_string()}
                />
                <input
                    id="buttonLeaveSession" class="btn btn-large btn-danger" type="button"
                    value={Message::Leave.english()} onclick={onleave}
                />
            </div>
        </header>
    }
}
