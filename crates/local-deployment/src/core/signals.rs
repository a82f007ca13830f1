//! Signals: messages between participants, and from the application server.

use std::collections::BTreeSet;

use openvidu_protocol::{
    ConnectionId,
    rpc::{ClientSignal, ErrorCode, Notification, Reply, SendMessage},
};

use super::{
    context::{Asker, Context},
    session::Session,
};

/// The type of a signal that has none.
const DEFAULT_TYPE: &str = "signal:signal";

/// A signal that a participant wants to send.
struct Outbound {
    to: BTreeSet<ConnectionId>,
    data: Option<String>,
    kind: String,
}

/// What `sendMessage` carries, or the code that refuses it.
fn parse(message: &str, limit: usize) -> Result<Outbound, ErrorCode> {
    if message.len() > limit {
        return Err(ErrorCode::SignalFormat);
    }
    let signal: ClientSignal = serde_json::from_str(message).map_err(|_| ErrorCode::SignalFormat)?;
    let to: Option<_> = signal.to.into_iter().collect();
    Ok(Outbound {
        to: to.ok_or(ErrorCode::SignalTo)?,
        data: signal.data,
        kind: signal.kind.unwrap_or_else(|| DEFAULT_TYPE.to_owned()),
    })
}

impl Session {
    pub(super) fn signal(
        &mut self,
        asker: Asker,
        id: &ConnectionId,
        params: &SendMessage,
        context: &mut Context<'_>,
    ) {
        let signal = match parse(&params.message, context.settings.limits.signal) {
            Ok(signal) => signal,
            Err(ErrorCode::SignalTo) => {
                return context.refuse(asker, ErrorCode::SignalTo, "A receiver of the signal is null");
            }
            Err(code) => return context.refuse(asker, code, "The signal is not JSON or too long"),
        };
        let notification = Notification::SendMessage {
            from: Some(id.clone()),
            data: signal.data,
            kind: Some(signal.kind),
        };
        if !self.deliver(&signal.to, notification, context) {
            let message = format!("A receiver of the signal is not in session {}", self.id);
            return context.refuse(asker, ErrorCode::SignalTo, message);
        }
        context.reply(asker, Ok(Reply::Empty {}));
    }

    /// Sends to the listed participants, or to everybody if none is listed. False, and nobody receives anything, if
    /// one of them does not exist.
    pub(super) fn deliver(
        &self,
        to: &BTreeSet<ConnectionId>,
        notification: Notification,
        context: &mut Context<'_>,
    ) -> bool {
        let present = self
            .participants()
            .filter(|(connection, _)| to.contains(&connection.id))
            .count();
        if present != to.len() {
            return false;
        }
        self.notify(notification, |id| to.is_empty() || to.contains(id), context);
        true
    }
}
