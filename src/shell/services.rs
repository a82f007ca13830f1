//! What a call needs from elsewhere.

use std::rc::Rc;

use super::sdk::SdkLoader;
use super::{ApplicationServer, Config};

/// What every call needs from elsewhere. Made once a page.
pub(super) struct Services {
    /// Gives out tokens.
    pub server: ApplicationServer,
    /// Loads the SDK, once.
    pub sdk: Rc<SdkLoader>,
    /// Where tokens will probably lead; empty where nobody knows.
    pub deployment: String,
}

impl Services {
    pub(super) fn new(config: Config) -> Self {
        Self {
            server: ApplicationServer::new(config.application_server),
            sdk: Rc::new(SdkLoader::new(config.sdk)),
            deployment: config.deployment,
        }
    }
}
