//! In front of the room.

use std::rc::Rc;

use room::{DEFAULT_SESSION, Message, Phase, RoomState, SessionName, Severity, default_nickname};
use yew::prelude::*;

use crate::components::{BarTone, JoinForm, JoinFormValues, MessageBar, own_preview};
use crate::hooks::use_call_handle;

/// Props of [`JoinPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct JoinPageProps {
    /// The room.
    pub state: Rc<RoomState>,
}

/// The form, what happened before it, and our own picture while joining.
#[component]
pub fn JoinPage(JoinPageProps { state }: &JoinPageProps) -> Html {
    let call = use_call_handle();
    let onjoin = use_callback(call.clone(), |values: JoinFormValues, call| call.join(values.session, values.nickname));
    let oncancel = use_callback(call.clone(), |(), call| call.cancel());
    let onclose = use_callback(call, |(), call| call.close_notice());

    let session = use_memo((), |()| state.session.as_ref().map_or_else(session_to_propose, |s| s.as_str().to_owned()));
    let nickname = use_memo((), |()| state.nickname.clone().unwrap_or_else(|| default_nickname(js_sys::Math::random())));
    let joining = state.phase == Phase::Joining;

    html! {
        <main id="join" class={"join-page"}>
            { own_preview(&state.own_tile(), state.own.devices) }
            <div id="join-dialog" class="jumbotron vertical-center">
                <h1>{ Message::JoinHeading.english() }</h1>
                <p class="introduction">{ Message::JoinIntroduction.english() }</p>
                if let Some(notice) = state.notice() {
                    <MessageBar
                        id="notice" code={notice.code.code()} tone={tone(notice.severity)} messages={Rc::from([notice.message])}
                        action={Message::Close} onaction={onclose}
                    />
                }
                <JoinForm
                    session={session.as_str().to_owned()} nickname={nickname.to_rc()} {joining} {onjoin} {oncancel}
                />
            </div>
        </main>
    }
}

const fn tone(severity: Severity) -> BarTone {
    match severity {
        Severity::Info => BarTone::Info,
        Severity::Error => BarTone::Error,
    }
}

/// The session that the page's address names, else the usual one.
fn session_to_propose() -> String {
    let location = web_sys::window().map(|window| window.location());
    let path = location.as_ref().and_then(|l| l.pathname().ok()).unwrap_or_default();
    let hash = location.as_ref().and_then(|l| l.hash().ok()).unwrap_or_default();
    SessionName::in_link(&path, &hash).unwrap_or_else(|| DEFAULT_SESSION.to_owned())
}
