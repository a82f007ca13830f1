//! What is told above the form.

use room::{Message, Notice, Severity};
use stylist::yew::styled_component;
use yew::prelude::*;

use super::{Icon, IconName};

/// Props of [`NoticeBox`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct NoticeBoxProps {
    /// What to tell.
    pub notice: Notice,
    /// It was read.
    pub onclose: Callback<()>,
}

/// What happened and what to do about it, until it is closed or acted on.
#[styled_component]
pub fn NoticeBox(NoticeBoxProps { notice, onclose }: &NoticeBoxProps) -> Html {
    let onclick = use_callback(onclose.clone(), |_: MouseEvent, onclose| onclose.emit(()));
    let (role, tone) = match notice.severity {
        Severity::Info => ("status", "info"),
        Severity::Error => ("alert", "error"),
    };
    html! {
        <div id="notice" {role} data-notice={notice.code.code()} class={classes!(tone, css!(r#"
            display: flex;
            gap: 12px;
            align-items: start;
            padding: 12px;
            background: var(--surface-2);
            border-radius: var(--radius-control);
            border-inline-start: 4px solid var(--control-border);

            &.error {
                border-inline-start-color: var(--danger-text);
            }

            &.error svg {
                color: var(--danger-text);
            }

            svg {
                flex: none;
                margin-top: 2px;
            }

            p {
                flex: 1;
            }

            button {
                flex: none;
                min-height: 36px;
                padding: 0 8px;
                font: inherit;
                font-size: 14px;
                color: var(--text-muted);
                background: none;
                border: 0;
                border-radius: var(--radius-control);
                cursor: pointer;
            }

            button:hover {
                color: var(--text);
            }
        "#))}>
            if notice.severity == Severity::Error {
                <Icon name={IconName::Warning} />
            }
            <p>{ notice.message.english() }</p>
            <button type="button" {onclick}>{ Message::Close.english() }</button>
        </div>
    }
}
