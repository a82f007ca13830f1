//! Reads a built application client.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use axum::{body::Bytes, http::HeaderValue};
use sha2::{Digest as _, Sha256};

use super::{
    ASK_FIRST, FOREVER, File, PAGE, Representation, StaticFiles,
    compress::{brotli, gzip},
    page::{APPLICATION_SERVER, DEPLOYMENT, tell},
};
use crate::ApplicationServerUrl;

/// Bytes of all files together. A page of ours has less than 2 MB: more is another directory, given by mistake.
const LARGEST_TOTAL: u64 = 64 * 1024 * 1024;
/// Files in all directories together, for the same reason.
const MOST_FILES: usize = 2_000;

/// Why a directory can't be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// There is no page in it.
    #[error("there is no built application client in `{}`: build one with `cargo xtask build`", directory.display())]
    NoPage {
        /// The directory.
        directory: PathBuf,
    },
    /// It can't be a built application client.
    #[error("`{}` is too large for a built application client", directory.display())]
    TooLarge {
        /// The directory.
        directory: PathBuf,
    },
    /// A file can't be read.
    #[error("`{}` can't be read", path.display())]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
    /// It can't be told where the application server is.
    #[error(
        "the page can't be told where the application server is: it has no `<meta name=\"{APPLICATION_SERVER}\">`"
    )]
    NotConfigurable,
}

impl StaticFiles {
    /// Reads all files of a directory and below. Hidden files and symbolic links are left out; `name.br` and
    /// `name.gz` are compressed forms of `name`.
    ///
    /// # Errors
    /// [`LoadError`] if there is no `index.html`, a file can't be read, or there is far too much.
    pub fn load(directory: &Path) -> Result<Self, LoadError> {
        let mut contents = Contents {
            directory,
            files: BTreeMap::new(),
            total: 0,
        };
        if !directory.join("index.html").is_file() {
            return Err(LoadError::NoPage {
                directory: directory.to_owned(),
            });
        }
        contents.read(directory, "")?;
        Ok(Self(contents.into_files()))
    }

    /// Tells the page to use this application server instead of its own origin.
    ///
    /// # Errors
    /// [`LoadError::NotConfigurable`] if the page has no element for that.
    pub fn use_application_server(&mut self, url: &ApplicationServerUrl) -> Result<(), LoadError> {
        self.tell_page(APPLICATION_SERVER, url.as_str())
            .ok_or(LoadError::NotConfigurable)
    }

    /// Tells the page where its tokens lead, such as `ws://localhost:5000`. A page that does not ask is left as it is.
    pub fn announce_deployment(&mut self, url: &str) {
        self.tell_page(DEPLOYMENT, url).unwrap_or_default();
    }

    /// Changes the page in all its forms, or nothing if it has no element of this name.
    fn tell_page(&mut self, name: &str, content: &str) -> Option<()> {
        let page = self.0.get_mut(PAGE)?;
        let html = tell(str::from_utf8(&page.identity.content).ok()?, name, content)?;
        let compressed = |compress: fn(&[u8]) -> Option<Vec<u8>>| {
            let content = compress(html.as_bytes()).filter(|content| content.len() < html.len());
            content.map(|content| representation(&content.into()))
        };
        page.brotli = page.brotli.as_ref().and_then(|_| compressed(brotli));
        page.gzip = page.gzip.as_ref().and_then(|_| compressed(gzip));
        page.identity = representation(&html.into());
        Some(())
    }
}

/// What was read so far, by path.
struct Contents<'a> {
    directory: &'a Path,
    files: BTreeMap<String, Bytes>,
    total: u64,
}

impl Contents<'_> {
    fn read(&mut self, directory: &Path, prefix: &str) -> Result<(), LoadError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            |source| LoadError::Unreadable { path, source }
        };
        for entry in fs::read_dir(directory).map_err(unreadable(directory))? {
            let entry = entry.map_err(unreadable(directory))?;
            let (path, name) = (entry.path(), entry.file_name());
            // A name that is not text can't be asked for.
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
                continue;
            };
            let kind = entry.file_type().map_err(unreadable(&path))?;
            let key = format!("{prefix}/{name}");
            if kind.is_dir() {
                self.read(&path, &key)?;
            } else if kind.is_file() {
                self.total += entry.metadata().map_err(unreadable(&path))?.len();
                if self.total > LARGEST_TOTAL || self.files.len() >= MOST_FILES {
                    return Err(LoadError::TooLarge {
                        directory: self.directory.to_owned(),
                    });
                }
                self.files
                    .insert(key, fs::read(&path).map_err(unreadable(&path))?.into());
            }
        }
        Ok(())
    }

    fn into_files(self) -> BTreeMap<String, File> {
        let files = &self.files;
        let is_form_of_another = |path: &str| {
            [".br", ".gz"].iter().any(|ending| {
                path.strip_suffix(ending)
                    .is_some_and(|path| files.contains_key(path))
            })
        };
        let originals = files.iter().filter(|(path, _)| !is_form_of_another(path));
        originals
            .map(|(path, content)| {
                let form = |ending: &str| files.get(&format!("{path}{ending}")).map(representation);
                let file = File {
                    content_type: content_type(path),
                    cache_control: if has_hash(path) { FOREVER } else { ASK_FIRST },
                    identity: representation(content),
                    gzip: form(".gz"),
                    brotli: form(".br"),
                };
                (path.clone(), file)
            })
            .collect()
    }
}

fn representation(content: &Bytes) -> Representation {
    let hash: String = Sha256::digest(content)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = HeaderValue::try_from(format!("\"{hash}\"")).unwrap_or(HeaderValue::from_static("\"\""));
    Representation {
        content: content.clone(),
        tag,
    }
}

fn content_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = guess.type_() == mime_guess::mime::TEXT;
    let text = if is_text {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    };
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// Hexadecimal digits from which on the end of a name counts as a hash. Most have 16, but trunk leaves out zeros in front.
const SHORTEST_HASH: usize = 12;

/// Whether a file's name changes with its content: `name-0123456789abcdef.js`.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let hash = stem.rsplit_once('-').map(|(_, hash)| hash);
    path != PAGE
        && hash.is_some_and(|hash| {
            hash.len() >= SHORTEST_HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_forever() {
        for path in ["/app-0123456789abcdef.js", "/a/app-123456789abcdef.wasm"] {
            assert!(has_hash(path), "{path}");
        }
        for path in [
            "/index.html",
            "/mark.svg",
            "/openvidu-browser.js",
            "/a-b.css",
            "/a-0123456789abcdeg.js",
            "/a-.js",
        ] {
            assert!(!has_hash(path), "{path}");
        }
    }
}
