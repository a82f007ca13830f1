//! The unmodified npm package `openvidu-node-client` against the deployment.

use std::{
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::json;

use crate::{client::Client, server::Server};

/// Where the npm packages are that tests need.
fn node_modules() -> PathBuf {
    std::env::var_os("OPENVIDU_YEW_NODE_MODULES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/node/node_modules"),
        PathBuf::from,
    )
}

async fn run(server: &Server, arguments: &[&str]) -> Output {
    let modules = node_modules();
    assert!(
        modules.join("openvidu-node-client").is_dir(),
        "the npm package openvidu-node-client is not in {}: run `cargo xtask test`, or name another folder in \
         OPENVIDU_YEW_NODE_MODULES",
        modules.display()
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node-client/conformance.cjs");
    tokio::process::Command::new("node")
        .arg(script)
        .arg(format!("http://{}", server.address))
        .arg(crate::server::SECRET)
        .args(arguments)
        .env("NODE_PATH", modules)
        .kill_on_drop(true)
        .output()
        .await
        .expect("Node.js is installed and on the PATH")
}

#[tokio::test]
async fn the_unmodified_node_client_works() {
    let server = Server::start().await;
    let (mut moderator, _) = Client::join(&server, "Joined").await;
    let (mut victim, joined) = Client::join(&server, "Joined").await;
    moderator.notification().await;

    let output = run(&server, &["Joined", joined["id"].as_str().unwrap()]).await;
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}\n{err}");
    assert!(out.ends_with("passed\n"), "{out}\n{err}");

    let evicted = victim.notification().await;
    assert_eq!(
        evicted["params"],
        json!({"connectionId": joined["id"], "reason": "forceDisconnectByServer"})
    );
}
