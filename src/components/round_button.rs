//! A round button with a pictogram, such as the one that mutes.

use yew::prelude::*;

use super::{IconName, icon};

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonTone {
    /// As usual.
    #[default]
    Normal,
    /// Something is off that people expect to be on.
    Off,
}

/// What a round button is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundButton {
    /// Its id.
    pub id: &'static str,
    /// What it does, in words.
    pub label: AttrValue,
    /// Its pictogram.
    pub icon: IconName,
    /// How it looks.
    pub tone: ButtonTone,
    /// Whether it can't be pressed now.
    pub disabled: bool,
    /// It was pressed.
    pub onpress: Callback<()>,
}

/// A round button. Off is told by a struck-through pictogram and a filled shape, not by colour alone.
pub fn round_button(button: RoundButton) -> Html {
    let RoundButton {
        id,
        label,
        icon: name,
        tone,
        disabled,
        onpress,
    } = button;
    let class = match tone {
        ButtonTone::Normal => "round-button",
        ButtonTone::Off => "round-button off",
    };
    let onclick = onpress.reform(|_: MouseEvent| ());
    html! {
        <button type="button" {id} {class} aria-label={label.clone()} title={label} {disabled} {onclick}>{ icon(name) }</button>
    }
}
