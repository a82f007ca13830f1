//! The application: one store, one call, one of two pages.

use yew::prelude::*;

use crate::components::MediaSource;
use crate::hooks::use_call;
use crate::pages::{JoinPage, room_page};
use crate::shell::CallHandle;
use crate::styles::design_tokens;

/// The whole application.
#[component]
pub fn App() -> Html {
    let (state, call) = use_call();
    let media = use_memo(call.clone(), CallHandle::media_source);
    html! {
        <>
            { design_tokens() }
            <div class="container" data-phase={state.phase.code()}>
                <ContextProvider<MediaSource> context={MediaSource::clone(&media)}>
                    if state.phase.is_in_room() {
                        { room_page(&state, &call) }
                    } else {
                        <JoinPage {state} {call} />
                    }
                </ContextProvider<MediaSource>>
            </div>
        </>
    }
}
