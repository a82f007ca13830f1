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

/// What stands in the form at first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The session.
    pub session: AttrValue,
    /// What we call ourselves.
    pub nickname: AttrValue,
}

/// Props of [`JoinForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct JoinFormProps {
    /// What stands there at first.
    pub proposal: Proposal,
    /// Whether it is being acted on.
    pub joining: bool,
    /// JOIN was pressed and everything is in order.
    pub onjoin: Callback<JoinFormValues>,
    /// Joining is to stop.
    pub oncancel: Callback<()>,
}

/// What stands in the form. Errors are shown once JOIN was pressed, and go as soon as what stands there is right.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    session: AttrValue,
    nickname: AttrValue,
    submitted: bool,
}

impl Draft {
    fn values(&self) -> Option<JoinFormValues> {
        let session = SessionName::parse(&self.session).ok()?;
        let nickname = self.nickname.trim();
        (!nickname.is_empty()).then(|| JoinFormValues {
            session,
            nickname: Nickname::new(nickname),
        })
    }

    fn session_error(&self) -> Option<Message> {
        let error = SessionName::parse(&self.session)
            .err()
            .filter(|_| self.submitted)?;
        Some(Message::InvalidSession(error))
    }

    fn nickname_error(&self) -> Option<Message> {
        (self.submitted && self.nickname.trim().is_empty()).then_some(Message::NicknameEmpty)
    }
}

/// The most characters of a name. More would not fit on any tile.
const MAX_NICKNAME: &str = "40";

/// More than a session name may have, so that whoever pastes a longer one is told instead of getting another one.
const MAX_SESSION: &str = "200";

/// The form in front of the room: a name, a session, JOIN.
#[component]
pub fn JoinForm(props: &JoinFormProps) -> Html {
    let draft = use_state(|| Draft {
        session: props.proposal.session.clone(),
        nickname: props.proposal.nickname.clone(),
        submitted: false,
    });
    let change = |change: fn(&mut Draft, String)| {
        let draft = draft.clone();
        Callback::from(move |text| {
            let mut next = Draft::clone(&draft);
            change(&mut next, text);
            draft.set(next);
        })
    };
    let onsession = change(|draft, text| draft.session = text.into());
    let onnickname = change(|draft, text| draft.nickname = text.into());
    let onsubmit = {
        let submit = change(|draft, _| draft.submitted = true);
        let values = draft.values().filter(|_| !props.joining);
        let onjoin = props.onjoin.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit.emit(String::new());
            if let Some(values) = values.clone() {
                onjoin.emit(values);
            }
        })
    };
    let oncancel = props.oncancel.reform(|_: MouseEvent| ());

    // A form that closes a dialog, and there is none: the page's own copy of it must not load another page when JOIN is pressed
    // before any script is there.
    html! {
        <form class="form-group join-form" method="dialog" novalidate=true {onsubmit}>
            { text_field(TextField {
                id: "userName",
                error_id: "userName-error",
                label: Message::ParticipantLabel,
                value: draft.nickname.clone(),
                error: draft.nickname_error(),
                disabled: props.joining,
                maxlength: MAX_NICKNAME,
                oninput: onnickname,
            }) }
            { text_field(TextField {
                id: "sessionId",
                error_id: "sessionId-error",
                label: Message::SessionLabel,
                value: draft.session.clone(),
                error: draft.session_error(),
                disabled: props.joining,
                maxlength: MAX_SESSION,
                oninput: onsession,
            }) }
            <span class="only-spoken" role="status">
                if props.joining {
                    { Message::Joining.english() }
                }
            </span>
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
