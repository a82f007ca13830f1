//! How many bytes somebody downloads before they can use the page.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::app::files_below;

/// Bytes, compressed with brotli, until the form can be used. The aim is 100 kB; until that is reached, this keeps what
/// is there from growing.
pub(crate) const BUDGET: u64 = 142_000;

/// The sizes of the built page's files.
pub(crate) struct Report {
    files: Vec<File>,
}

/// Sizes in bytes: as it is, and as served compressed.
struct File {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl File {
    /// The SDK loads once the form can be used; everything else that the page itself asks for comes before.
    fn before_form(&self) -> bool {
        let loaded = [".html", ".js", ".css", ".wasm"]
            .iter()
            .any(|ending| self.name.ends_with(ending));
        loaded && !self.name.starts_with("openvidu-browser-")
    }
}

impl Report {
    /// Reads them from a finished page.
    pub(crate) fn of(dist: &Path) -> Result<Self> {
        let length = |path: &Path| fs::metadata(path).map(|metadata| metadata.len());
        let mut files = vec![];
        for path in files_below(dist)? {
            let name = path.strip_prefix(dist)?.to_string_lossy().into_owned();
            if name.starts_with('.') || name.ends_with(".gz") || name.ends_with(".br") {
                continue;
            }
            let raw = length(&path)?;
            let compressed = |ending: &str| length(&dist.join(format!("{name}{ending}"))).unwrap_or(raw);
            files.push(File {
                raw,
                gzip: compressed(".gz"),
                brotli: compressed(".br"),
                name,
            });
        }
        Ok(Self { files })
    }

    /// Prints a table.
    pub(crate) fn print(&self) {
        println!("  {:<44} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli");
        for File {
            name,
            raw,
            gzip,
            brotli,
        } in &self.files
        {
            println!("  {name:<44} {raw:>9} {gzip:>9} {brotli:>9}");
        }
        let sum = |size: fn(&File) -> u64| {
            self.files
                .iter()
                .filter(|file| file.before_form())
                .map(size)
                .sum::<u64>()
        };
        println!(
            "  {:<44} {:>9} {:>9} {:>9}",
            "until the form can be used",
            sum(|file| file.raw),
            sum(|file| file.gzip),
            sum(|file| file.brotli)
        );
    }

    /// Fails if the form takes more than [`BUDGET`].
    pub(crate) fn check(&self) -> Result<()> {
        let total: u64 = self
            .files
            .iter()
            .filter(|file| file.before_form())
            .map(|file| file.brotli)
            .sum();
        println!("  {total} of {BUDGET} bytes of brotli until the form can be used");
        ensure!(
            total <= BUDGET,
            "the form takes {total} bytes of brotli, more than the budget of {BUDGET}"
        );
        Ok(())
    }
}
