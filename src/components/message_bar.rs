//! What people have to know: about the session, the connection, or their own media.

use std::rc::Rc;

use room::{Message, OwnDevices};
use yew::prelude::*;

use super::{IconName, icon};

/// How bad it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BarTone {
    /// Good to know.
    #[default]
    Info,
    /// Something doesn't work as wished.
    Warning,
    /// Something stands in the way.
    Error,
}

/// Props of [`MessageBar`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MessageBarProps {
    /// Its id.
    pub id: AttrValue,
    /// How bad it is.
    #[prop_or_default]
    pub tone: BarTone,
    /// What it says, a line each.
    pub messages: Rc<[Message]>,
    /// What its button says.
    pub action: Message,
    /// Its button was pressed.
    pub onaction: Callback<()>,
    /// A short, stable word for what it is about.
    #[prop_or_default]
    pub code: Option<&'static str>,
    /// The devices it is about, if it is about any.
    #[prop_or_default]
    pub devices: Option<OwnDevices>,
}

/// What people have to know, and one button: to close it, or to try again. Read out when it appears.
#[component]
pub fn MessageBar(props: &MessageBarProps) -> Html {
    let onclick = props.onaction.reform(|_: MouseEvent| ());
    let (role, class) = match props.tone {
        BarTone::Info => ("status", "message-bar"),
        BarTone::Warning => ("alert", "message-bar warning"),
        BarTone::Error => ("alert", "message-bar error"),
    };
    html! {
        <div
            id={props.id.clone()} {role} {class} data-notice={props.code}
            data-camera={props.devices.map(|devices| devices.camera.code())}
            data-microphone={props.devices.map(|devices| devices.microphone.code())}
        >
            if props.tone != BarTone::Info {
                { icon(IconName::Warning) }
            }
            <div>
                { for props.messages.iter().map(|message| html! { <p>{ message.english() }</p> }) }
            </div>
            <button type="button" {onclick}>{ props.action.english() }</button>
        </div>
    }
}
