/// Why the SDK could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// There is no document: not the main thread of a page.
    #[error("there is no document to load the SDK into")]
    NoDocument,
    /// The script could not be fetched or is not allowed.
    #[error("could not load {url}")]
    Fetch {
        /// Its address.
        url: Box<str>,
    },
    /// The script was loaded and does not define the SDK.
    #[error("{url} is not the openvidu-browser SDK")]
    NotTheSdk {
        /// Its address.
        url: Box<str>,
    },
    /// The script did not arrive in time.
    #[error("{url} did not arrive in time")]
    Timeout {
        /// Its address.
        url: Box<str>,
    },
}
