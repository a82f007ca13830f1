//! Muting, resizing and replacing tracks of a published stream.

use openvidu_protocol::{
    ConnectionId,
    rpc::{ErrorCode, Notification, Reply, StreamPropertyChanged},
};
use serde_json::Value;

use super::{
    context::{Asker, Context},
    session::Session,
};

impl Session {
    /// The others get the new value as a JSON text, whatever it is.
    pub(super) fn change_property(
        &mut self,
        asker: Asker,
        id: &ConnectionId,
        params: StreamPropertyChanged,
        context: &mut Context<'_>,
    ) {
        let publication = self
            .participant_mut(id)
            .and_then(|participant| participant.publication.as_mut());
        let stream = publication
            .as_ref()
            .and_then(|publication| publication.live())
            .map(|live| live.stream.clone());
        let (Some(publication), Some(stream_id)) = (publication, stream) else {
            return context.refuse(
                asker,
                ErrorCode::UserNotStreaming,
                format!("{id} is not publishing"),
            );
        };
        let StreamPropertyChanged {
            property,
            new_value,
            reason,
            ..
        } = params;
        let text = new_value.to_string();
        if text.len() + reason.len() + property.as_str().len() > context.settings.limits.property {
            return context.refuse(asker, ErrorCode::Generic, "The property is too long");
        }
        publication.change(&property, &new_value);
        context.reply(asker, Ok(Reply::Empty {}));
        let connection_id = id.clone();
        let new_value = Value::String(text);
        let changed = Notification::StreamPropertyChanged {
            connection_id,
            stream_id,
            property,
            new_value,
            reason,
        };
        self.notify_others(id, changed, context);
    }
}
