//! The application: one store, one call, one of two pages.

use yew::prelude::*;

use crate::components::{MediaSource, Proposal};
use crate::hooks::use_call;
use crate::pages::{JoinPage, room_page};
use crate::shell::CallHandle;
use crate::styles::StageTheme;

/// Props of [`App`].
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub struct AppProps {
    /// What stands in the form at first.
    #[prop_or_default]
    pub proposal: Proposal,
}

/// The whole application.
#[component]
pub fn App(AppProps { proposal }: &AppProps) -> Html {
    let (state, call) = use_call();
    let media = use_memo(call.clone(), CallHandle::media_source);
    // There as long as the room is, from its first frame on.
    use_effect_with(state.phase.is_in_room(), |in_room| {
        let theme = in_room.then(StageTheme::mount);
        move || drop(theme)
    });
    html! {
        <div class="container" data-phase={state.phase.code()}>
            <ContextProvider<MediaSource> context={MediaSource::clone(&media)}>
                if state.phase.is_in_room() {
                    { room_page(&state, &call) }
                } else {
                    <JoinPage {state} {call} proposal={proposal.clone()} />
                }
            </ContextProvider<MediaSource>>
        </div>
    }
}
