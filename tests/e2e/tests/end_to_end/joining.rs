//! Joining that fails.

use anyhow::{Result, ensure};
use e2e::{Answer, Failure, Faults, Foreigner, LONG, NewConnection, Phase, SHORT, case, closed_port};

use crate::scenes::{ada_at_back_end, ada_behind_network};
use crate::{BROKEN_SOCKET, ROOM};

/// The tutorial shows an empty room when the application server fails. Ours says so above the form, keeps what was typed,
/// opens nothing, and the next attempt works.
#[tokio::test]
async fn fault_02_application_server_answers_with_an_error() -> Result<(), Failure> {
    case(
        "fault_02_application_server_answers_with_an_error",
        async |case| {
            let server = case.server().await?;
            let (back_end, ada) = ada_at_back_end(case, &server).await?;
            ada.browser().expect_console(&["/api/sessions"]);

            back_end.answer(Answer::Status(500));
            ada.press_join().await?;
            let view = ada.until_notice(&["server-error"], SHORT).await?;
            ensure!(
                view.user_name.as_deref() == Some("Ada"),
                "what was typed is gone: {view:?}"
            );
            ada.browser().until_nothing_open(SHORT).await?;

            back_end.answer(Answer::Valid);
            ada.join_again().await?;
            ada.sees_itself().await
        },
    )
    .await
}

/// The tutorial's back ends leave a request unanswered when OpenVidu fails, and the tutorial waits for ever. Ours gives up.
#[tokio::test]
async fn fault_02_application_server_never_answers() -> Result<(), Failure> {
    case("fault_02_application_server_never_answers", async |case| {
        let server = case.server().await?;
        let (back_end, ada) = ada_at_back_end(case, &server).await?;
        back_end.answer(Answer::Never);
        ada.press_join().await?;
        ada.until_notice(&["timeout"], LONG).await?;
        ada.browser().until_nothing_open(SHORT).await
    })
    .await
}

/// The same for an application server that is gone.
#[tokio::test]
async fn fault_02_application_server_is_gone() -> Result<(), Failure> {
    case("fault_02_application_server_is_gone", async |case| {
        let server = case.server().await?;
        let ada = case.app("ada", &server.url()).await?;
        ada.browser().expect_console(&["net::ERR_CONNECTION_REFUSED"]);
        server.kill()?;
        ada.fill("Ada", ROOM).await?;
        ada.press_join().await?;
        ada.until_notice(&["unreachable"], LONG).await?;
        ada.browser().until_nothing_open(SHORT).await
    })
    .await
}

/// The tutorial shows an empty room when the deployment refuses the token. Ours says so and closes the socket, which the SDK
/// leaves open.
#[tokio::test]
async fn fault_03_token_refused() -> Result<(), Failure> {
    case("fault_03_token_refused", async |case| {
        let server = case.server().await?;
        let crowd = case.crowd().await?;
        let used = server
            .rest()
            .create_connection(ROOM, &NewConnection::default())
            .await?
            .token;
        crowd
            .join_with(std::slice::from_ref(&used), &[Foreigner::named("Bo").deaf()])
            .await?;

        let (back_end, ada) = ada_at_back_end(case, &server).await?;
        ada.browser().expect_console(&["is not valid. Code: 401"]);
        back_end.answer(Answer::Token(used));
        ada.press_join().await?;
        ada.until_notice(&["refused"], SHORT).await?;
        ada.browser().until_nothing_open(SHORT).await?;

        back_end.answer(Answer::Valid);
        ada.press_join().await?;
        ada.until_others(&["Bo"], SHORT).await?;
        ada.sees("Bo").await
    })
    .await
}

/// An answer that isn't a token is an error of the server, not a reason to hang or to crash.
#[tokio::test]
async fn fault_03_answer_is_not_a_token() -> Result<(), Failure> {
    case("fault_03_answer_is_not_a_token", async |case| {
        let server = case.server().await?;
        let (back_end, ada) = ada_at_back_end(case, &server).await?;
        for text in ["", "hello", "<!doctype html><title>It works!</title>"] {
            back_end.answer(Answer::Token(text.to_owned()));
            ada.press_join().await?;
            ada.until_phase(Phase::Failed, SHORT).await?;
            ada.until_notice(&["server-error", "refused"], SHORT).await?;
            ada.browser().until_nothing_open(SHORT).await?;
        }
        Ok(())
    })
    .await
}

/// The SDK never gives up on a deployment that can't be reached, and the tutorial waits with it. Ours says so, and nothing
/// of the attempt lives on when the deployment is back.
#[tokio::test]
async fn fault_04_deployment_refuses_connections() -> Result<(), Failure> {
    case("fault_04_deployment_refuses_connections", async |case| {
        let server = case.server().await?;
        let (back_end, ada) = ada_at_back_end(case, &server).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        back_end.lead_to(&format!("localhost:{}", closed_port().await?));
        ada.press_join().await?;
        ada.until_notice(&["unreachable"], LONG).await?;
        ada.browser().until_nothing_open(SHORT).await?;

        back_end.lead_to(&server.authority());
        ada.join_again().await?;
        ada.sees_itself().await?;
        let sockets = ada.browser().open_sockets().await?;
        ensure!(sockets == 1, "{sockets} sockets: the first attempt lives on");
        Ok(())
    })
    .await
}

/// The same for a deployment behind a firewall that swallows everything.
#[tokio::test]
async fn fault_04_deployment_swallows_everything() -> Result<(), Failure> {
    case("fault_04_deployment_swallows_everything", async |case| {
        let server = case.server().await?;
        let (network, ada) = ada_behind_network(case, &server, &Faults::default()).await?;
        ada.browser().expect_console(BROKEN_SOCKET);
        network.hold();
        ada.fill("Ada", ROOM).await?;
        ada.press_join().await?;
        ada.until_notice(&["unreachable"], LONG).await?;
        ada.browser().until_nothing_open(SHORT).await
    })
    .await
}
