//! A labelled line of text with room for what is wrong with it.

use room::Message;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a labelled line of text is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct TextField {
    /// The input's id.
    pub id: &'static str,
    /// The id of the message beside it.
    pub error_id: &'static str,
    /// What is asked for.
    pub label: Message,
    /// What stands there.
    pub value: AttrValue,
    /// What is wrong with it, if anything.
    pub error: Option<Message>,
    /// Whether it can't be changed now.
    pub disabled: bool,
    /// The most characters it takes.
    pub maxlength: &'static str,
    /// What was typed.
    pub oninput: Callback<String>,
}

/// A labelled line of text.
pub fn text_field(field: TextField) -> Html {
    let TextField {
        id,
        error_id,
        label,
        value,
        error,
        disabled,
        maxlength,
        oninput,
    } = field;
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            oninput.emit(input.value());
        }
    });
    html! {
        <p class="text-field">
            <label for={id}>{ label.english() }</label>
            <input
                {id} class="form-control" type="text" required=true {value} {maxlength} autocomplete="off" autocapitalize="off"
                spellcheck="false" {disabled} {oninput}
                aria-invalid={if error.is_some() { "true" } else { "false" }}
                aria-describedby={error.is_some().then_some(error_id)}
            />
            if let Some(error) = error {
                <span id={error_id} role="alert">{ error.english() }</span>
            }
        </p>
    }
}
