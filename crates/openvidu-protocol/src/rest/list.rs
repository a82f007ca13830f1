use serde::{Deserialize, Serialize};

/// A collection of sessions or connections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct List<T> {
    /// Length of `content`.
    pub number_of_elements: usize,
    /// The elements.
    pub content: Vec<T>,
}

impl<T> From<Vec<T>> for List<T> {
    fn from(content: Vec<T>) -> Self {
        Self {
            number_of_elements: content.len(),
            content,
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}
