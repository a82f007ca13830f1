//! What the page may load and whom it may talk to.

use std::sync::Arc;

use axum::http::HeaderValue;
use reqwest::Url;
use tokio::sync::watch;

use crate::{ApplicationServerUrl, http_url};

/// Everything but `connect-src`. `'unsafe-inline'` for styles only: components put their styles into `<style>`
/// elements, which their library can't mark with a nonce.
const FIXED: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; media-src 'self' blob: mediastream:; font-src 'self'; manifest-src 'self'; \
    base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// The page's policy: itself, the application server if that is another one, and the websocket of the deployment. Clones
/// are one policy, which may learn of further addresses while the server runs.
#[derive(Debug, Clone)]
pub struct ContentSecurityPolicy(Arc<watch::Sender<Policy>>);

#[derive(Debug)]
struct Policy {
    sources: Vec<String>,
    header: HeaderValue,
}

impl ContentSecurityPolicy {
    /// Lets the page talk to its own origin only.
    #[must_use]
    pub fn own_origin() -> Self {
        let policy = Policy {
            sources: Vec::new(),
            header: HeaderValue::from_static(FIXED),
        };
        let policy = Self(Arc::new(watch::Sender::new(policy)));
        policy.allow(&[]);
        policy
    }

    /// Lets the page also talk to the deployment with this URL, over HTTP and websocket. What is no such URL, or
    /// can't stand in a policy, changes nothing.
    pub fn allow_deployment(&self, url: &str) {
        if let Some(url) = http_url::parse(url) {
            self.allow_origin(&url);
        }
    }

    /// Lets the page also talk to another application server; and to a deployment that stands at the same origin, as
    /// it often does.
    pub fn allow_application_server(&self, url: &ApplicationServerUrl) {
        self.allow_deployment(url.as_str());
    }

    /// The header's value.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        self.0.borrow().header.clone()
    }

    fn allow_origin(&self, url: &Url) {
        let Some(host) = http_url::host_in_policy(url) else {
            tracing::warn!(
                host = url.host_str(),
                "the page can't be allowed this host, as its policy can't name it"
            );
            return;
        };
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let websocket = if url.scheme() == "https" { "wss" } else { "ws" };
        self.allow(&[
            format!("{websocket}://{host}{port}"),
            format!("{}://{host}{port}", url.scheme()),
        ]);
    }

    fn allow(&self, sources: &[String]) {
        self.0.send_modify(|policy| {
            for source in sources {
                if !policy.sources.contains(source) {
                    policy.sources.push(source.clone());
                }
            }
            let sources: String = policy.sources.iter().map(|source| format!(" {source}")).collect();
            match HeaderValue::try_from(format!("{FIXED}; connect-src 'self'{sources}")) {
                Ok(header) => policy.header = header,
                Err(error) => tracing::error!(%error, "the content security policy can't be a header"),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connect_sources(policy: &ContentSecurityPolicy) -> String {
        let header = policy.header();
        header
            .to_str()
            .unwrap()
            .split("connect-src ")
            .nth(1)
            .unwrap()
            .to_owned()
    }

    #[test]
    fn the_page_may_reach_its_own_origin_and_the_deployment() {
        let policy = ContentSecurityPolicy::own_origin();
        assert_eq!(connect_sources(&policy), "'self'");
        policy.allow_deployment("https://example.org/");
        policy.clone().allow_deployment("http://localhost:4443");
        policy.allow_deployment("https://example.org");
        assert_eq!(
            connect_sources(&policy),
            "'self' wss://example.org https://example.org ws://localhost:4443 http://localhost:4443"
        );
    }

    #[test]
    fn another_application_server_may_be_its_own_deployment() {
        let policy = ContentSecurityPolicy::own_origin();
        let url = ApplicationServerUrl::parse("https://example.org:5443/back-end").unwrap();
        policy.allow_application_server(&url);
        assert_eq!(
            connect_sources(&policy),
            "'self' wss://example.org:5443 https://example.org:5443"
        );
    }

    #[test]
    fn what_is_no_address_changes_nothing() {
        let policy = ContentSecurityPolicy::own_origin();
        for url in [
            "",
            "example.org",
            "javascript:alert(1)",
            "ftp://example.org",
            "http://a;script-src *",
            "http://a;report-uri",
            "http://a,b",
            "http://'none'",
            "http://a_b",
            "http://[::1]:4443",
        ] {
            policy.allow_deployment(url);
        }
        assert_eq!(connect_sources(&policy), "'self'");
    }
}
