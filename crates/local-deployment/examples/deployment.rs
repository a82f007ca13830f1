//! The deployment by itself, for an application server that runs elsewhere:
//! `cargo run -p local-deployment --example deployment -- --port 4443`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::serve::ListenerExt;
use clap::Parser;
use local_deployment::{Config, LocalDeployment};

/// A local OpenVidu deployment.
#[derive(Debug, Parser)]
struct Options {
    /// TCP port for REST and websockets.
    #[arg(long, default_value_t = 4443)]
    port: u16,
    /// Address to listen on.
    #[arg(long, default_value_t = IpAddr::from(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Where browsers reach the deployment; http://localhost:PORT if it is not given.
    #[arg(long)]
    public_url: Option<String>,
    /// UDP port for media; 0 for any free one.
    #[arg(long, default_value_t = 0)]
    media_port: u16,
    /// What application servers authenticate with.
    #[arg(
        long,
        env = "OPENVIDU_SECRET",
        default_value = "MY_SECRET",
        hide_env_values = true
    )]
    secret: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt::init();
    let options = Options::parse();
    let listener = tokio::net::TcpListener::bind((options.host, options.port)).await?;
    let port = listener.local_addr()?.port();
    // Small frames that follow each other must not wait for acknowledgements.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection may be slower than it could be");
        }
    });
    let public_url = options
        .public_url
        .unwrap_or_else(|| format!("http://localhost:{port}"));
    let mut config = Config::new(options.secret, public_url.clone());
    config.media_port = options.media_port;

    let deployment = LocalDeployment::start(config).await?;
    let service = deployment
        .router()
        .into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(url = public_url, media = ?deployment.media_addresses(), "ready");
    tokio::select! {
        served = axum::serve(listener, service) => served?,
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    deployment.shutdown().await;
    Ok(())
}
