//! In front of the room.

use std::rc::Rc;

use room::{DEFAULT_SESSION, Message, Phase, RoomState, SessionName, Severity, default_nickname};
use yew::prelude::*;

use crate::components::{BarTone, JoinForm, JoinFormValues, MessageBar, OwnPreview, message_bar, own_preview};
use crate::shell::CallHandle;

/// Props of [`JoinPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct JoinPageProps {
    /// The room.
    pub state: Rc<RoomState>,
    /// Where intents go.
    pub call: CallHandle,
}

/// The form, what happened before it, and our own picture while joining.
#[component]
pub fn JoinPage(JoinPageProps { state, call }: &JoinPageProps) -> Html {
    let onjoin = call.intent(|call, values: JoinFormValues| call.join(values.session, values.nickname));
    let oncancel = call.intent(|call, ()| call.cancel());
    let onclose = call.intent(|call, ()| call.close_notice());

    let proposal = use_memo((), |()| propose(state));
    let joining = state.phase == Phase::Joining;

    html! {
        <main id="join" class={"join-page"}>
            { own_preview(&OwnPreview {
                view: &state.own_tile(),
                devices: state.own.devices,
                actions: state.preview_actions(),
                onaction: call.intent(|call, action| call.preview(action)),
            }) }
            <div id="join-dialog" class="jumbotron vertical-center">
                <h1>{ Message::JoinHeading.english() }</h1>
                <p class="introduction">{ Message::JoinIntroduction.english() }</p>
                if let Some(notice) = state.notice() {
                    { message_bar(MessageBar {
                        code: Some(notice.code.code()),
                        ..MessageBar::new("notice", tone(notice.severity), vec![notice.message], Message::Close, onclose)
                    }) }
                }
                <JoinForm
                    session={proposal.0.clone()} nickname={proposal.1.clone()} {joining} {onjoin} {oncancel}
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

/// Session and name to begin with: those of the last call, else the session that the page's address names, else the usual ones.
fn propose(state: &RoomState) -> (AttrValue, AttrValue) {
    let session = state
        .session
        .as_ref()
        .map_or_else(session_of_page, |session| session.to_rc().into());
    let nickname = state
        .nickname
        .clone()
        .unwrap_or_else(|| default_nickname(js_sys::Math::random()));
    (session, nickname.to_rc().into())
}

fn session_of_page() -> AttrValue {
    let location = web_sys::window().map(|window| window.location());
    let path = location
        .as_ref()
        .and_then(|l| l.pathname().ok())
        .unwrap_or_default();
    let hash = location.as_ref().and_then(|l| l.hash().ok()).unwrap_or_default();
    SessionName::in_link(&path, &hash).map_or(AttrValue::Static(DEFAULT_SESSION), AttrValue::from)
}
