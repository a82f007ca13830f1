//! A page of which a part can't be loaded.

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use e2e::{App, Browser, Devices, Environment, Failure, Faults, HttpServer, Phase, SHORT, case, until};
use futures::stream;
use serde_json::Value;
use tokio::sync::watch;
use tower_http::services::ServeDir;

use crate::early_form::HELD;

/// How the path of a part of the page begins and ends.
type Part = (&'static str, &'static str);

const SCRIPT: Part = ("/app-", ".js");
const MODULE: Part = ("/app-", ".wasm");
const EARLY_FORM: Part = ("/early_form-", ".js");

/// What happens on the way.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    None,
    /// The part isn't there.
    Missing(Part),
    /// The connection breaks.
    Cut(Part),
}

async fn answer(trouble: Trouble, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is = |(begin, end): Part| path.starts_with(begin) && path.ends_with(end);
    let mut response = match trouble {
        Trouble::Missing(part) if is(part) => StatusCode::NOT_FOUND.into_response(),
        Trouble::Cut(part) if is(part) => {
            let broken = std::io::Error::other("cut on purpose");
            let pieces = stream::iter([Ok(Bytes::from_static(b"\0asm")), Err(broken)]);
            Body::from_stream(pieces).into_response()
        }
        Trouble::None | Trouble::Missing(_) | Trouble::Cut(_) => next.run(request).await,
    };
    let never_keep = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, never_keep);
    response
}

/// Serves the built page, with trouble.
async fn serve(trouble: watch::Receiver<Trouble>) -> Result<HttpServer> {
    let routes = Router::new()
        .fallback_service(ServeDir::new(Environment::find()?.dist))
        .layer(from_fn(move |request: Request, next: Next| {
            let trouble = *trouble.borrow();
            answer(trouble, request, next)
        }));
    HttpServer::start(routes).await
}

/// The page says that the app can't be loaded, with a remedy, and promises nothing else.
pub(crate) async fn until_told(browser: &Browser) -> Result<()> {
    until("it is told that the app is missing", SHORT, async || {
        let body = "
            const notice = document.querySelector('#join-dialog > #notice[role=alert]');
            return notice && [
              notice.querySelector('p').textContent,
              document.querySelector('[name=commit]').disabled,
              document.querySelector('#buttonCancelJoin') !== null,
            ]";
        let told: Option<(String, bool, bool)> = browser.run(body, vec![]).await?;
        let (text, disabled, joining) = told.context("nothing is told")?;
        ensure!(text.contains("reload"), "no remedy: {text}");
        ensure!(disabled && !joining, "JOIN looks as if it did something");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_app_can_not_be_loaded() -> Result<(), Failure> {
    case("the_app_can_not_be_loaded", async |case| {
        let trouble = watch::Sender::new(Trouble::None);
        let server = serve(trouble.subscribe()).await?;
        let browser = case
            .browser("ada", Devices::default(), &Faults::default())
            .await?;
        // Whatever the browser says about it.
        browser.expect_console(&[""]);
        for kind in [
            Trouble::Missing(MODULE),
            Trouble::Cut(MODULE),
            Trouble::Missing(SCRIPT),
            Trouble::Cut(SCRIPT),
        ] {
            trouble.send_replace(kind);
            browser.open(&server.url()).await?;
            until_told(&browser).await.with_context(|| format!("{kind:?}"))?;
            trouble.send_replace(Trouble::None);
            browser.click("#notice button").await?;
            App::new(browser.clone()).until_phase(Phase::Lobby, SHORT).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_browser_has_no_web_assembly() -> Result<(), Failure> {
    case("the_browser_has_no_web_assembly", async |case| {
        let server = case.server().await?;
        let browser = case
            .browser("ada", Devices::default(), &Faults::default())
            .await?;
        browser.expect_console(&[""]);
        browser.preload("delete window.WebAssembly").await?;
        browser.open(&server.url()).await?;
        until_told(&browser).await
    })
    .await
}

/// Without the script that makes the form usable early, it can be used when the app is there, and pressing JOIN does no harm.
#[tokio::test]
async fn the_early_form_s_script_can_not_be_loaded() -> Result<(), Failure> {
    case("the_early_form_s_script_can_not_be_loaded", async |case| {
        let trouble = watch::Sender::new(Trouble::Missing(EARLY_FORM));
        let server = serve(trouble.subscribe()).await?;
        let browser = case
            .browser("ada", Devices::default(), &Faults::default())
            .await?;
        browser.expect_console(&["/early_form-"]);
        browser.preload(HELD).await?;
        browser.open(&server.url()).await?;
        browser.run::<Value>("window.marker = true", vec![]).await?;
        let ada = App::new(browser);
        ada.press_join().await?;
        ada.browser().run::<Value>("letAppStart()", vec![]).await?;
        ada.until_phase(Phase::Lobby, SHORT).await?;
        let same: bool = ada.browser().run("return window.marker === true", vec![]).await?;
        ensure!(same, "the page was loaded again");
        ada.press_join().await?;
        ada.until("the app says what is missing", SHORT, |view| {
            ensure!(view.session_error.as_deref().is_some_and(|text| !text.is_empty()));
            Ok(())
        })
        .await?;
        Ok(())
    })
    .await
}
