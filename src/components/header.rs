//! The bar above the stage: which session, how many people, and what one can do.

use room::{CameraSwitch, Message, Own, Publishing, SessionName, Toggle};
use yew::prelude::*;

use super::{ButtonTone, IconName, RoundButton, round_button};

/// What the bar above the stage is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Header<'a> {
    /// The session.
    pub session: Option<&'a SessionName>,
    /// Everybody in it, ourselves among them.
    pub people: usize,
    /// Ourselves.
    pub own: &'a Own,
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
pub fn header(header: Header<'_>) -> Html {
    let Header {
        session,
        people,
        own,
        onmicrophone,
        oncamera,
        onswitch,
        onleave,
    } = header;
    let onswitch = onswitch.reform(|_: MouseEvent| ());
    let onleave = onleave.reform(|_: MouseEvent| ());
    let live = matches!(own.publishing, Publishing::Live(_));
    let (microphone, microphone_icon, microphone_tone) = match own.audio {
        Toggle::On => (Message::MuteMicrophone, IconName::Microphone, ButtonTone::Normal),
        Toggle::Off => (
            Message::UnmuteMicrophone,
            IconName::MicrophoneOff,
            ButtonTone::Off,
        ),
    };
    let (camera, camera_icon, camera_tone) = match own.video {
        Toggle::On => (Message::StopCamera, IconName::Camera, ButtonTone::Normal),
        Toggle::Off => (Message::StartCamera, IconName::CameraOff, ButtonTone::Off),
    };
    html! {
        <header id="session-header" class={"room-header"}>
            <h1 id="session-title">{ session.map(|session| session.to_rc()) }</h1>
            <span class="people">{ Message::PeopleInRoom { count: people }.english() }</span>
            <div class="controls">
                { round_button(RoundButton {
                    id: "buttonMicrophone",
                    label: microphone.english().into(),
                    icon: microphone_icon,
                    tone: microphone_tone,
                    disabled: !(live && own.devices.microphone.is_ok()),
                    onpress: onmicrophone,
                }) }
                { round_button(RoundButton {
                    id: "buttonCamera",
                    label: camera.english().into(),
                    icon: camera_icon,
                    tone: camera_tone,
                    disabled: !(live && own.devices.camera.is_ok()),
                    onpress: oncamera,
                }) }
                <input
                    id="buttonSwitchCamera" class="btn btn-large btn-success" type="button"
                    value={Message::SwitchCamera.english()} onclick={onswitch}
                    disabled={!own.can_switch_camera()}
                    aria-busy={if own.camera_switch == CameraSwitch::Switching { "true" } else { "false" }}
                />
                <input
                    id="buttonLeaveSession" class="btn btn-large btn-danger" type="button"
                    value={Message::Leave.english()} onclick={onleave}
                />
            </div>
        </header>
    }
}
