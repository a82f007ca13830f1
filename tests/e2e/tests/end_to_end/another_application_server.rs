//! Our page and its policy in front of somebody else's back end.

use anyhow::{Result, ensure};
use e2e::{Failure, LONG, SHORT, case};

use crate::ROOM;

/// A back end on another origin, and a deployment on a third: the page is told of both, and its policy lets it there.
#[tokio::test]
async fn page_works_with_the_back_end_of_a_tutorial() -> Result<(), Failure> {
    case("page_works_with_the_back_end_of_a_tutorial", async |case| {
        let deployment = case.server().await?;
        let back_end = case.back_end(&deployment).await?;
        let page = case.page_for(&back_end.url(), Some(&deployment.url())).await?;
        let ada = case.app("ada", &page.url()).await?;
        let bo = case.app("bo", &page.url()).await?;
        ada.join("Ada", ROOM).await?;
        bo.join("Bo", ROOM).await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await?;
        bo.sees_and_hears("Ada").await?;
        let requests = back_end.token_requests();
        ensure!(requests == 2, "the back end gave out {requests} tokens");
        Ok(())
    })
    .await
}

/// A token that leads where the page's policy doesn't let it ends with a notice, not with an empty room.
#[tokio::test]
async fn page_says_when_its_tokens_lead_where_it_may_not_go() -> Result<(), Failure> {
    case(
        "page_says_when_its_tokens_lead_where_it_may_not_go",
        async |case| {
            let deployment = case.server().await?;
            let back_end = case.back_end(&deployment).await?;
            let page = case.page_for(&back_end.url(), None).await?;
            let ada = case.app("ada", &page.url()).await?;
            ada.browser()
                .expect_console(&["Content Security Policy", "/openvidu-browser-"]);
            ada.fill("Ada", ROOM).await?;
            ada.press_join().await?;
            ada.until_notice(&["unreachable"], LONG).await?;
            ada.browser().until_no_live_tracks(SHORT).await
        },
    )
    .await
}
