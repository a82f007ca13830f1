//! Scenes in which several tests begin: who is in the room already, and what stands between Ada and the others.

use std::sync::Arc;

use anyhow::{Result, ensure};
use e2e::{
    App, ApplicationServer, Case, Crowd, Devices, Faults, Foreigner, Proxy, SHORT, TutorialBackEnd, until,
};

use crate::ROOM;

/// A room with people in it who have another client than ours.
#[derive(Debug)]
pub(crate) struct Room {
    pub(crate) server: Arc<ApplicationServer>,
    pub(crate) crowd: Arc<Crowd>,
    /// Their connections, in the order in which they came.
    people: Vec<String>,
}

impl Room {
    /// With Bo, who sends and receives.
    pub(crate) async fn with_bo(case: &Case) -> Result<Self> {
        Self::with(case, &[Foreigner::named("Bo")]).await
    }

    /// With people who send and don't receive.
    pub(crate) async fn with_senders(case: &Case, names: &[&str]) -> Result<Self> {
        let senders: Vec<_> = names.iter().map(|name| Foreigner::named(name).deaf()).collect();
        Self::with(case, &senders).await
    }

    async fn with(case: &Case, people: &[Foreigner]) -> Result<Self> {
        let mut room = Self {
            server: case.server().await?,
            crowd: case.crowd().await?,
            people: Vec::new(),
        };
        for person in people {
            room.enter(person).await?;
        }
        Ok(room)
    }

    async fn enter(&mut self, person: &Foreigner) -> Result<()> {
        let id = self.crowd.join(&self.server.rest(), ROOM, person).await?;
        self.people.push(id);
        Ok(())
    }

    /// Somebody comes, who sends and doesn't receive.
    pub(crate) async fn sender_comes(&mut self, name: &str) -> Result<()> {
        self.enter(&Foreigner::named(name).deaf()).await
    }

    /// Whoever came at this place goes.
    pub(crate) async fn leaves(&self, place: usize) -> Result<()> {
        self.crowd.leave(&self.people[place..=place]).await
    }

    /// Ada enters, with camera and microphone.
    pub(crate) async fn ada_enters(&self, case: &Case) -> Result<App> {
        self.ada_enters_with(case, Devices::default(), &Faults::default())
            .await
    }

    /// Ada enters, with these devices and faults.
    pub(crate) async fn ada_enters_with(
        &self,
        case: &Case,
        devices: Devices,
        faults: &Faults,
    ) -> Result<App> {
        let ada = case.app_with("ada", &self.server.url(), devices, faults).await?;
        ada.join("Ada", ROOM).await?;
        Ok(ada)
    }

    /// Whoever came first.
    pub(crate) fn bo(&self) -> &str {
        &self.people[0]
    }

    /// Waits until Bo sees and hears exactly one stream; gives its id.
    pub(crate) async fn bo_sees_and_hears_one(&self) -> Result<String> {
        self.crowd.sees_and_hears_one(self.bo()).await
    }

    /// Waits until Bo receives nothing.
    pub(crate) async fn bo_receives_nothing(&self) -> Result<()> {
        until("Bo receives nothing", SHORT, async || {
            let received = self.crowd.received(self.bo()).await?;
            ensure!(received.is_empty(), "{received:?}");
            Ok(())
        })
        .await
    }
}

/// Ada in front of the form, with a piece of network between her and the deployment: her websocket goes through it. The page
/// and its application server don't.
pub(crate) async fn ada_behind_network(
    case: &Case,
    server: &ApplicationServer,
    faults: &Faults,
) -> Result<(Arc<Proxy>, App)> {
    let back_end = case.back_end(server).await?;
    let network = case.proxy(server.port()).await?;
    back_end.lead_to(&network.authority());
    let ada = case
        .app_with("ada", &back_end.url(), Devices::default(), faults)
        .await?;
    Ok((network, ada))
}

/// Ada in front of the form, which she has filled in; the tokens come from a tutorial's back end.
pub(crate) async fn ada_at_back_end(
    case: &Case,
    server: &ApplicationServer,
) -> Result<(Arc<TutorialBackEnd>, App)> {
    let back_end = case.back_end(server).await?;
    let ada = case.app("ada", &back_end.url()).await?;
    ada.fill("Ada", ROOM).await?;
    Ok((back_end, ada))
}
