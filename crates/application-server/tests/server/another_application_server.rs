//! The page in front of somebody else's application server, such as that of a tutorial.

use std::{collections::BTreeSet, io::Read as _};

use application_server::{ApplicationServerUrl, LoadError};
use axum::http::StatusCode;
use flate2::read::GzDecoder;

use crate::{
    common::{Answer, get, page},
    program::{Running, program},
    static_files::Directory,
};

const PAGE: &str = "<!doctype html>
<meta name=\"application-server-url\" content=\"\">
<meta name=\"openvidu-url\" content>
<p>page page page page page page page page page page page page page page page page page page page page</p>";

fn built() -> Directory {
    Directory::new(&[
        ("index.html", PAGE),
        ("index.html.br", "the page as it was, in brotli"),
        ("index.html.gz", "the page as it was, in gzip"),
        ("app-0123456789abcdef.js", "script"),
        ("app-0123456789abcdef.js.br", "script in brotli"),
    ])
}

fn told(url: &str) -> String {
    PAGE.replace("content=\"\"", &format!("content=\"{url}\""))
}

/// The content of an answer as it was before it was compressed.
fn decoded(answer: &Answer) -> String {
    let body = answer.body.as_slice();
    let mut decoded = Vec::new();
    match answer.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut &*body, &mut decoded).unwrap(),
        "gzip" => drop(GzDecoder::new(body).read_to_end(&mut decoded).unwrap()),
        encoding => {
            assert_eq!(encoding, "");
            decoded.extend(body);
        }
    }
    String::from_utf8(decoded).unwrap()
}

#[tokio::test]
async fn every_form_of_the_page_names_it() {
    let directory = built();
    let unconfigured = page(directory.load().unwrap());
    let mut files = directory.load().unwrap();
    let url = ApplicationServerUrl::parse("https://example.org/a&b'c/").unwrap();
    files.use_application_server(&url).unwrap();
    let server = page(files);

    let expected = told("https://example.org/a&amp;b'c");
    let mut tags = BTreeSet::new();
    for (accepted, encoding) in [("", ""), ("gzip", "gzip"), ("gzip, deflate, br", "br")] {
        for path in ["/", "/index.html", "/SessionA"] {
            let headers = [("accept", "text/html"), ("accept-encoding", accepted)];
            let answer = get(&server, path, &headers).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} for `{accepted}`");
            assert_eq!(
                answer.header("content-encoding"),
                encoding,
                "{path} for `{accepted}`"
            );
            assert_eq!(decoded(&answer), expected, "{path} for `{accepted}`");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(answer.header("cache-control"), "no-cache");
            assert_eq!(answer.header("vary"), "accept-encoding");
            tags.insert(answer.header("etag").to_owned());
        }
        // What a browser kept from before counts no more, and what it gets now does.
        let accepted = ("accept-encoding", accepted);
        let before = get(&unconfigured, "/", &[accepted])
            .await
            .header("etag")
            .to_owned();
        let now = get(&server, "/", &[accepted]).await.header("etag").to_owned();
        for (tag, status) in [(&before, StatusCode::OK), (&now, StatusCode::NOT_MODIFIED)] {
            let answer = get(&server, "/", &[accepted, ("if-none-match", tag)]).await;
            assert_eq!(answer.status, status, "{tag}");
        }
    }
    assert_eq!(tags.len(), 3, "one for each form: {tags:?}");
    let script = get(&server, "/app-0123456789abcdef.js", &[("accept-encoding", "br")]).await;
    assert_eq!(script.text(), "script in brotli", "all else is as it was");
}

