//! A round button with a pictogram, such as the one that mutes.

use stylist::yew::styled_component;
use yew::prelude::*;

use super::{Icon, IconName};

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonTone {
    /// As usual.
    #[default]
    Normal,
    /// Something is off that people expect to be on.
    Off,
}

/// Props of [`RoundButton`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RoundButtonProps {
    /// Its id.
    pub id: AttrValue,
    /// What it does, in words.
    pub label: AttrValue,
    /// Its pictogram.
    pub icon: IconName,
    /// How it looks.
    #[prop_or_default]
    pub tone: ButtonTone,
    /// Whether it can't be pressed now.
    #[prop_or_default]
    pub disabled: bool,
    /// It was pressed.
    pub onpress: Callback<()>,
}

/// A round button. Off is told by a struck-through pictogram and a filled shape, not by colour alone.
#[styled_component]
pub fn RoundButton(props: &RoundButtonProps) -> Html {
    let onclick = use_callback(props.onpress.clone(), |_: MouseEvent, onpress| onpress.emit(()));
    let tone = match props.tone {
        ButtonTone::Normal => None,
        ButtonTone::Off => Some("off"),
    };
    html! {
        <button
            type="button" id={props.id.clone()} aria-label={props.label.clone()} title={props.label.clone()}
            disabled={props.disabled} {onclick}
            class={classes!(tone, css!(r#"
                display: grid;
                place-items: center;
                width: 44px;
                height: 44px;
                padding: 0;
                font: inherit;
                color: var(--text);
                background: var(--surface-2);
                border: 1px solid var(--control-border);
                border-radius: 999px;
                cursor: pointer;
                transition: opacity var(--quick) ease-out;

                &.off {
                    color: var(--on-danger);
                    background: var(--danger);
                    border-color: var(--danger);
                }

                &:hover {
                    opacity: 0.85;
                }

                &:disabled {
                    opacity: 0.4;
                    cursor: not-allowed;
                }
            "#))}
        >
            <Icon name={props.icon} />
        </button>
    }
}
