//! Whether anything changed since the last time: a hash over everything that a result depends on.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

/// Collects what a result depends on.
#[derive(Default)]
pub(crate) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Depends on a text, such as a tool's version.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.part(text.as_bytes());
        self
    }

    /// Depends on a file's name and content. A missing file is a state of its own.
    pub(crate) fn file(mut self, path: &Path) -> Result<Self> {
        self.part(path.to_string_lossy().as_bytes());
        match fs::read(path) {
            Ok(content) => self.part(&content),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => self.part(b"missing"),
            Err(error) => return Err(error).with_context(|| format!("can't read {}", path.display())),
        }
        Ok(self)
    }

    /// Depends on all of these files, whatever their order.
    pub(crate) fn files(self, paths: impl IntoIterator<Item = PathBuf>) -> Result<Self> {
        let mut paths: Vec<_> = paths.into_iter().collect();
        paths.sort();
        paths
            .iter()
            .try_fold(self, |fingerprint, path| fingerprint.file(path))
    }

    /// The fingerprint in hexadecimal.
    pub(crate) fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }

    /// Each part goes in with its length, so that no two lists of parts look alike.
    fn part(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }
}

/// Whether the stamp at `path` says that this was done already.
pub(crate) fn is_fresh(path: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|stamp| stamp == fingerprint)
}

/// Remembers at `path` that this was done.
pub(crate) fn remember(path: &Path, fingerprint: &str) -> Result<()> {
    fs::write(path, fingerprint).with_context(|| format!("can't write {}", path.display()))
}

/// The first 16 digits of a content's hash, for file names that change with their content.
pub(crate) fn short_hash(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content)).chars().take(16).collect()
}

/// The SHA-256 of a file, in hexadecimal.
pub(crate) fn hash_of(path: &Path) -> Result<String> {
    let content = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    Ok(hexadecimal(&Sha256::digest(&content)))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
