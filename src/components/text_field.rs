//! A labelled line of text with room for what is wrong with it.

use stylist::yew::styled_component;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Props of [`TextField`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TextFieldProps {
    /// The input's id and, with `-error` behind it, that of the message.
    pub id: AttrValue,
    /// What is asked for.
    pub label: AttrValue,
    /// What stands there.
    pub value: AttrValue,
    /// What is wrong with it, if anything.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Whether it can't be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// The most characters it takes.
    pub maxlength: u32,
    /// What the browser may offer to fill in.
    #[prop_or(AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
    /// What was typed.
    pub oninput: Callback<String>,
}

/// A labelled line of text.
#[styled_component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let oninput = use_callback(props.oninput.clone(), |event: InputEvent, oninput| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            oninput.emit(input.value());
        }
    });
    let error_id = format!("{}-error", props.id);
    html! {
        <p class={css!(r#"
            display: grid;
            gap: 4px;

            label {
                font-size: 14px;
                font-weight: 600;
                color: var(--text-muted);
            }

            input {
                min-height: 44px;
                padding: 8px 12px;
                font: inherit;
                color: var(--text);
                background: var(--surface-2);
                border: 1px solid var(--control-border);
                border-radius: var(--radius-control);
            }

            input[aria-invalid="true"] {
                border-color: var(--danger-text);
            }

            input:disabled {
                opacity: 0.6;
            }

            span {
                font-size: 14px;
                color: var(--danger-text);
            }
        "#)}>
            <label for={props.id.clone()}>{ &props.label }</label>
            <input
                id={props.id.clone()}
                class="form-control"
                type="text"
                required=true
                value={props.value.clone()}
                maxlength={props.maxlength.to_string()}
                autocomplete={props.autocomplete.clone()}
                autocapitalize="off"
                spellcheck="false"
                disabled={props.disabled}
                aria-invalid={props.error.is_some().to_string()}
                aria-describedby={props.error.is_some().then(|| error_id.clone())}
                {oninput}
            />
            if let Some(error) = &props.error {
                <span id={error_id} role="alert">{ error }</span>
            }
        </p>
    }
}
