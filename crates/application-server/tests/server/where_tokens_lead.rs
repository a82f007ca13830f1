//! What the page is told beforehand about where its tokens lead.

use crate::program::{Running, program};
use crate::static_files::Directory;

const PAGE: &str = "<meta name=\"openvidu-url\" content=\"\"><p>page</p>";

/// The page of a server that is started with these variables, and where that server is.
async fn page(variables: &[(&str, &str)]) -> (Running, String, String) {
    let directory = Directory::new(&[("index.html", PAGE)]);
    let mut command = program(&["--port", "0", "--app-dir", directory.path()]);
    command.envs(variables.iter().copied());
    let (server, url) = Running::start(command);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let page = http.get(&url).send().await.unwrap().text().await.unwrap();
    (server, url, page)
}

fn leading_to(url: &str) -> String {
    PAGE.replace("content=\"\"", &format!("content=\"{url}\""))
}

#[tokio::test]
async fn tokens_of_the_embedded_deployment_lead_here() {
    let (_server, url, page) = page(&[]).await;
    assert_eq!(page, leading_to(&url.replace("http://", "ws://")));
}

#[tokio::test]
async fn tokens_of_a_deployment_elsewhere_lead_where_it_says() {
    let secret = ("OPENVIDU_SECRET", "a-secret");
    let (_deployment, deployment, _) = page(&[secret]).await;
    let (_server, _, page) = page(&[secret, ("OPENVIDU_URL", &deployment)]).await;
    assert_eq!(page, leading_to(&deployment.replace("http://", "ws://")));
}

#[tokio::test]
async fn a_deployment_that_does_not_answer_keeps_nobody_waiting() {
    let secret = ("OPENVIDU_SECRET", "a-secret");
    let (_server, _, page) = page(&[secret, ("OPENVIDU_URL", "http://127.0.0.1:1")]).await;
    assert_eq!(page, PAGE);
}
