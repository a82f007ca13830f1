use std::fmt;

use subtle::ConstantTimeEq;

/// The deployment's password.
pub(crate) struct Secret(Box<[u8]>);

impl Secret {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.as_bytes().into())
    }

    /// Takes as long for a nearly right guess as for a wrong one. An empty secret matches nothing.
    pub(crate) fn matches(&self, guess: &[u8]) -> bool {
        !self.0.is_empty() && bool::from(self.0.ct_eq(guess))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}
