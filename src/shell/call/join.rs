//! From JOIN into the room.
//!
//! Four things begin at once: opening the devices (unless the preview has), loading the SDK (unless it is there), asking for a
//! token, and opening the websocket to where that will probably lead. As soon as SDK and
//! token are there the session is joined, whatever the devices do: a question of the browser that nobody answers must not keep
//! anybody from seeing and hearing the others.

use std::pin::pin;
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{Either, select, try_join};
use openvidu_browser::{ConnectionData, Session, SessionEvent, SessionId};
use room::{CallEvent, JoinError, Nickname, SessionName};

use super::{Call, JoinedRoom};
use crate::shell::sdk::SdkLoader;
use crate::shell::services::Services;
use crate::shell::translate;

/// How long the deployment may take to let us in, in milliseconds. The SDK by itself would wait for ever.
const CONNECT_TIMEOUT: u32 = 15_000;

impl Call {
    /// Joins, and publishes what the devices give.
    pub(super) async fn join(
        self: &Rc<Self>,
        services: &Services,
        session: &SessionName,
        nickname: &Nickname,
    ) -> Result<(), JoinError> {
        let (ready, sdk_is_ready) = oneshot::channel();
        let connect = pin!(self.connect(services, session, nickname, ready));
        let prepare = pin!(self.prepare_publisher(sdk_is_ready));
        match select(connect, prepare).await {
            Either::Left((connected, prepare)) => {
                connected?;
                prepare.await;
            }
            Either::Right(((), connect)) => connect.await?,
        }
        self.publish().await;
        Ok(())
    }

    async fn connect(
        self: &Rc<Self>,
        services: &Services,
        session: &SessionName,
        nickname: &Nickname,
        ready: oneshot::Sender<()>,
    ) -> Result<(), JoinError> {
        let open = async {
            let room = self.open_room(&services.sdk).await?;
            if !services.deployment.is_empty() {
                let id = SessionId::new(session.as_str());
                room.session.warm_up(&services.deployment, &id);
            }
            // Nobody listens if the devices have been given up already.
            let _listening = ready.send(());
            Ok(room)
        };
        let (room, token) = try_join(open, services.server.token(session)).await?;
        let data = ConnectionData::client_json(nickname.as_str());
        room.session
            .connect(token.expose(), &data, CONNECT_TIMEOUT)
            .await
            .map_err(|error| translate::join_error(&error))?;
        self.report(CallEvent::Connected);
        Ok(())
    }

    /// Makes a session that reports to this call.
    async fn open_room(self: &Rc<Self>, sdk: &SdkLoader) -> Result<Rc<JoinedRoom>, JoinError> {
        let openvidu = sdk.openvidu().await?;
        let broken = |error: openvidu_browser::Error| JoinError::Other(error.to_string().into());
        let session = openvidu.init_session().map_err(broken)?;
        let events = self.listen(&session).map_err(broken)?;
        let room = Rc::new(JoinedRoom {
            _events: events,
            session,
            openvidu,
        });
        self.room.replace(Some(Rc::clone(&room)));
        Ok(room)
    }

    fn listen(
        self: &Rc<Self>,
        session: &Session,
    ) -> Result<openvidu_browser::Subscriptions, openvidu_browser::Error> {
        let call = Rc::downgrade(self);
        session.subscribe_events(move |event: SessionEvent| {
            if let Some(call) = call.upgrade() {
                call.on_session_event(event);
            }
        })
    }
}
