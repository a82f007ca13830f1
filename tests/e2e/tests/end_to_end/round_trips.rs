//! What is done at the same time rather than one after the other, so that a far-away server is met sooner.

use anyhow::{Result, ensure};
use e2e::{App, Failure, Phase, SHORT, case, until};

use crate::ROOM;
use crate::scenes::Room;

/// The socket is opened while the token is asked for, and it is that socket which is used.
#[tokio::test]
async fn socket_is_opened_while_the_token_is_asked_for() -> Result<(), Failure> {
    case("socket_is_opened_while_the_token_is_asked_for", async |case| {
        let room = Room::with_bo(case).await?;
        let ada = case.app("ada", &room.server.url()).await?;
        hold_requests(&ada).await?;
        ada.fill("Ada", ROOM).await?;
        ada.press_join().await?;
        until_opened(&ada).await?;
        release_requests(&ada).await?;

        ada.until_phase(Phase::Connected, SHORT).await?;
        room.bo_sees_and_hears_one().await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees_and_hears("Bo").await?;
        let opened = ada.browser().opened_sockets().await?;
        ensure!(opened == 1, "{opened} sockets were opened");
        ada.leave().await?;
        ada.browser().until_disconnected(SHORT).await
    })
    .await
}

/// A socket that was opened in advance is closed when nobody wants it any more.
#[tokio::test]
async fn socket_opened_in_advance_is_closed_when_cancelled() -> Result<(), Failure> {
    case(
        "socket_opened_in_advance_is_closed_when_cancelled",
        async |case| {
            let server = case.server().await?;
            let ada = case.app("ada", &server.url()).await?;
            hold_requests(&ada).await?;
            ada.fill("Ada", ROOM).await?;
            ada.press_join().await?;
            until_opened(&ada).await?;
            ada.cancel().await?;
            ada.until_phase(Phase::Lobby, SHORT).await?;
            ada.browser().until_disconnected(SHORT).await?;
            release_requests(&ada).await?;
            ada.press_join().await?;
            ada.until_sending().await?;
            Ok(())
        },
    )
    .await
}

/// From now on the page's requests wait.
async fn hold_requests(app: &App) -> Result<()> {
    app.browser()
        .run::<Option<bool>>(
            "const request = window.fetch;
            const held = [];
            window.fetch = (...how) => new Promise((resolve) => held.push(() => resolve(request(...how))));
            window.releaseRequests = () => { window.fetch = request; held.forEach((release) => release()); };",
            vec![],
        )
        .await?;
    Ok(())
}

async fn release_requests(app: &App) -> Result<()> {
    app.browser()
        .run::<Option<bool>>("window.releaseRequests()", vec![])
        .await?;
    Ok(())
}

async fn until_opened(app: &App) -> Result<()> {
    until("a socket is open", SHORT, async || {
        ensure!(app.browser().open_sockets().await? == 1);
        Ok(())
    })
    .await
}
