//! Joining a session.

use openvidu_protocol::{
    ConnectionId, Role, SessionId, TokenValue,
    rest::ConnectionProperties,
    rpc::{ErrorCode, JoinRoom, JoinRoomResult, Notification, Reply, RpcError},
    token::Token,
};

use super::{
    Effect, VERSION,
    connection::{Connection, Participant, Visibility},
    context::{Asker, Context},
    session::Session,
};

/// Connection ids of participants that nobody sees.
const RECORDER: &str = "RECORDER";
const SPEECH_TO_TEXT: &str = "SPEECH_TO_TEXT";
/// How much of a wrong token is quoted, in characters.
const QUOTED: usize = 200;

/// The session that a client wants to join.
pub(super) fn wanted_session(params: &JoinRoom) -> SessionId {
    if params.session.is_empty()
        && let Ok(token) = params.token.parse::<Token>()
    {
        return token.session_id;
    }
    SessionId::new(params.session.as_str())
}

impl Session {
    /// Lets somebody in who has a token of this session, or the deployment's secret.
    pub(super) fn join(&mut self, asker: Asker, params: JoinRoom, context: &mut Context<'_>) {
        match self.admit(&asker, params, context) {
            Ok(result) => {
                let joined = self.connection(&result.id);
                if joined.is_some_and(|joined| !joined.is_hidden()) {
                    let (id, created_at, metadata) =
                        (result.id.clone(), result.created_at, result.metadata.clone());
                    let notification = Notification::ParticipantJoined {
                        id,
                        created_at,
                        metadata,
                    };
                    self.notify_others(&result.id, notification, context);
                }
                let own = result.id.clone();
                context.reply(asker, Ok(Reply::Joined(result)));
                self.announce_subscriber(&own, context);
            }
            Err(error) => context.reply(asker, Err(error)),
        }
    }

    /// Whoever joins is about to receive everything that is there.
    fn announce_subscriber(&self, id: &ConnectionId, context: &mut Context<'_>) {
        for (connection, participant) in self.participants() {
            if let Some(publication) = &participant.publication
                && publication.live().is_some()
                && connection.id != *id
            {
                context.effects.push(Effect::ExpectSubscriber(publication.source));
            }
        }
    }

    fn admit(
        &mut self,
        asker: &Asker,
        params: JoinRoom,
        context: &mut Context<'_>,
    ) -> Result<Box<JoinRoomResult>, RpcError> {
        let settings = context.settings;
        let id = if settings.secret.matches(params.secret.as_bytes()) {
            self.add_privileged(&params, context)?
        } else {
            self.consume(&params.token)?
        };
        let refused = if self.participants().count() >= settings.limits.participants {
            Some(RpcError::new(
                ErrorCode::RoomClosed,
                format!("Session {} is full", self.id),
            ))
        } else if params.metadata.len() > settings.limits.metadata {
            Some(RpcError::new(ErrorCode::BadMetadata, "The metadata is too long"))
        } else {
            None
        };
        if let Some(error) = refused {
            // The token is used up all the same, as in OpenVidu.
            self.connections.retain(|connection| connection.id != id);
            return Err(error);
        }

        let link = context.ids.rpc_session();
        context
            .links
            .join(asker.socket, link.clone(), (self.id.clone(), id.clone()));
        let address = context
            .links
            .socket(asker.socket)
            .and_then(|socket| socket.address);
        let value = self
            .participants()
            .filter(|(connection, _)| !connection.is_hidden())
            .filter_map(|(connection, _)| connection.as_remote())
            .collect();
        let session = self.id.clone();
        self.activated |= self
            .connection(&id)
            .is_some_and(|connection| !connection.is_hidden());
        let Some(connection) = self.connection_mut(&id) else {
            return Err(RpcError::new(ErrorCode::Generic, "The connection vanished"));
        };
        let metadata = connection.metadata(&params.metadata);
        connection.participant = Some(Participant {
            link,
            joined_at: context.now,
            address,
            platform: truncated(&params.platform, settings.limits.platform),
            client_data: params.metadata,
            publication: None,
            subscriptions: std::collections::BTreeMap::new(),
        });
        Ok(Box::new(JoinRoomResult {
            id: connection.id.clone(),
            created_at: context.now.0,
            metadata,
            value,
            session,
            version: version_for(&params.sdk_version),
            media_server: "kurento".to_owned(),
            video_simulcast: false,
            record: connection.record,
            role: connection.role.clone(),
            custom_ice_servers: connection.rtc_ice_servers(settings),
        }))
    }

    /// Mints a connection for somebody who has the secret.
    fn add_privileged(
        &mut self,
        params: &JoinRoom,
        context: &mut Context<'_>,
    ) -> Result<ConnectionId, RpcError> {
        let (id, visibility) = if params.recorder {
            (ConnectionId::new(RECORDER), Visibility::Hidden)
        } else if params.stt {
            (ConnectionId::new(SPEECH_TO_TEXT), Visibility::Hidden)
        } else {
            (context.ids.connection(), Visibility::Privileged)
        };
        if self.connection(&id).is_some() {
            return Err(RpcError::new(
                ErrorCode::ExistingUserInRoom,
                format!("{id} is already in the session"),
            ));
        }
        let properties = ConnectionProperties {
            role: Some(Role::Subscriber),
            ..ConnectionProperties::default()
        };
        let connection = self.new_connection(id.clone(), visibility, properties, context);
        self.connections.push(connection);
        Ok(id)
    }

    /// A token is good for one attempt.
    fn consume(&mut self, token: &str) -> Result<ConnectionId, RpcError> {
        TokenValue::find(token)
            .and_then(|value| self.pending(&value))
            .ok_or_else(|| {
                let quoted = truncated(token, QUOTED);
                let message = format!("Unable to join session {}. Token {quoted} is not valid", self.id);
                RpcError::new(ErrorCode::Unauthorized, message)
            })
    }

    /// The connection of somebody who has joined and is connected.
    pub(super) fn joined(&self, id: &ConnectionId) -> Option<&Connection> {
        self.connection(id)
            .filter(|connection| connection.participant.is_some())
    }
}

/// The SDK compares versions and complains on the console about a difference, so it hears its own.
fn version_for(sdk_version: &str) -> String {
    let is_sound = sdk_version.len() <= 64 && semver::Version::parse(sdk_version).is_ok();
    if is_sound {
        sdk_version.to_owned()
    } else {
        VERSION.to_owned()
    }
}

/// At most so many bytes, cut between characters.
fn truncated(text: &str, bytes: usize) -> String {
    text.char_indices()
        .take_while(|(index, char)| index + char.len_utf8() <= bytes)
        .map(|(_, char)| char)
        .collect()
}
