//! In front of the room.

use std::rc::Rc;

use room::{Message, Phase, RoomState, Severity};
use yew::prelude::*;

use crate::components::{
    BarTone, JoinForm, JoinFormValues, MessageBar, OwnPreview, Proposal, message_bar, own_preview,
};
use crate::shell::CallHandle;

/// Props of [`JoinPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct JoinPageProps {
    /// The room.
    pub state: Rc<RoomState>,
    /// Where intents go.
    pub call: CallHandle,
    /// What stands in the form where there was no call yet.
    pub proposal: Proposal,
}

/// The form, what happened before it, and our own picture while joining.
#[component]
pub fn JoinPage(
    JoinPageProps {
        state,
        call,
        proposal,
    }: &JoinPageProps,
) -> Html {
    let onjoin = call.intent(|call, values: JoinFormValues| call.join(values.session, values.nickname));
    let oncancel = call.intent(|call, ()| call.cancel());
    let onclose = call.intent(|call, ()| call.close_notice());

    let proposal = use_memo((), |()| propose(state, proposal));
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
                    proposal={Proposal::clone(&proposal)} {joining} {onjoin} {oncancel}
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

/// What stands in the form at first: session and name of the last call, else what stood there before.
fn propose(state: &RoomState, proposal: &Proposal) -> Proposal {
    let Proposal { session, nickname } = proposal.clone();
    Proposal {
        session: state.session.as_ref().map_or(session, |last| last.to_rc().into()),
        nickname: state
            .nickname
            .as_ref()
            .map_or(nickname, |last| last.to_rc().into()),
    }
}
