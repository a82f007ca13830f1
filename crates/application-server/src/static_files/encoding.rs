//! Which compressed form a client takes.

use axum::http::{HeaderMap, HeaderValue, header};

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// The value of `Content-Encoding`.
    pub(super) fn header(self) -> HeaderValue {
        HeaderValue::from_static(self.name())
    }

    /// Whether a request's `Accept-Encoding` takes it: named or covered by `*`, and not with a quality of 0.
    pub(super) fn is_accepted(self, request: &HeaderMap) -> bool {
        let values = request
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let entries: Vec<(&str, bool)> = values.flat_map(|value| value.split(',')).map(entry).collect();
        let says = |name: &str| {
            entries
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, takes)| *takes)
        };
        says(self.name()).or_else(|| says("*")).unwrap_or(false)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// Name and whether the quality is above 0. A quality that is no number counts as none given.
fn entry(text: &str) -> (&str, bool) {
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let quality = parameters
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("q="));
    let takes = quality
        .and_then(|quality| quality.trim().parse::<f32>().ok())
        .is_none_or(|quality| quality > 0.0);
    (name.trim(), takes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_decides() {
        for (value, brotli, gzip) in [
            ("gzip, deflate, br, zstd", true, true),
            ("gzip;q=1.0, br;q=0", false, true),
            ("*", true, true),
            ("*;q=0", false, false),
            ("br;q=0.5, *;q=0", true, false),
            ("GZIP", false, true),
            ("", false, false),
            ("brotli;;q=x,=,", false, false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
            assert_eq!(Encoding::Brotli.is_accepted(&headers), brotli, "br in `{value}`");
            assert_eq!(Encoding::Gzip.is_accepted(&headers), gzip, "gzip in `{value}`");
        }
    }
}
