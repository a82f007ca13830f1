//! What the REST API decides.

use openvidu_protocol::{
    ConnectionId, SessionId,
    rest::{
        self, ConnectionKind, ConnectionProperties, ConnectionUpdate, List, SessionProperties, Signal,
        TokenProperties, TokenResponse,
    },
    rpc::{Notification, Reason},
};

use super::{RestCall, context::Context, registry::Registry, session::Session};

/// The answer to a call that worked.
#[derive(Debug)]
pub(crate) enum RestAnswer {
    Session(Box<rest::Session>),
    Sessions(List<rest::Session>),
    Connection(Box<rest::Connection>),
    Connections(List<rest::Connection>),
    Token(Box<TokenResponse>),
    /// Done, and there is nothing to say.
    Done,
    /// It exists no more.
    Deleted,
}

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RestError {
    #[error("{0}")]
    BadRequest(String),
    #[error("there is no such thing")]
    NotFound,
    #[error("the custom session id is taken")]
    Conflict,
    #[error("nobody is there to receive it")]
    NotAcceptable,
    #[error("{0}")]
    NotImplemented(&'static str),
    #[error("there are as many sessions as this deployment holds")]
    Full,
}

type RestResult = Result<RestAnswer, RestError>;

impl Registry {
    pub(super) fn rest(&mut self, call: RestCall, context: &mut Context<'_>) -> RestResult {
        match call {
            RestCall::CreateSession(properties) => self.create_session(properties, context),
            RestCall::ListSessions { pending } => {
                let sessions: Vec<_> = self
                    .sessions
                    .values()
                    .map(|session| session.describe(pending))
                    .collect();
                Ok(RestAnswer::Sessions(sessions.into()))
            }
            RestCall::GetSession { session, pending } => Ok(RestAnswer::Session(
                self.existing(&session)?.describe(pending).into(),
            )),
            RestCall::DeleteSession { session } => {
                self.existing(&session)?;
                self.end_session(&session, context);
                Ok(RestAnswer::Deleted)
            }
            RestCall::CreateConnection { session, properties } => {
                let session = self.existing_mut(&session)?;
                let connection = session.create_connection(properties, context)?;
                Ok(RestAnswer::Connection(connection.into()))
            }
            RestCall::ListConnections { session, pending } => Ok(RestAnswer::Connections(
                self.existing(&session)?.describe_connections(pending),
            )),
            RestCall::GetConnection { session, connection } => {
                let session = self.addressed(&session)?;
                let connection = session.visible(&connection)?;
                Ok(RestAnswer::Connection(connection.describe(&session.id).into()))
            }
            RestCall::UpdateConnection {
                session,
                connection,
                update,
            } => {
                let session = self.existing_mut(&session)?;
                let connection = session.update_connection(&connection, update, context)?;
                Ok(RestAnswer::Connection(connection.into()))
            }
            RestCall::DeleteConnection { session, connection } => {
                self.delete_connection(&session, &connection, context)
            }
            RestCall::DeleteStream { session, stream } => {
                self.addressed(&session)?;
                let session = self.existing_mut(&session)?;
                if session.force_unpublish(None, &stream, Reason::ForceUnpublishByServer, context) {
                    Ok(RestAnswer::Deleted)
                } else {
                    Err(RestError::NotFound)
                }
            }
            RestCall::Signal(signal) => self.signal_from_server(signal, context),
            RestCall::CreateToken(properties) => self.create_token(properties, context),
        }
    }

    fn existing(&self, id: &SessionId) -> Result<&Session, RestError> {
        self.sessions.get(id).ok_or(RestError::NotFound)
    }

    fn existing_mut(&mut self, id: &SessionId) -> Result<&mut Session, RestError> {
        self.sessions.get_mut(id).ok_or(RestError::NotFound)
    }

    /// Where OpenVidu answers 400, not 404, for an unknown session.
    fn addressed(&self, id: &SessionId) -> Result<&Session, RestError> {
        self.sessions
            .get(id)
            .ok_or_else(|| RestError::BadRequest(format!("Session {id} not found")))
    }

    fn create_session(&mut self, properties: SessionProperties, context: &mut Context<'_>) -> RestResult {
        check_session(&properties)?;
        let custom = properties
            .custom_session_id
            .clone()
            .filter(|id| !id.as_str().is_empty());
        let has_custom_id = custom.is_some();
        let id = custom.unwrap_or_else(|| context.ids.session());
        if self.sessions.contains_key(&id) {
            return Err(RestError::Conflict);
        }
        if self.sessions.len() >= context.settings.limits.sessions {
            tracing::warn!("a session was refused: there are as many as this deployment holds");
            return Err(RestError::Full);
        }
        let session = Session::new(id.clone(), has_custom_id, properties, context.now);
        let answer = RestAnswer::Session(session.describe(true).into());
        self.sessions.insert(id, session);
        Ok(answer)
    }

    fn delete_connection(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        context: &mut Context<'_>,
    ) -> RestResult {
        let is_active = self.addressed(session_id)?.visible(id)?.participant.is_some();
        if is_active {
            self.evict(None, session_id, id, &Reason::ForceDisconnectByServer, context);
        } else {
            self.existing_mut(session_id)?
                .connections
                .retain(|connection| connection.id != *id);
        }
        Ok(RestAnswer::Deleted)
    }

    fn signal_from_server(&self, signal: Signal, context: &mut Context<'_>) -> RestResult {
        let length =
            signal.data.as_ref().map_or(0, String::len) + signal.kind.as_ref().map_or(0, String::len);
        if length > context.settings.limits.signal {
            return Err(RestError::BadRequest("The signal is too long".to_owned()));
        }
        let session = self.existing(&signal.session)?;
        let to = signal.to.into_iter().collect();
        let notification = Notification::SendMessage {
            from: None,
            data: signal.data,
            kind: signal.kind,
        };
        if session.participants().next().is_some() && session.deliver(&to, notification, context) {
            Ok(RestAnswer::Done)
        } else {
            Err(RestError::NotAcceptable)
        }
    }

    fn create_token(&mut self, properties: TokenProperties, context: &mut Context<'_>) -> RestResult {
        let session = self.existing_mut(&properties.session)?;
        let connection = session.create_connection(
            ConnectionProperties {
                role: properties.role,
                data: properties.data,
                kurento_options: properties.kurento_options,
                ..ConnectionProperties::default()
            },
            context,
        )?;
        let token = connection.token.unwrap_or_default();
        Ok(RestAnswer::Token(Box::new(TokenResponse {
            id: token.clone(),
            token,
            created_at: connection.created_at,
            connection_id: connection.id,
            session: connection.session_id,
            data: connection.server_data.unwrap_or_default(),
            role: connection.role.unwrap_or(openvidu_protocol::Role::Publisher),
            kurento_options: connection.kurento_options,
        })))
    }
}

impl Session {
    fn visible(&self, id: &ConnectionId) -> Result<&super::connection::Connection, RestError> {
        self.connection(id)
            .filter(|connection| !connection.is_hidden())
            .ok_or(RestError::NotFound)
    }

    fn create_connection(
        &mut self,
        properties: ConnectionProperties,
        context: &mut Context<'_>,
    ) -> Result<rest::Connection, RestError> {
        check_connection(&properties, context.settings.limits.metadata)?;
        Ok(self.add_pending(properties, context))
    }

    /// The participant learns what changed, if anything did.
    fn update_connection(
        &mut self,
        id: &ConnectionId,
        update: ConnectionUpdate,
        context: &mut Context<'_>,
    ) -> Result<rest::Connection, RestError> {
        check(
            update.role.as_ref().is_none_or(openvidu_protocol::Role::is_known),
            "role",
        )?;
        self.visible(id)?;
        let session = self.id.clone();
        let connection = self.connection_mut(id).ok_or(RestError::NotFound)?;
        let mut changes = Vec::new();
        if let Some(role) = update.role.filter(|role| *role != connection.role) {
            changes.push(("role", role.as_str().to_owned()));
            connection.role = role;
        }
        if let Some(record) = update.record.filter(|record| *record != connection.record) {
            changes.push(("record", record.to_string()));
            connection.record = record;
        }
        if let Some(participant) = &connection.participant {
            for (property, new_value) in changes {
                let property = property.to_owned();
                let changed = Notification::ConnectionPropertyChanged { property, new_value };
                context.notify(&participant.link, changed.into());
            }
        }
        Ok(connection.describe(&session))
    }
}

fn check(is_sound: bool, parameter: &str) -> Result<(), RestError> {
    if is_sound {
        Ok(())
    } else {
        Err(RestError::BadRequest(format!(
            "Parameter \"{parameter}\" has an invalid value"
        )))
    }
}

fn check_session(properties: &SessionProperties) -> Result<(), RestError> {
    let SessionProperties {
        media_mode,
        recording_mode,
        custom_session_id,
        forced_video_codec,
        ..
    } = properties;
    check(
        media_mode.as_ref().is_none_or(rest::MediaMode::is_known),
        "mediaMode",
    )?;
    check(
        recording_mode.as_ref().is_none_or(rest::RecordingMode::is_known),
        "recordingMode",
    )?;
    check(
        forced_video_codec.as_ref().is_none_or(rest::VideoCodec::is_known),
        "forcedVideoCodec",
    )?;
    let has_sound_id = custom_session_id
        .as_ref()
        .is_none_or(|id| id.as_str().is_empty() || id.is_valid_custom());
    check(has_sound_id, "customSessionId")?;
    if let Some(recording) = &properties.default_recording_properties {
        check(
            recording
                .output_mode
                .as_ref()
                .is_none_or(rest::OutputMode::is_known),
            "outputMode",
        )?;
        check(
            recording
                .recording_layout
                .as_ref()
                .is_none_or(rest::RecordingLayout::is_known),
            "recordingLayout",
        )?;
    }
    Ok(())
}

fn check_connection(properties: &ConnectionProperties, longest_data: usize) -> Result<(), RestError> {
    check(
        properties
            .role
            .as_ref()
            .is_none_or(openvidu_protocol::Role::is_known),
        "role",
    )?;
    check(
        properties
            .data
            .as_ref()
            .is_none_or(|data| data.len() <= longest_data),
        "data",
    )?;
    match &properties.kind {
        None | Some(ConnectionKind::WebRtc) => {}
        Some(ConnectionKind::IpCamera) => {
            return Err(RestError::NotImplemented(
                "This deployment takes no network cameras",
            ));
        }
        Some(_) => check(false, "type")?,
    }
    for server in &properties.custom_ice_servers {
        server.validate().map_err(|error| {
            RestError::BadRequest(format!(
                "Parameter \"customIceServers\" has an invalid value: {error}"
            ))
        })?;
        if server.static_auth_secret.is_some() {
            return Err(RestError::NotImplemented(
                "This deployment makes no TURN credentials from a secret",
            ));
        }
    }
    Ok(())
}
