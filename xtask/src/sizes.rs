//! How many bytes somebody downloads before they can use the page.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::{app::files_below, finish::EARLY_FORM};

/// Bytes, compressed with brotli, until the form can be used: the page with its sheet, and the script of the form that is
/// there before the app. A little more than there is, so that it can't grow unnoticed.
pub(crate) const FORM_BUDGET: u64 = 4_000;

/// Bytes, compressed with brotli, that the app itself takes behind the form. The aim is 100 kB; until that is reached,
/// this keeps what is there from growing.
pub(crate) const APP_BUDGET: u64 = 132_000;

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

/// What has to be there before what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Before the form can be used.
    Form,
    /// Before the app can take the form over.
    App,
    /// Neither: the SDK and pictures.
    Behind,
}

impl Stage {
    const fn name(self) -> &'static str {
        match self {
            Self::Form => "until the form can be used",
            Self::App => "the app behind the form",
            Self::Behind => "behind both",
        }
    }

    fn of(name: &str) -> Self {
        let is_code = name.ends_with(".js") || name.ends_with(".wasm");
        if name.ends_with(".html") || name.starts_with(EARLY_FORM) {
            Self::Form
        } else if is_code && !name.starts_with("openvidu-browser-") {
            Self::App
        } else {
            Self::Behind
        }
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
        let line = |name: &str, [raw, gzip, brotli]: [u64; 3]| {
            println!("  {name:<44} {raw:>9} {gzip:>9} {brotli:>9}");
        };
        println!("  {:<44} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli");
        for file in &self.files {
            line(&file.name, [file.raw, file.gzip, file.brotli]);
        }
        for stage in [Stage::Form, Stage::App, Stage::Behind] {
            let sizes: [fn(&File) -> u64; 3] = [|file| file.raw, |file| file.gzip, |file| file.brotli];
            line(stage.name(), sizes.map(|size| self.sum(stage, size)));
        }
    }

    /// Fails if the form takes more than [`FORM_BUDGET`], or the app more than [`APP_BUDGET`].
    pub(crate) fn check(&self) -> Result<()> {
        let budgets = [(Stage::Form, FORM_BUDGET), (Stage::App, APP_BUDGET)];
        let totals = budgets.map(|(stage, budget)| (stage, self.sum(stage, |file| file.brotli), budget));
        for (stage, total, budget) in totals {
            println!("  {total} of {budget} bytes of brotli: {}", stage.name());
        }
        for (stage, total, budget) in totals {
            ensure!(
                total <= budget,
                "{}: {total} bytes of brotli, more than the budget of {budget}",
                stage.name()
            );
        }
        Ok(())
    }

    fn sum(&self, stage: Stage, size: fn(&File) -> u64) -> u64 {
        let files = self.files.iter().filter(|file| Stage::of(&file.name) == stage);
        files.map(size).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_counts_where_it_is_waited_for() {
        for (name, stage) in [
            ("index.html", Stage::Form),
            ("early_form-0123456789abcdef.js", Stage::Form),
            ("app-0123456789abcdef.js", Stage::App),
            ("app-0123456789abcdef.wasm", Stage::App),
            ("openvidu-browser-0123456789abcdef.js", Stage::Behind),
            ("mark.svg", Stage::Behind),
        ] {
            assert_eq!(Stage::of(name), stage, "{name}");
        }
    }
}
