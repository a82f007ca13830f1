//! The application client as browsers get it.

use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use application_server::{LoadError, StaticFiles};
use axum::http::{Request, StatusCode};

use crate::common::{get, page, send};

const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

/// A directory of its own, deleted at the end.
pub(crate) struct Directory(PathBuf);

impl Directory {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "application-server-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let directory = Self(std::env::temp_dir().join(name));
        for (path, content) in files {
            let path = directory.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        directory
    }

    fn built() -> Self {
        Self::new(&[
            ("index.html", "<p>page</p>"),
            ("index.html.br", "page in brotli"),
            ("index.html.gz", "page in gzip"),
            ("app-0123456789abcdef.js", "script"),
            ("app-0123456789abcdef.js.br", "script in brotli"),
            ("app-0123456789abcdef.wasm", "module"),
            ("mark.svg", "<svg/>"),
            ("archive.gz", "not a form of another file"),
            (".fingerprint", "hidden"),
            ("sub/file.css", "p{}"),
        ])
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    pub(crate) fn load(&self) -> Result<StaticFiles, LoadError> {
        StaticFiles::load(&self.0)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

#[tokio::test]
async fn files_have_their_types_and_are_kept_as_long_as_is_right() {
    let server = page(Directory::built().load().unwrap());
    for (path, body, content_type, cache) in [
        ("/", "<p>page</p>", "text/html; charset=utf-8", "no-cache"),
        (
            "/index.html",
            "<p>page</p>",
            "text/html; charset=utf-8",
            "no-cache",
        ),
        (
            "/app-0123456789abcdef.js",
            "script",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        (
            "/app-0123456789abcdef.wasm",
            "module",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
        ("/mark.svg", "<svg/>", "image/svg+xml", "no-cache"),
        ("/sub/file.css", "p{}", "text/css; charset=utf-8", "no-cache"),
        (
            "/archive.gz",
            "not a form of another file",
            "application/gzip",
            "no-cache",
        ),
    ] {
        let answer = get(&server, path, &[]).await;
        assert_eq!((answer.status, answer.text()), (StatusCode::OK, body), "{path}");
        assert_eq!(answer.header("content-type"), content_type, "{path}");
        assert_eq!(answer.header("cache-control"), cache, "{path}");
        assert_eq!(answer.header("content-encoding"), "", "{path}");
    }
}

#[tokio::test]
async fn the_smallest_form_that_the_browser_takes_is_sent() {
    let server = page(Directory::built().load().unwrap());
    for (path, accepted, body, encoding) in [
        ("/", "gzip, deflate, br", "page in brotli", "br"),
        ("/", "gzip", "page in gzip", "gzip"),
        ("/", "br;q=0, gzip", "page in gzip", "gzip"),
        ("/", "deflate", "<p>page</p>", ""),
        ("/app-0123456789abcdef.js", "gzip, br", "script in brotli", "br"),
        ("/app-0123456789abcdef.js", "gzip", "script", ""),
        ("/mark.svg", "gzip, br", "<svg/>", ""),
    ] {
        let answer = get(&server, path, &[("accept-encoding", accepted)]).await;
        assert_eq!(
            (answer.text(), answer.header("content-encoding")),
            (body, encoding),
            "{path} for {accepted}"
        );
    }
    let content_type = get(&server, "/", &[("accept-encoding", "br")]).await;
    assert_eq!(content_type.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(get(&server, "/", &[]).await.header("vary"), "accept-encoding");
    assert_eq!(get(&server, "/mark.svg", &[]).await.header("vary"), "");
}

#[tokio::test]
async fn what_the_browser_has_already_is_not_sent_again() {
    let server = page(Directory::built().load().unwrap());
    let plain = get(&server, "/", &[]).await.header("etag").to_owned();
    let brotli = get(&server, "/", &[("accept-encoding", "br")])
        .await
        .header("etag")
        .to_owned();
    assert_ne!(plain, brotli);
    for (tags, status) in [
        (plain.clone(), StatusCode::NOT_MODIFIED),
        (format!("W/{plain}"), StatusCode::NOT_MODIFIED),
        (format!("\"other\", {plain}"), StatusCode::NOT_MODIFIED),
        ("*".to_owned(), StatusCode::NOT_MODIFIED),
        ("\"other\"".to_owned(), StatusCode::OK),
        (brotli, StatusCode::OK),
    ] {
        let answer = get(&server, "/", &[("if-none-match", &tags)]).await;
        assert_eq!(answer.status, status, "{tags}");
        assert_eq!(
            answer.body.is_empty(),
            status == StatusCode::NOT_MODIFIED,
            "{tags}"
        );
        assert_eq!(answer.header("etag"), plain);
    }
}

#[tokio::test]
async fn a_session_in_the_path_leads_to_the_page_for_people_only() {
    let server = page(Directory::built().load().unwrap());
    for path in ["/SessionA", "/some/where", "/SessionA?x=1"] {
        let answer = get(&server, path, &[HTML]).await;
        assert_eq!(
            (answer.status, answer.text()),
            (StatusCode::OK, "<p>page</p>"),
            "{path}"
        );
    }
    assert_eq!(
        get(&server, "/SessionA", &[("accept", "*/*")]).await.status,
        StatusCode::NOT_FOUND
    );
    for path in [
        "/missing.js",
        "/app-ffffffffffffffff.js",
        "/api/missing",
        "/openvidu/missing",
        "/openvidu",
    ] {
        assert_eq!(
            get(&server, path, &[HTML]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn nothing_outside_the_directory_and_nothing_hidden_is_served() {
    let server = page(Directory::built().load().unwrap());
    for path in [
        "/.fingerprint",
        "/../Cargo.toml",
        "/sub/../mark.svg",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "//etc/passwd",
        "/index.html.br",
        "/app-0123456789abcdef.js.br",
        "/sub/",
    ] {
        assert_eq!(
            get(&server, path, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn files_can_only_be_read() {
    let server = page(Directory::built().load().unwrap());
    let answer = send(&server, Request::head("/"), "").await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 0));
    for method in ["POST", "PUT", "DELETE"] {
        let answer = send(&server, Request::builder().method(method).uri("/"), "").await;
        assert_eq!(
            (answer.status, answer.header("allow")),
            (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"),
            "{method}"
        );
    }
}

#[test]
fn what_is_no_built_application_client_is_refused() {
    let empty = Directory::new(&[("other.html", "")]);
    assert!(matches!(empty.load(), Err(LoadError::NoPage { .. })));
    let missing = StaticFiles::load(&empty.0.join("nowhere"));
    assert!(missing.unwrap_err().to_string().contains("cargo xtask build"));

    let large = Directory::new(&[("index.html", "")]);
    let file = fs::File::create(large.0.join("large")).unwrap();
    file.set_len(65 * 1024 * 1024).unwrap();
    assert!(matches!(large.load(), Err(LoadError::TooLarge { .. })));
}
