//! A connection: first a token that somebody may use, then a participant.

use std::{collections::BTreeMap, net::IpAddr};

use openvidu_protocol::{
    ConnectionId, Role, RpcSessionId, SessionId,
    rest::{self, ConnectionKind, ConnectionStatus, IceServer, KurentoOptions},
    rpc::{RemoteParticipant, RtcIceServer},
    token::Token,
};

use super::{Settings, Timestamp, publication::Publication, subscribing::Subscription};

/// Between what a participant says about itself and what the application server says about it.
const METADATA_SEPARATOR: &str = "%/%";

#[derive(Debug)]
pub(super) struct Connection {
    pub(super) id: ConnectionId,
    pub(super) created_at: Timestamp,
    pub(super) token: Token,
    pub(super) role: Role,
    pub(super) record: bool,
    pub(super) server_data: String,
    pub(super) kurento_options: Option<KurentoOptions>,
    pub(super) ice_servers: Vec<IceServer>,
    pub(super) visibility: Visibility,
    /// `None` as long as nobody has used the token.
    pub(super) participant: Option<Participant>,
}

/// Whether others learn of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visibility {
    Visible,
    /// Recorder or speech-to-text, joined with the secret: passes every role check, and nobody sees it.
    Hidden,
    /// Joined with the secret, but not as one of these.
    Privileged,
}

/// Somebody who has joined.
#[derive(Debug)]
pub(super) struct Participant {
    pub(super) link: RpcSessionId,
    pub(super) joined_at: Timestamp,
    pub(super) address: Option<IpAddr>,
    pub(super) platform: String,
    pub(super) client_data: String,
    pub(super) publication: Option<Publication>,
    /// By publisher.
    pub(super) subscriptions: BTreeMap<ConnectionId, Subscription>,
}

impl Connection {
    pub(super) fn is_hidden(&self) -> bool {
        self.visibility == Visibility::Hidden
    }

    pub(super) fn may_publish(&self) -> bool {
        self.visibility != Visibility::Visible || self.role.may_publish()
    }

    pub(super) fn may_moderate(&self) -> bool {
        self.visibility != Visibility::Visible || self.role.may_moderate()
    }

    pub(super) fn metadata(&self, client_data: &str) -> String {
        match (client_data, self.server_data.as_str()) {
            (client, "") => client.to_owned(),
            ("", server) => server.to_owned(),
            (client, server) => format!("{client}{METADATA_SEPARATOR}{server}"),
        }
    }

    /// What somebody who joins learns of this connection.
    pub(super) fn as_remote(&self) -> Option<RemoteParticipant> {
        let participant = self.participant.as_ref()?;
        Some(RemoteParticipant {
            id: self.id.clone(),
            created_at: participant.joined_at.0,
            metadata: self.metadata(&participant.client_data),
            streams: participant
                .publication
                .iter()
                .filter_map(Publication::as_stream)
                .collect(),
        })
    }

    /// The ICE servers for the participant's browser.
    pub(super) fn rtc_ice_servers(&self, settings: &Settings) -> Vec<RtcIceServer> {
        if self.ice_servers.is_empty() {
            return settings.ice_servers.clone();
        }
        let own = self.ice_servers.iter().cloned();
        own.map(|server| RtcIceServer {
            url: server.url,
            username: server.username,
            credential: server.credential,
        })
        .collect()
    }

    /// What the REST API says about this connection.
    pub(super) fn describe(&self, session: &SessionId) -> rest::Connection {
        let participant = self.participant.as_ref();
        rest::Connection {
            id: self.id.clone(),
            object: "connection".to_owned(),
            status: if participant.is_some() {
                ConnectionStatus::Active
            } else {
                ConnectionStatus::Pending
            },
            connection_id: self.id.clone(),
            session_id: session.clone(),
            created_at: self.created_at.0,
            kind: ConnectionKind::WebRtc,
            record: self.record,
            role: Some(self.role.clone()),
            kurento_options: self.kurento_options.clone(),
            custom_ice_servers: self.ice_servers.clone(),
            rtsp_uri: None,
            adaptative_bitrate: None,
            only_play_with_subscribers: None,
            network_cache: None,
            server_data: Some(self.server_data.clone()),
            token: Some(self.token.to_string()),
            active_at: participant.map(|participant| participant.joined_at.0),
            location: participant.map(|_| "unknown".to_owned()),
            ip: participant.map(Participant::describe_address),
            platform: participant.map(|participant| participant.platform.clone()),
            client_data: participant.map(|participant| participant.client_data.clone()),
            publishers: participant.map(|participant| {
                participant
                    .publication
                    .iter()
                    .filter_map(Publication::describe)
                    .collect()
            }),
            subscribers: participant.map(|participant| {
                participant
                    .subscriptions
                    .values()
                    .filter_map(Subscription::describe)
                    .collect()
            }),
        }
    }
}

impl Participant {
    fn describe_address(&self) -> String {
        self.address
            .map_or_else(|| "unknown".to_owned(), |address| address.to_string())
    }
}
