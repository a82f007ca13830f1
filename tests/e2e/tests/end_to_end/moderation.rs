//! What a moderator does to one.

use anyhow::{Result, ensure};
use e2e::{Failure, Foreigner, Phase, SHORT, case, until};

use crate::ROOM;

/// When a moderator stops one's stream, the tutorial goes on showing one's own picture. Ours says so and gives the devices back.
#[tokio::test]
async fn fault_23_stream_stopped_by_a_moderator() -> Result<(), Failure> {
    case("fault_23_stream_stopped_by_a_moderator", async |case| {
        let server = case.server().await?;
        let crowd = case.crowd().await?;
        let bo = crowd.join(&server.rest(), ROOM, &Foreigner::named("Bo")).await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.join("Ada", ROOM).await?;
        let stream = crowd.sees_and_hears_one(&bo).await?;

        server.rest().unpublish(ROOM, &stream).await?;
        ada.until("it is told", SHORT, |view| {
            ensure!(
                view.publish_notice
                    .as_deref()
                    .is_some_and(|text| !text.is_empty()),
                "nothing is told"
            );
            ensure!(
                view.phase == Some(Phase::Connected),
                "the phase is {:?}",
                view.phase
            );
            Ok(())
        })
        .await?;
        ada.browser().until_devices_released(SHORT).await?;
        until("Bo receives nothing", SHORT, async || {
            ensure!(crowd.received(&bo).await?.is_empty());
            Ok(())
        })
        .await?;
        ada.sees_and_hears("Bo").await
    })
    .await
}
