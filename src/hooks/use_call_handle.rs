//! The call, from deep down.

use yew::prelude::*;

use crate::shell::CallHandle;

/// The call's handle out of the context, to pass intents to. It never changes, so using it renders nothing.
///
/// Outside [`crate::app::App`] it is one that does nothing.
#[hook]
pub fn use_call_handle() -> CallHandle {
    use_context::<CallHandle>().unwrap_or_default()
}
