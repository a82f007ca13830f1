//! The room's state and the call that changes it.

use std::rc::Rc;

use gloo_events::EventListener;
use room::RoomState;
use yew::prelude::*;

use crate::shell::{CallHandle, Config};
use crate::store::Store;

/// The room's state, and the handle that intents go to.
///
/// Leaves, and gives every device back, when the component is unmounted and when the page is left: `pagehide` comes on phones too, where `beforeunload` doesn't.
#[hook]
pub fn use_call() -> (Rc<RoomState>, CallHandle) {
    let store = use_reducer(Store::default);
    let handle = use_memo((), |()| CallHandle::new(Config::of_page(), store.dispatcher()));
    {
        let handle = CallHandle::clone(&handle);
        use_effect_with((), move |()| {
            handle.prepare();
            let leaving = handle.clone();
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "pagehide", move |_| leaving.give_everything_back())
            });
            move || {
                drop(listener);
                handle.give_everything_back();
            }
        });
    }
    (Rc::clone(&store.0), CallHandle::clone(&handle))
}
