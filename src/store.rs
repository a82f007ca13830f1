//! The room's state as a Yew reducer.

use std::rc::Rc;

use room::{RoomAction, RoomState};
use yew::prelude::*;

/// The room's state, shared with whoever renders it. A wrapper, because neither [`Reducible`] nor [`RoomState`] is of this crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Store(pub Rc<RoomState>);

impl Reducible for Store {
    type Action = RoomAction;

    fn reduce(self: Rc<Self>, action: RoomAction) -> Rc<Self> {
        // An unchanged `Rc` renders nothing.
        self.0
            .next(action)
            .map_or(self, |state| Rc::new(Self(Rc::new(state))))
    }
}

/// Hands actions to the store. Compares by pointer, so that passing it on renders nothing.
pub type Dispatcher = UseReducerDispatcher<Store>;
