//! One line across the room: something about the connection or about our own media.

use stylist::yew::styled_component;
use yew::prelude::*;

/// How a bar looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BarTone {
    /// Something to know.
    #[default]
    Info,
    /// Something to do.
    Warning,
}

/// Props of [`MessageBar`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MessageBarProps {
    /// Its id.
    pub id: AttrValue,
    /// How it looks.
    #[prop_or_default]
    pub tone: BarTone,
    /// What it says.
    pub text: AttrValue,
    /// What its button says; none without.
    #[prop_or_default]
    pub action: Option<AttrValue>,
    /// Its button was pressed.
    #[prop_or_default]
    pub onaction: Callback<()>,
}

/// One line across the room, with at most one button.
#[styled_component]
pub fn MessageBar(props: &MessageBarProps) -> Html {
    let onclick = use_callback(props.onaction.clone(), |_: MouseEvent, onaction| onaction.emit(()));
    let tone = match props.tone {
        BarTone::Info => "info",
        BarTone::Warning => "warning",
    };
    html! {
        <div id={props.id.clone()} role="alert" class={classes!(tone, css!(r#"
            display: flex;
            flex-wrap: wrap;
            gap: 4px 12px;
            align-items: center;
            padding: 8px 12px;
            font-size: 14px;
            background: var(--surface-2);
            border-radius: var(--radius-control);

            &.warning p {
                color: var(--warning-text);
            }

            p {
                flex: 1 1 240px;
            }

            button {
                min-height: 36px;
                padding: 0 12px;
                font: inherit;
                font-weight: 600;
                color: var(--text);
                background: var(--surface-1);
                border: 1px solid var(--control-border);
                border-radius: var(--radius-control);
                cursor: pointer;
            }
        "#))}>
            <p>{ &props.text }</p>
            if let Some(action) = &props.action {
                <button type="button" {onclick}>{ action }</button>
            }
        </div>
    }
}
