//! The application: one store, one call, one of two pages.

use stylist::manager::StyleManager;
use stylist::yew::ManagerProvider;
use yew::prelude::*;

use crate::components::MediaSource;
use crate::hooks::use_call;
use crate::pages::{JoinPage, RoomPage};
use crate::shell::CallHandle;
use crate::styles::GlobalStyles;

/// The whole application.
///
/// Its style elements are put inside its own element, so that they go with it when it is unmounted.
#[component]
pub fn App() -> Html {
    let element = use_node_ref();
    let styles = use_state(|| None::<StyleManager>);
    {
        let styles = styles.clone();
        use_effect_with(element.clone(), move |element| {
            let manager = element.get().and_then(|node| StyleManager::builder().container(node).build().ok());
            styles.set(Some(manager.unwrap_or_default()));
        });
    }
    html! {
        <>
            <div ref={element} hidden=true></div>
            if let Some(manager) = (*styles).clone() {
                <ManagerProvider {manager}>
                    <GlobalStyles />
                    <Call />
                </ManagerProvider>
            }
        </>
    }
}

#[component]
fn Call() -> Html {
    let (state, call) = use_call();
    let media = use_memo(call.clone(), CallHandle::media_source);
    html! {
        <ContextProvider<CallHandle> context={call}>
            <ContextProvider<MediaSource> context={MediaSource::clone(&media)}>
                <div class="container" data-phase={state.phase.code()}>
                    if state.phase.is_in_room() {
                        <RoomPage {state} />
                    } else {
                        <JoinPage {state} />
                    }
                </div>
            </ContextProvider<MediaSource>>
        </ContextProvider<CallHandle>>
    }
}
