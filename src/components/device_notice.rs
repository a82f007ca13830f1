//! What became of our own camera and microphone, where it isn't as wished.

use room::{Message, OwnDevices};
use stylist::yew::styled_component;
use yew::prelude::*;

/// Props of [`DeviceNotice`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DeviceNoticeProps {
    /// What became of camera and microphone.
    pub devices: OwnDevices,
    /// It was read.
    pub onclose: Callback<()>,
}

/// One line a device that isn't there, with what to do about it. Nothing while all is well.
#[styled_component]
pub fn DeviceNotice(DeviceNoticeProps { devices, onclose }: &DeviceNoticeProps) -> Html {
    let onclick = use_callback(onclose.clone(), |_: MouseEvent, onclose| onclose.emit(()));
    let messages = devices.troubles();
    if messages.is_empty() {
        return Html::default();
    }
    html! {
        <div
            id="device-notice" role="alert"
            data-camera={devices.camera.code()} data-microphone={devices.microphone.code()}
            class={css!(r#"
                display: flex;
                gap: 12px;
                align-items: center;
                padding: 8px 12px;
                font-size: 14px;
                color: var(--warning-text);
                background: var(--surface-2);
                border-radius: var(--radius-control);

                ul {
                    flex: 1;
                    margin: 0;
                    padding: 0;
                    list-style: none;
                }

                button {
                    min-height: 36px;
                    padding: 0 8px;
                    font: inherit;
                    color: var(--text-muted);
                    background: none;
                    border: 0;
                    border-radius: var(--radius-control);
                    cursor: pointer;
                }
            "#)}
        >
            <ul>
                { for messages.iter().map(|message| html! { <li>{ message.english() }</li> }) }
            </ul>
            <button type="button" {onclick}>{ Message::Close.english() }</button>
        </div>
    }
}
