//! Joining, and what remains to be done when a join is not wanted any more.

use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::core::{Core, LAST_ANSWER_MS, Phase};
use crate::error::{ConnectError, Error};
use crate::reason::ConnectionReason;

/// A join that was started. Dropping it before its end cancels it.
#[derive(Debug)]
pub(super) struct Join {
    core: Rc<Core>,
    /// The SDK's promise; taken when it has settled.
    answer: Option<JsFuture>,
    interruption: Option<oneshot::Receiver<Error>>,
    timeout: Option<TimeoutFuture>,
}

pub(super) fn start(
    core: &Rc<Core>,
    token: &str,
    client_data: &str,
    timeout_ms: u32,
) -> Result<Join, ConnectError> {
    if core.phase() != Phase::New {
        return Err(ConnectError::AlreadyUsed);
    }
    core.set_phase(Phase::Joining);
    let interruption = core.interruption();
    let promise = core
        .socket
        .watch(|| core.raw().connect(token, client_data))
        .map_err(|error| {
            core.give_up();
            Error::from_js(&error)
        })?;
    Ok(Join {
        core: Rc::clone(core),
        answer: Some(JsFuture::from(promise)),
        interruption: Some(interruption),
        timeout: Some(TimeoutFuture::new(timeout_ms)),
    })
}

impl Join {
    pub(super) async fn finish(mut self) -> Result<(), ConnectError> {
        let (Some(answer), Some(interruption), Some(timeout)) = (
            self.answer.as_mut(),
            self.interruption.take(),
            self.timeout.take(),
        ) else {
            return Err(ConnectError::AlreadyUsed);
        };
        let result = match select(answer, select(interruption, timeout)).await {
            Either::Left((result, _)) => result.map(drop).map_err(|error| Error::from_js(&error)),
            // What is left to do is done when this is dropped.
            Either::Right((Either::Left((reason, _)), _)) => {
                return Err(reason.unwrap_or(Error::NotConnected).into());
            }
            Either::Right((Either::Right(_), _)) => return Err(ConnectError::Timeout),
        };
        self.answer = None;
        match result {
            Ok(()) if self.core.phase() == Phase::Joining => {
                self.core.set_phase(Phase::Joined);
                Ok(())
            }
            Ok(()) => {
                // Left or evicted in one of the events of the join.
                self.core.leave();
                Err(ConnectError::Ended {
                    reason: ConnectionReason::Disconnect,
                })
            }
            Err(error) => {
                self.core.give_up();
                // The SDK leaves the websocket of a refused join open.
                self.core.close_socket();
                Err(error.into())
            }
        }
    }
}

impl Drop for Join {
    fn drop(&mut self) {
        let Some(answer) = self.answer.take() else { return };
        let core = Rc::clone(&self.core);
        core.give_up();
        if !core.socket.may_be_open() {
            // The server has heard nothing yet.
            core.close_socket();
            return;
        }
        // The request is under way. Closing the websocket now would leave a participant that the server takes for lost and
        // keeps for a while, so wait for the answer and leave properly.
        spawn_local(async move {
            match select(answer, TimeoutFuture::new(LAST_ANSWER_MS)).await {
                Either::Left((Ok(_), _)) => core.leave(),
                _ => core.close_socket(),
            }
        });
    }
}
