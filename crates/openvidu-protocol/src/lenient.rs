//! What OpenVidu's own clients send beyond the documented shapes: explicit nulls for absent values.

use serde::{Deserialize, Deserializer};

/// `null` counts as absent. Use with `#[serde(default)]`, which covers the missing key.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
