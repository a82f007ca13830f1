//! What people have to know: about the session, the connection, or their own media.

use room::{Message, OwnDevices};
use yew::prelude::*;

use super::{IconName, icon};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarTone {
    /// Good to know.
    Info,
    /// Something doesn't work as wished.
    Warning,
    /// Something stands in the way.
    Error,
}

/// What a message bar is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageBar {
    /// Its id.
    pub id: &'static str,
    /// How bad it is.
    pub tone: BarTone,
    /// What it says, a line each.
    pub messages: Vec<Message>,
    /// What its button says.
    pub action: Message,
    /// Its button was pressed.
    pub onaction: Callback<()>,
    /// A second button, which closes it, was pressed. `None`: there is no such button.
    pub onclose: Option<Callback<()>>,
    /// A short, stable word for what it is about.
    pub code: Option<&'static str>,
    /// The devices it is about, if it is about any.
    pub devices: Option<OwnDevices>,
}

impl MessageBar {
    /// A bar with a button, about nothing that style sheets or tests would have to tell apart.
    #[must_use]
    pub const fn new(
        id: &'static str,
        tone: BarTone,
        messages: Vec<Message>,
        action: Message,
        onaction: Callback<()>,
    ) -> Self {
        Self {
            id,
            tone,
            messages,
            action,
            onaction,
            onclose: None,
            code: None,
            devices: None,
        }
    }
}

/// What people have to know, and what they can do about it: close it, try again, or either. Read out when it appears.
pub fn message_bar(bar: MessageBar) -> Html {
    let MessageBar {
        id,
        tone,
        messages,
        action,
        onaction,
        onclose,
        code,
        devices,
    } = bar;
    let button = |label: Message, onpress: &Callback<()>| {
        let onclick = onpress.reform(|_: MouseEvent| ());
        html! { <button type="button" {onclick}>{ label.english() }</button> }
    };
    let (role, class) = match tone {
        BarTone::Info => ("status", "message-bar"),
        BarTone::Warning => ("alert", "message-bar warning"),
        BarTone::Error => ("alert", "message-bar error"),
    };
    html! {
        <div
            {id} {role} {class} data-notice={code}
            data-camera={devices.map(|devices| devices.camera.code())}
            data-microphone={devices.map(|devices| devices.microphone.code())}
        >
            if tone != BarTone::Info {
                { icon(IconName::Warning) }
            }
            <div>
                { for messages.iter().map(|message| html! { <p>{ message.english() }</p> }) }
            </div>
            { button(action, &onaction) }
            { for onclose.map(|onclose| button(Message::Close, &onclose)) }
        </div>
    }
}
