//! A session: its connections in the order in which they were created.

use std::sync::Arc;

use openvidu_protocol::{
    ConnectionId, Role, SessionId, TokenValue,
    rest::{self, List, MediaMode, RecordingMode, RecordingProperties, SessionProperties, VideoCodec},
    rpc::{ErrorCode, Notification, ParticipantGone, Reason},
    token::Token,
};

use super::{
    Timestamp,
    connection::{Connection, Participant, Visibility},
    context::Context,
    publication::PublicationState,
};

#[derive(Debug)]
pub(super) struct Session {
    pub(super) id: SessionId,
    pub(super) created_at: Timestamp,
    /// Whether anybody has ever joined whom others could see. Such a session ends when the last of them leaves.
    pub(super) activated: bool,
    has_custom_id: bool,
    media_mode: MediaMode,
    recording_mode: RecordingMode,
    default_recording_properties: RecordingProperties,
    forced_video_codec: VideoCodec,
    allow_transcoding: bool,
    pub(super) connections: Vec<Connection>,
}

impl Session {
    pub(super) fn new(
        id: SessionId,
        has_custom_id: bool,
        properties: SessionProperties,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            created_at: now,
            activated: false,
            has_custom_id,
            media_mode: properties.media_mode.unwrap_or(MediaMode::Routed),
            recording_mode: properties.recording_mode.unwrap_or(RecordingMode::Manual),
            default_recording_properties: properties
                .default_recording_properties
                .unwrap_or_default()
                .with_defaults(),
            forced_video_codec: properties
                .forced_video_codec
                .unwrap_or(VideoCodec::MediaServerPreferred),
            allow_transcoding: properties.allow_transcoding.unwrap_or(false),
            connections: Vec::new(),
        }
    }

    pub(super) fn describe(&self, pending: bool) -> rest::Session {
        rest::Session {
            id: self.id.clone(),
            object: "session".to_owned(),
            session_id: self.id.clone(),
            created_at: self.created_at.0,
            recording: false,
            broadcasting: false,
            media_mode: self.media_mode.clone(),
            recording_mode: self.recording_mode.clone(),
            default_recording_properties: self.default_recording_properties.clone(),
            custom_session_id: if self.has_custom_id {
                self.id.as_str().to_owned()
            } else {
                String::new()
            },
            forced_video_codec: self.forced_video_codec.clone(),
            allow_transcoding: self.allow_transcoding,
            connections: self.describe_connections(pending),
        }
    }

    pub(super) fn describe_connections(&self, pending: bool) -> List<rest::Connection> {
        let listed = self
            .connections
            .iter()
            .filter(|connection| !connection.is_hidden() && (pending || connection.participant.is_some()));
        listed
            .map(|connection| connection.describe(&self.id))
            .collect::<Vec<_>>()
            .into()
    }

    pub(super) fn connection(&self, id: &ConnectionId) -> Option<&Connection> {
        self.connections.iter().find(|connection| connection.id == *id)
    }

    pub(super) fn connection_mut(&mut self, id: &ConnectionId) -> Option<&mut Connection> {
        self.connections
            .iter_mut()
            .find(|connection| connection.id == *id)
    }

    pub(super) fn participant(&self, id: &ConnectionId) -> Option<&Participant> {
        self.connection(id)?.participant.as_ref()
    }

    pub(super) fn participant_mut(&mut self, id: &ConnectionId) -> Option<&mut Participant> {
        self.connection_mut(id)?.participant.as_mut()
    }

    /// Everybody who has joined, hidden ones included.
    pub(super) fn participants(&self) -> impl Iterator<Item = (&Connection, &Participant)> {
        self.connections
            .iter()
            .filter_map(|connection| Some((connection, connection.participant.as_ref()?)))
    }

    /// Whether everybody has left whom others could see.
    pub(super) fn is_deserted(&self) -> bool {
        self.activated && self.participants().all(|(connection, _)| connection.is_hidden())
    }

    /// The pending connection that a token stands for.
    pub(super) fn pending(&self, token: &TokenValue) -> Option<ConnectionId> {
        let pending = self
            .connections
            .iter()
            .filter(|connection| connection.participant.is_none());
        pending
            .into_iter()
            .find(|connection| connection.token.value == *token)
            .map(|found| found.id.clone())
    }

    /// Adds a connection that nobody has joined with yet, at the cost of the oldest such one if there are too many.
    pub(super) fn add_pending(
        &mut self,
        properties: rest::ConnectionProperties,
        context: &mut Context<'_>,
    ) -> rest::Connection {
        let is_pending = |connection: &Connection| connection.participant.is_none();
        if self
            .connections
            .iter()
            .filter(|connection| is_pending(connection))
            .count()
            >= context.settings.limits.pending
            && let Some(oldest) = self.connections.iter().position(is_pending)
        {
            let revoked = self.connections.remove(oldest);
            tracing::warn!(session = %self.id, connection = %revoked.id, "too many unused tokens: revoking the oldest");
        }
        let id = context.ids.connection();
        let connection = self.new_connection(id, Visibility::Visible, properties, context);
        let description = connection.describe(&self.id);
        self.connections.push(connection);
        description
    }

    pub(super) fn new_connection(
        &self,
        id: ConnectionId,
        visibility: Visibility,
        properties: rest::ConnectionProperties,
        context: &mut Context<'_>,
    ) -> Connection {
        let token = Token {
            origin: context.settings.origin.clone(),
            session_id: self.id.clone(),
            value: context.ids.token(),
        };
        Connection {
            id,
            created_at: context.now,
            token,
            role: properties.role.unwrap_or(Role::Publisher),
            record: properties.record.unwrap_or(true),
            server_data: properties.data.unwrap_or_default(),
            kurento_options: properties.kurento_options,
            ice_servers: properties.custom_ice_servers,
            visibility,
            participant: None,
        }
    }

    /// Tells everybody who has joined.
    pub(super) fn notify_all(&self, notification: Notification, context: &mut Context<'_>) {
        self.notify(notification, |_| true, context);
    }

    /// Tells everybody who has joined but one.
    pub(super) fn notify_others(
        &self,
        one: &ConnectionId,
        notification: Notification,
        context: &mut Context<'_>,
    ) {
        self.notify(notification, |id| id != one, context);
    }

    pub(super) fn notify(
        &self,
        notification: Notification,
        concerns: impl Fn(&ConnectionId) -> bool,
        context: &mut Context<'_>,
    ) {
        let notification = Arc::new(notification);
        for (connection, participant) in self.participants() {
            if concerns(&connection.id) {
                context.notify(&participant.link, notification.clone());
            }
        }
    }

    /// Takes a participant out with all its media and tells the others. The conversation stays as it is, so that
    /// the caller can still answer or tell the one who is gone.
    pub(super) fn remove(
        &mut self,
        id: &ConnectionId,
        reason: &Reason,
        context: &mut Context<'_>,
    ) -> Option<Participant> {
        self.end_publication(id, context);
        self.end_subscriptions(id, context);
        let index = self
            .connections
            .iter()
            .position(|connection| connection.id == *id)?;
        let removed = self.connections.remove(index);
        let participant = removed.participant?;
        if removed.visibility != Visibility::Hidden {
            let gone = ParticipantGone {
                connection_id: id.clone(),
                reason: reason.clone(),
            };
            self.notify_all(Notification::ParticipantLeft(gone), context);
        }
        Some(participant)
    }

    /// Drops what the participant publishes, if anything, and everybody's subscription to it. Tells nobody. False if
    /// there was no stream that others knew of.
    pub(super) fn end_publication(&mut self, id: &ConnectionId, context: &mut Context<'_>) -> bool {
        let participant = self.participant_mut(id);
        let Some(publication) = participant.and_then(|participant| participant.publication.take()) else {
            return false;
        };
        for subscriber in &mut self.connections {
            let Some(subscriber) = subscriber.participant.as_mut() else {
                continue;
            };
            if let Some(subscription) = subscriber.subscriptions.remove(id) {
                subscription.end(
                    ErrorCode::UserNotStreaming,
                    "The publisher has just stopped",
                    context,
                );
            }
        }
        let (was_live, waiting) = match publication.state {
            PublicationState::Negotiating(asker) => (false, Some(asker)),
            PublicationState::Live(live) => {
                let reconnecting = live.reconnecting.map(|(peer, asker)| {
                    context.close_peer(peer);
                    asker
                });
                (true, reconnecting)
            }
        };
        context.close_peer(publication.peer);
        context
            .effects
            .push(super::Effect::CloseSource(publication.source));
        if let Some(asker) = waiting {
            context.refuse(
                asker,
                ErrorCode::MediaEndpoint,
                "The publication ended while it was being negotiated",
            );
        }
        was_live
    }

    fn end_subscriptions(&mut self, id: &ConnectionId, context: &mut Context<'_>) {
        let Some(participant) = self.participant_mut(id) else {
            return;
        };
        for subscription in std::mem::take(&mut participant.subscriptions).into_values() {
            subscription.end(
                ErrorCode::RoomClosed,
                "The participant has left the session",
                context,
            );
        }
    }
}
