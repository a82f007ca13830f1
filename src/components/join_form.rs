//! The form in front of the room.

use room::{Message, Nickname, SessionName};
use yew::prelude::*;

use super::{TextField, text_field};

/// What the form asks for, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinFormValues {
    /// The session to join.
    pub session: SessionName,
    /// What we call ourselves.
    pub nickname: Nickname,
}

/// Props of [`JoinForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct JoinFormProps {
    /// The session that stands there at first.
    pub session: AttrValue,
    /// The name that stands there at first.
    pub nickname: AttrValue,
    /// Whether it is being acted on.
    pub joining: bool,
    /// JOIN was pressed and everything is in order.
    pub onjoin: Callback<JoinFormValues>,
    /// Joining is to stop.
    pub oncancel: Callback<()>,
}

/// The most characters of a name. More would not fit on any tile.
const MAX_NICKNAME: &str = "40";

/// More than a session name may have, so that whoever pastes a longer one is told instead of getting another one.
const MAX_SESSION: &str = "200";

/// The form in front of the room: a name, a session, JOIN.
#[component]
pub fn JoinForm(props: &JoinFormProps) -> Html {
    let session = use_state(|| props.session.to_string());
    let nickname = use_state(|| props.nickname.to_string());
    // Errors are shown once JOIN was pressed, and go as soon as what stands there is right.
    let submitted = use_state(|| false);

    let parsed = SessionName::parse(&session);
    let name = nickname.trim();
    let session_error = parsed.as_ref().err().filter(|_| *submitted).map(|error| Message::InvalidSession(*error));
    let nickname_error = (*submitted && name.is_empty()).then_some(Message::NicknameEmpty);

    let onsubmit = {
        let values = parsed.ok().filter(|_| !name.is_empty());
        let values = values.map(|session| JoinFormValues { session, nickname: Nickname::new(name) });
        let submitted = submitted.clone();
        let onjoin = props.onjoin.clone();
        let joining = props.joining;
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submitted.set(true);
            if let Some(values) = values.clone().filter(|_| !joining) {
                onjoin.emit(values);
            }
        })
    };
    let onsession = use_callback(session.setter(), |text: String, session| session.set(text));
    let onnickname = use_callback(nickname.setter(), |text: String, nickname| nickname.set(text));
    let oncancel = props.oncancel.reform(|_: MouseEvent| ());

    html! {
        <form class="form-group join-form" novalidate=true {onsubmit}>
            { text_field(TextField {
                id: "userName",
                error_id: "userName-error",
                label: Message::ParticipantLabel,
                value: AttrValue::from((*nickname).clone()),
                error: nickname_error,
                disabled: props.joining,
                maxlength: MAX_NICKNAME,
                oninput: onnickname,
            }) }
            { text_field(TextField {
                id: "sessionId",
                error_id: "sessionId-error",
                label: Message::SessionLabel,
                value: AttrValue::from((*session).clone()),
                error: session_error,
                disabled: props.joining,
                maxlength: MAX_SESSION,
                oninput: onsession,
            }) }
            <p class="text-center">
                <input
                    name="commit" class="btn btn-lg btn-success" type="submit" disabled={props.joining}
                    value={if props.joining { Message::Joining } else { Message::Join }.english()}
                />
                if props.joining {
                    <button type="button" id="buttonCancelJoin" onclick={oncancel}>{ Message::CancelJoin.english() }</button>
                }
            </p>
        </form>
    }
}
