//! URLs that browsers and this server make requests to.

use reqwest::Url;

/// Reads an http or https URL. Anything else, `localhost:4443` included, whose scheme would be `localhost`, is none.
pub(crate) fn parse(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The host as a content security policy can name it: browsers ignore a source with an IPv6 address or an underscore,
/// and a URL's host may also have characters that end a source or a directive.
pub(crate) fn host_in_policy(url: &Url) -> Option<&str> {
    url.host_str().filter(|host| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
    })
}
