//! Participants with another client, or with one that misbehaves.

use anyhow::{Context, Result, ensure};
use e2e::{Devices, Failure, Faults, Foreigner, Outcome, SHORT, Side, case};

use crate::ROOM;
use crate::scenes::Room;

/// One participant whose client says something else about itself than the tutorial's does, and the tutorial's whole page goes
/// blank. Ours shows everybody with a sensible name.
#[tokio::test]
async fn fault_01_connection_data_of_any_kind() -> Result<(), Failure> {
    case("fault_01_connection_data_of_any_kind", async |case| {
        let named: [(Foreigner, &str); 4] = [
            (
                Foreigner::sending(Some(r#"{"clientData":"Bo"}"#), Some(r#"{"serverData":"x"}"#)),
                "Bo",
            ),
            (Foreigner::sending(Some("Gate camera"), None), "Gate camera"),
            (
                Foreigner::sending(Some(r#"{"clientData":"<b id=injected>Di</b>"}"#), None),
                "<b id=injected>Di</b>",
            ),
            (
                Foreigner::sending(
                    Some(r#"{"clientData":"Cy_SCREEN","participantId":"7","type":"SCREEN"}"#),
                    None,
                ),
                "Cy_SCREEN",
            ),
        ];
        let nameless = [
            Foreigner::sending(None, None),
            Foreigner::sending(None, Some(r#"{"serverData":"x"}"#)),
            Foreigner::sending(Some(r#"{"clientData":"#), None),
            Foreigner::sending(Some("%/%"), Some("%/%")),
            Foreigner::sending(Some("null"), None),
            Foreigner::sending(Some("[1,2]"), None),
            Foreigner::sending(Some(r#"{"clientData":{"name":"Ed"}}"#), None),
            Foreigner::sending(Some(r#"{"clientData":"   "}"#), None),
        ];
        let server = case.server().await?;
        let crowd = case.crowd().await?;
        let people: Vec<_> = named.iter().map(|(f, _)| f.clone()).chain(nameless).collect();
        crowd.join_all(&server.rest(), ROOM, &people).await?;

        let ada = case.app("ada", &server.url()).await?;
        ada.join("Ada", ROOM).await?;
        let view = ada
            .until("everybody's tile", SHORT, |view| {
                let tiles = view.others().count();
                ensure!(tiles == people.len(), "{tiles} of {}", people.len());
                Ok(())
            })
            .await?;
        for (foreigner, name) in &named {
            view.tile(name)
                .with_context(|| format!("{foreigner:?} is not called {name:?}: {:?}", view.other_names()))?;
        }
        for name in view.other_names() {
            let sensible = !name.is_empty()
                && !["%/%", "{", "}", "[", "undefined"]
                    .iter()
                    .any(|bad| name.contains(bad));
            ensure!(sensible && name != "null", "{name:?} is no sensible name");
        }
        ensure!(
            ada.browser()
                .run::<bool>("return !document.getElementById('injected')", vec![])
                .await?,
            "markup in a name"
        );
        ada.sees("Gate camera").await
    })
    .await
}

/// The tutorial ignores it when a stream can't be received. Ours says so in that tile; everybody else is received.
#[tokio::test]
async fn fault_20_a_stream_that_cannot_be_received() -> Result<(), Failure> {
    case("fault_20_a_stream_that_cannot_be_received", async |case| {
        let mut room = Room::with_senders(case, &["Bo"]).await?;
        let faults = Faults::negotiation(Side::Subscribe, Outcome::Reject);
        let ada = room.ada_enters_with(case, Devices::default(), &faults).await?;
        ada.browser().expect_console(&["negotiation fails on purpose"]);
        ada.until("Bo's tile says so", SHORT, |view| {
            let tile = view.tile("Bo").context("no tile")?;
            ensure!(
                tile.trouble.as_deref().is_some_and(|text| !text.is_empty()),
                "{tile:?}"
            );
            Ok(())
        })
        .await?;

        ada.browser().set_faults(&Faults::default()).await?;
        room.sender_comes("Cy").await?;
        let view = ada.until_others(&["Bo", "Cy"], SHORT).await?;
        let trouble = view.tile("Cy").and_then(|tile| tile.trouble.as_deref());
        ensure!(trouble.is_none(), "{trouble:?}");
        ada.sees_and_hears("Cy").await
    })
    .await
}
