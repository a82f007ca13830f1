//! What the SDK reports, as what happened in the room.

use std::rc::Rc;

use openvidu_browser::{Connection, PropertyChange, SessionEvent, Stream, SubscriberOptions};
use room::{CallEvent, ConnectionId, Nickname, RemoteStream, StreamId, Toggle};
use wasm_bindgen_futures::spawn_local;

use super::Call;
use crate::shell::translate;

impl Call {
    pub(super) fn on_session_event(self: &Rc<Self>, event: SessionEvent) {
        match event {
            SessionEvent::ConnectionCreated { connection, .. } if connection.is_local() => {}
            SessionEvent::ConnectionCreated { connection, .. } => self.report(CallEvent::ParticipantJoined {
                connection: connection_id(&connection),
                nickname: nickname(&connection),
            }),
            SessionEvent::ConnectionDestroyed { connection, .. } => {
                let connection = connection_id(&connection);
                self.media.remove(&connection);
                self.report(CallEvent::ParticipantLeft(connection));
            }
            SessionEvent::StreamCreated {
                id,
                stream,
                connection,
            } => {
                self.subscribe(&StreamId::new(id.as_str()), &stream, &connection);
            }
            SessionEvent::StreamDestroyed { id, stream, .. } => {
                if let Some(connection) = stream.connection() {
                    self.media.remove(&connection_id(&connection));
                }
                self.report(CallEvent::StreamRemoved(StreamId::new(id.as_str())));
            }
            SessionEvent::StreamPropertyChanged(change) => {
                let Some(id) = change.id.map(|id| StreamId::new(id.as_str())) else {
                    return;
                };
                match change.change {
                    PropertyChange::AudioActive(on) => self.report(CallEvent::RemoteAudio(id, on.into())),
                    PropertyChange::VideoActive(on) => self.report(CallEvent::RemoteVideo(id, on.into())),
                    _ => {}
                }
            }
            SessionEvent::Disconnected { reason } => self.leave(translate::leave_reason(&reason)),
            SessionEvent::Reconnecting => self.report(CallEvent::Reconnecting),
            SessionEvent::Reconnected => self.report(CallEvent::Reconnected),
            // Signals have no meaning here; media that falters is mended by the SDK itself.
            _ => {}
        }
    }

    /// Somebody else sends: subscribe at once, whatever our own media does.
    fn subscribe(self: &Rc<Self>, id: &StreamId, stream: &Stream, connection: &Connection) {
        let Some(room) = self.room() else { return };
        let subscribed = room.session.subscribe(stream, SubscriberOptions::default());
        let failed = subscribed.is_err();
        if let Ok(subscriber) = subscribed {
            let (call, id, negotiated) = (Rc::downgrade(self), id.clone(), subscriber.ready());
            spawn_local(async move {
                if negotiated.await.is_err()
                    && let Some(call) = call.upgrade()
                {
                    call.report(CallEvent::SubscribeFailed(id));
                }
            });
            self.media.insert(connection_id(connection), subscriber);
        }
        let toggle = |has: bool, active: bool| has.then(|| Toggle::from(active));
        self.report(CallEvent::StreamAdded {
            connection: connection_id(connection),
            nickname: nickname(connection),
            stream: RemoteStream {
                id: id.clone(),
                audio: toggle(stream.has_audio(), stream.audio_active()),
                video: toggle(stream.has_video(), stream.video_active()),
                failed,
            },
        });
    }
}

fn connection_id(connection: &Connection) -> ConnectionId {
    ConnectionId::new(connection.id().as_str())
}

fn nickname(connection: &Connection) -> Option<Nickname> {
    connection.data().display_name().map(Nickname::new)
}
