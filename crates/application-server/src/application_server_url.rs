//! Another application server, for the page to use instead of this one.

use reqwest::Url;

use crate::http_url;

/// The base URL of an application server: http or https, a host name, perhaps a port and a path.
///
/// It goes into the page and into its policy, so it is what both can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationServerUrl(Url);

/// Why a text can't be the base URL of an application server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplicationServerUrlError {
    /// It is no URL, or browsers make no requests to it.
    #[error("`{text}` is not an http or https URL, such as https://example.org")]
    NotHttp {
        /// What was given.
        text: String,
    },
    /// There is more than a page can append `/api/sessions` to. The text may hold a password, so it is not shown.
    #[error("it has a user name, a password, a query or a fragment; leave that out")]
    MoreThanBase,
    /// The page's policy could not name it.
    #[error(
        "a page can't be allowed this host; give one of letters, digits, `-` and `.`, and no IPv6 address"
    )]
    Host,
}

impl ApplicationServerUrl {
    /// Reads a base URL.
    ///
    /// # Errors
    /// [`ApplicationServerUrlError`] if browsers could not use it.
    pub fn parse(text: &str) -> Result<Self, ApplicationServerUrlError> {
        let url = http_url::parse(text).ok_or_else(|| ApplicationServerUrlError::NotHttp {
            text: text.to_owned(),
        })?;
        let is_more_than_base = !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some();
        if is_more_than_base {
            return Err(ApplicationServerUrlError::MoreThanBase);
        }
        if http_url::host_in_policy(&url).is_none() {
            return Err(ApplicationServerUrlError::Host);
        }
        Ok(Self(url))
    }

    /// The URL without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether this is the server that browsers reach at `own`, and not another one.
    pub(crate) fn is_at(&self, own: &str) -> bool {
        Self::parse(own).is_ok_and(|own| own.as_str() == self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_what_paths_can_be_appended_to() {
        for (text, url) in [
            ("http://localhost:5000/", "http://localhost:5000"),
            ("HTTPS://Example.org:443", "https://example.org"),
            ("https://example.org/back/end//", "https://example.org/back/end"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(ApplicationServerUrl::parse(text).unwrap().as_str(), url, "{text}");
        }
    }

    #[test]
    fn what_a_page_could_not_use_is_refused() {
        for text in [
            "",
            "localhost:5000",
            "ftp://example.org",
            "http://",
            "/back-end",
            "http://a b",
        ] {
            let error = ApplicationServerUrl::parse(text).unwrap_err();
            assert!(error.to_string().contains("not an http or https URL"), "{text}");
        }
        for text in [
            "http://me:secret@example.org",
            "http://me@example.org",
            "http://a/?b",
            "http://a/#b",
        ] {
            let error = ApplicationServerUrl::parse(text).unwrap_err();
            assert_eq!(error, ApplicationServerUrlError::MoreThanBase, "{text}");
            assert!(!error.to_string().contains("secret"));
        }
        for text in ["http://[::1]:5000", "http://a_b.example", "http://a;script-src"] {
            let error = ApplicationServerUrl::parse(text).unwrap_err();
            assert_eq!(error, ApplicationServerUrlError::Host, "{text}");
        }
    }

    #[test]
    fn the_own_address_is_recognised_however_it_is_written() {
        let url = ApplicationServerUrl::parse("http://localhost:80/").unwrap();
        assert!(url.is_at("http://localhost"));
        assert!(!url.is_at("http://localhost:5000"));
        assert!(!url.is_at("https://localhost"));
    }
}