#[tokio::test]
async fn a_page_that_came_uncompressed_stays_so() {
    let directory = Directory::new(&[("index.html", PAGE)]);
    let mut files = directory.load().unwrap();
    let url = ApplicationServerUrl::parse("https://example.org").unwrap();
    files.use_application_server(&url).unwrap();
    let answer = get(&page(files), "/", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(answer.text(), told("https://example.org"));
}

#[test]
fn a_page_that_can_not_be_told_is_refused() {
    let url = ApplicationServerUrl::parse("https://example.org").unwrap();
    let mut files = Directory::new(&[("index.html", "<p>page</p>")]).load().unwrap();
    let error = files.use_application_server(&url).unwrap_err();
    assert!(matches!(error, LoadError::NotConfigurable));
    assert!(error.to_string().contains("application-server-url"), "{error}");
}

/// What the program serves with these settings: the page, the sources it may connect to, and the status of a request
/// for a token.
async fn served(arguments: &[&str], environment: &[(&str, &str)]) -> (String, String, StatusCode) {
    let directory = built();
    let mut command = program(&[&["--port", "0", "--app-dir", directory.path()], arguments].concat());
    command.envs(environment.iter().copied());
    let (_server, url) = Running::start(command);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let page = http.get(&url).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    let sources = policy.split("connect-src ").nth(1).unwrap().to_owned();
    // The embedded deployment's are different each time.
    let own = url.strip_prefix("http://").unwrap();
    let sources = sources.replace(own, "OWN");
    let page = page.text().await.unwrap().replace(own, "OWN");
    let token = http.post(format!("{url}/api/tokens")).send().await.unwrap();
    (page, sources, token.status())
}

#[tokio::test]
async fn the_page_may_reach_it_and_where_its_tokens_lead() {
    let other = "ws://localhost:5001 http://localhost:5001";
    let option = ["--application-server-url", "http://localhost:5001/"];
    let variable = ("APPLICATION_SERVER_URL", "http://localhost:5001");
    let deployment = ("OPENVIDU_URL", "https://example.org:4443/");
    let secret = ("OPENVIDU_SECRET", "a-secret");
    let unreachable = ("OPENVIDU_URL", "http://127.0.0.1:1");
    let leads = "wss://example.org:4443 https://example.org:4443";
    for (arguments, environment, sources) in [
        (&option[..], &[][..], format!("'self' {other}")),
        (&[], &[variable], format!("'self' {other}")),
        (&option, &[deployment], format!("'self' {other} {leads}")),
        (
            &[],
            &[variable, unreachable, secret],
            format!("'self' {other} ws://127.0.0.1:1 http://127.0.0.1:1"),
        ),
        // Its tokens may also lead here, if it is told the embedded deployment's secret.
        (
            &[],
            &[variable, secret],
            format!("'self' {other} ws://OWN http://OWN"),
        ),
    ] {
        let (page, allowed, token) = served(arguments, environment).await;
        assert_eq!(
            page,
            told("http://localhost:5001"),
            "{arguments:?} {environment:?}"
        );
        assert_eq!(allowed, sources, "{arguments:?} {environment:?}");
        assert_eq!(
            token,
            StatusCode::METHOD_NOT_ALLOWED,
            "nobody gets around the other one"
        );
    }
}

#[tokio::test]
async fn a_page_that_asks_is_told_where_the_own_tokens_lead() {
    let (page, sources, _) = served(&[], &[]).await;
    let told = page.replace("ws://OWN", "");
    assert_eq!(told, PAGE.replace(" content>", " content=\"\">"), "{page}");
    assert!(
        page.contains("content=\"ws://OWN\"") && sources.contains("ws://OWN"),
        "{page} {sources}"
    );
}

#[tokio::test]
async fn none_and_the_own_address_leave_everything_as_it_is() {
    let own = ["--public-url", "http://example.org"];
    for (arguments, value) in [(&[][..], ""), (&own, "http://example.org:80/")] {
        let (page, sources, token) = served(arguments, &[("APPLICATION_SERVER_URL", value)]).await;
        assert!(
            page.contains("<meta name=\"application-server-url\" content=\"\">"),
            "{page}"
        );
        assert_eq!(token, StatusCode::OK, "`{value}`");
        assert!(!sources.contains("5001"), "{sources}");
    }
}

#[test]
fn what_can_not_be_used_is_one_sentence() {
    let (directory, unmarked) = (built(), Directory::new(&[("index.html", "<p>page</p>")]));
    let page = ["--port", "0", "--app-dir", directory.path()];
    let run = |arguments: &[&str], url: &str, deployment: &str| {
        let mut command = program(arguments);
        command
            .env("APPLICATION_SERVER_URL", url)
            .env("OPENVIDU_URL", deployment);
        let output = command.output().unwrap();
        assert!(
            !output.status.success() && output.stdout.is_empty(),
            "`{url}` is not ready"
        );
        String::from_utf8(output.stderr).unwrap()
    };
    let lines = |text: &str| text.lines().filter(|line| line.starts_with("error: ")).count();
    for (arguments, url, deployment, reason) in [
        (
            &page[..],
            "localhost:5001",
            "",
            "`localhost:5001` is not an http or https URL",
        ),
        (&page, "http://me:hidden@localhost", "", "leave that out"),
        (&page, "http://[::1]:5001", "", "no IPv6 address"),
        (
            &page,
            "http://localhost:5001",
            "localhost:4443",
            "`localhost:4443` is not an http",
        ),
        (
            &["--port", "0", "--api-only"],
            "http://localhost:5001",
            "",
            "--api-only",
        ),
        (
            &["--port", "0", "--app-dir", unmarked.path()],
            "http://localhost:5001",
            "",
            "<meta name=\"application-server-url\">",
        ),
    ] {
        let text = run(arguments, url, deployment);
        assert!(text.contains(reason) && lines(&text) == 1, "{url}: {text}");
        assert!(!text.contains("hidden"), "{text}");
    }
}
