//! The built application client, held in memory.
//!
//! It is read once, so that a page and its parts always belong together, whatever a build does to the directory
//! meanwhile; and a path is a key of a map, so that none leads out of the directory.

mod compress;
mod encoding;
mod load;
mod page;

use std::{collections::BTreeMap, fmt};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
    response::IntoResponse as _,
};

use self::encoding::Encoding;
pub use self::load::LoadError;

/// What every path that is not a file leads to, if a person asks for it.
const PAGE: &str = "/index.html";

/// Files whose names change with their content are good for a year, the longest that caches promise.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// All others may be kept, but have to be asked about each time.
const ASK_FIRST: HeaderValue = HeaderValue::from_static("no-cache");

/// The files of the application client by path, such as `/index.html`.
pub struct StaticFiles(BTreeMap<String, File>);

/// A file, as it is and compressed beforehand.
struct File {
    content_type: HeaderValue,
    cache_control: HeaderValue,
    identity: Representation,
    gzip: Option<Representation>,
    brotli: Option<Representation>,
}

/// One form of a file.
struct Representation {
    content: Bytes,
    /// A strong validator: no two contents share it.
    tag: HeaderValue,
}

impl StaticFiles {
    /// Answers a `GET` or `HEAD`.
    ///
    /// A path that is not a file leads to the page, if a person asks for it: the page knows what to make of
    /// `/SessionA`. A path that looks like a file does not, so that a missing file is noticed.
    pub(crate) fn serve(&self, path: &str, request: &HeaderMap) -> Response<Body> {
        let path = if path == "/" { PAGE } else { path };
        let found = self.0.get(path).or_else(|| {
            let leads_to_page = !looks_like_file(path) && !belongs_to_server(path) && wants_page(request);
            leads_to_page.then(|| self.0.get(PAGE)).flatten()
        });
        found.map_or_else(
            || StatusCode::NOT_FOUND.into_response(),
            |file| file.answer(request),
        )
    }
}

impl fmt::Debug for StaticFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl File {
    fn answer(&self, request: &HeaderMap) -> Response<Body> {
        let (representation, encoding) = self.choose(request);
        let is_known = request
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .any(|tags| names(tags, &representation.tag));
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Response::new(Body::from(representation.content.clone()));
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, self.content_type.clone());
            if let Some(encoding) = encoding {
                response
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, encoding.header());
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, representation.tag.clone());
        headers.insert(header::CACHE_CONTROL, self.cache_control.clone());
        if self.gzip.is_some() || self.brotli.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        response
    }

    /// The smallest form that the client takes.
    fn choose(&self, request: &HeaderMap) -> (&Representation, Option<Encoding>) {
        if let Some(brotli) = &self.brotli
            && Encoding::Brotli.is_accepted(request)
        {
            return (brotli, Some(Encoding::Brotli));
        }
        if let Some(gzip) = &self.gzip
            && Encoding::Gzip.is_accepted(request)
        {
            return (gzip, Some(Encoding::Gzip));
        }
        (&self.identity, None)
    }
}

/// Whether the last part of a path has an ending.
fn looks_like_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// Whether a path is below one that the server answers itself.
fn belongs_to_server(path: &str) -> bool {
    let first = path.split('/').nth(1);
    matches!(first, Some("api" | "openvidu"))
}

/// Whether a person asks, and not a script or an image.
fn wants_page(request: &HeaderMap) -> bool {
    let mut accepted = request
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok());
    accepted.any(|value| value.contains("text/html"))
}

/// Whether an `If-None-Match` names the validator.
fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(tag)) = (tags.to_str(), tag.to_str()) else {
        return false;
    };
    tags.split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}
