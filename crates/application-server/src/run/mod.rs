//! The program: arguments in, a running server, and its end.

mod arguments;
mod browser;
mod listeners;
mod stopping;
mod target;

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use openvidu_protocol::token::Origin;
use tokio::sync::watch;

pub use self::arguments::Arguments;
use self::{listeners::Listeners, target::Target};
use crate::{AppConfig, ContentSecurityPolicy, Deployment, DeploymentStatus, StaticFiles, app};

/// How long open requests and websockets have after somebody ends the server.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(4);
/// How long to wait before an unreachable deployment is asked again where browsers reach it.
const STATUS_INTERVAL: Duration = Duration::from_secs(5);

/// Serves until somebody ends it with Ctrl-C or SIGTERM. Prints `ready: <URL>` once it listens.
///
/// # Errors
/// If an argument can't be used, a port is taken, or the application client is not built.
pub async fn run(arguments: Arguments) -> Result<()> {
    let application_server = arguments.application_server()?;
    let mut static_files = match arguments.app_dir() {
        Some(directory) => Some(StaticFiles::load(directory)?),
        None => None,
    };
    let listeners = Listeners::bind(&arguments.host, arguments.port).await?;
    let own_url = arguments.own_url(listeners.port());
    let public_url = arguments.public_url(listeners.port());
    let policy = ContentSecurityPolicy::own_origin();
    let application_server = application_server.filter(|url| !url.is_at(&public_url));
    if let (Some(files), Some(url)) = (&mut static_files, &application_server) {
        files.use_application_server(url)?;
        policy.allow_application_server(url);
        tracing::info!(url = url.as_str(), "the page uses another application server");
    }
    let target = Target::prepare(
        &arguments,
        application_server.is_some(),
        &public_url,
        listeners.loopback_url(),
    )
    .await?;
    let status = target.status().await;
    let tokens_lead_to = match &target {
        Target::Embedded { .. } => Some(&public_url),
        Target::Elsewhere { .. } => status.as_ref().map(|status| &status.openvidu_publicurl),
        Target::OfAnother(_) => None,
    };
    if let (Some(files), Some(url), None) = (&mut static_files, tokens_lead_to, &application_server)
        && let Ok(origin) = Origin::from_public_url(url)
    {
        files.announce_deployment(&format!("{}://{}", origin.scheme().as_str(), origin.authority()));
    }

    let config = AppConfig {
        static_files: static_files.map(Arc::new),
        policy: policy.clone(),
        https: public_url.starts_with("https://"),
    };
    // Whom that other application server refuses a token must not get one here.
    let client = target.client().filter(|_| application_server.is_none());
    let mut router = app(config, client.cloned());
    match &target {
        Target::Embedded { deployment, .. } => {
            policy.allow_deployment(&public_url);
            router = router.merge(deployment.router());
        }
        Target::Elsewhere { client, url } => {
            policy.allow_deployment(url);
            match &status {
                Some(status) => welcome(status, &policy),
                None => drop(tokio::spawn(learn_public_url(client.clone(), policy))),
            }
        }
        Target::OfAnother(Some(url)) => policy.allow_deployment(url),
        Target::OfAnother(None) => tracing::info!(
            "the page may follow its tokens to the same host and port only: say with OPENVIDU_URL where else they lead"
        ),
    }

    let (stop, stopped) = watch::channel(());
    let serving = listeners.serve(router, stopped);
    announce(&own_url);
    if arguments.open {
        browser::open(&own_url);
    }

    let serving = tokio::spawn(serving);
    stopping::requested().await?;
    tracing::info!("stopping");
    let ending = async {
        drop(stop);
        target.shutdown().await;
        serving.await
    };
    match tokio::time::timeout(SHUTDOWN_TIMEOUT, ending).await {
        Ok(result) => result.context("the server ended badly")?,
        Err(_) => {
            tracing::warn!("some connections did not end in time");
            Ok(())
        }
    }
}

/// Programs wait for this line.
#[expect(clippy::print_stdout, reason = "the one line that other programs read")]
fn announce(url: &str) {
    println!("ready: {url}");
}

/// A deployment may be reached by browsers at another address than by this server; the page has to be allowed there.
fn welcome(status: &DeploymentStatus, policy: &ContentSecurityPolicy) {
    tracing::info!(
        version = status.version,
        url = status.openvidu_publicurl,
        "the deployment answers"
    );
    policy.allow_deployment(&status.openvidu_publicurl);
}

/// Asks a deployment that did not answer at the start until it does.
async fn learn_public_url(deployment: Deployment, policy: ContentSecurityPolicy) {
    loop {
        match deployment.status().await {
            Ok(status) => return welcome(&status, &policy),
            Err(error) => tracing::warn!("{error}"),
        }
        tokio::time::sleep(STATUS_INTERVAL).await;
    }
}
