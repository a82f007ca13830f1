//! Every test, from plain data to calls between real browsers.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{
    app, assets, paths, process, server,
    setup::{self, Browser, Tools},
    stages::Stages,
};

/// Runs all tests and prints a table.
pub(crate) fn test() -> Result<()> {
    let tools = setup::for_building()?;
    let browser = setup::for_browser_tests()?;
    assets::bundle()?;

    let mut stages = Stages::default();
    stages.run("native tests", || {
        let mut cargo = setup::cargo();
        cargo.args(["test", "--workspace", "--exclude", "e2e", "--locked"]);
        process::run(cargo.env("OPENVIDU_YEW_NODE_MODULES", paths::node_modules()))
    });
    stages.run("browser tests", || browser_tests(&tools, &browser));
    stages.run("application client", || app::build(&tools));
    let server = stages.run("application server", server::build);
    match server {
        Some(server) => {
            stages.run("end-to-end tests", || {
                let mut cargo = setup::cargo();
                cargo.args(["test", "--package", "e2e", "--locked"]);
                // Each test has browsers of its own, which need the machine for themselves.
                cargo.env("RUST_TEST_THREADS", "1");
                process::run(cargo.envs(environment(&server, &browser)))
            });
        }
        None => stages.skip("end-to-end tests", "there is no server"),
    }
    stages.finish()
}

/// What `tests/e2e` reads about where things are.
pub(crate) fn environment(server: &Path, browser: &Browser) -> [(&'static str, PathBuf); 5] {
    [
        ("OPENVIDU_YEW_SERVER", server.to_owned()),
        ("OPENVIDU_YEW_DIST", paths::dist()),
        ("OPENVIDU_YEW_NODE_MODULES", paths::node_modules()),
        ("CHROME", browser.chrome.clone()),
        ("CHROMEDRIVER", browser.driver.clone()),
    ]
}

/// Components, hooks and bindings in a headless browser.
fn browser_tests(tools: &Tools, browser: &Browser) -> Result<()> {
    let mut cargo = tools.wasm_cargo();
    cargo.args([
        "test",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--tests",
    ]);
    cargo.args(["--package", "openvidu-yew", "--package", "openvidu-browser"]);
    cargo
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            &tools.wasm_test_runner,
        )
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser.webdriver_json()?)
        // Seconds that a whole test binary may take on a busy machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    process::run(&mut cargo)
}
