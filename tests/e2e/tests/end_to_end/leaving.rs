//! Leaving without saying so.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{App, Devices, Failure, Faults, SHORT, case};

use crate::ROOM;

/// How soon somebody whose page is gone must be gone for the others: much sooner than the deployment gives up on a socket
/// that went away, which takes 10 s at least.
const LEAVER_GONE: Duration = Duration::from_secs(5);

/// The tutorial leaves only on `beforeunload`, which iOS doesn't have and which isn't always fired. Ours leaves whenever the
/// page goes away.
#[tokio::test]
async fn fault_22_page_goes_away() -> Result<(), Failure> {
    case("fault_22_page_goes_away", async |case| {
        let server = case.server().await?;
        let bo = case.app("bo", &server.url()).await?;
        bo.join("Bo", ROOM).await?;

        let browser = case
            .browser("ada", Devices::default(), &Faults::default())
            .await?;
        // Before the page's own scripts: listeners of the window are called in the order in which they came.
        browser
            .preload("addEventListener('beforeunload', (event) => event.stopImmediatePropagation())")
            .await?;
        let ada = App::new(browser);
        ada.open(&server.url()).await?;
        ada.join("Ada", ROOM).await?;
        bo.until_others(&["Ada"], SHORT).await?;
        ada.browser().open("about:blank").await?;
        bo.until_others(&[], LEAVER_GONE)
            .await
            .context("after going to another page")?;

        ada.open(&server.url()).await?;
        ada.join("Ada", ROOM).await?;
        bo.until_others(&["Ada"], SHORT).await?;
        ada.browser().close_tab().await?;
        bo.until_others(&[], LEAVER_GONE)
            .await
            .context("after closing the tab")?;
        Ok(())
    })
    .await
}
