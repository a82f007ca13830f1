//! Makes what trunk built ready to be served: no inline script, one module instead of several, the sheet in the page, names
//! that change with their content, and everything compressed beforehand.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{app::files_below, fingerprint::short_hash, paths, process};

/// The name under which index.html asks for the SDK.
const SDK: &str = "openvidu-browser.js";

/// How the name of the early form's script begins. Trunk has put a hash of its content behind it.
pub(crate) const EARLY_FORM: &str = "early_form-";

/// Reads `built` and replaces `dist`.
pub(crate) fn finish(built: &Path, dist: &Path) -> Result<()> {
    let staging = paths::root().join("target").join("page").join("finished");
    remove(&staging)?;
    copy(built, &staging)?;

    let page = staging.join("index.html");
    let html = fs::read_to_string(&page).with_context(|| format!("can't read {}", page.display()))?;
    let html = hash_module(&html, &staging)?;
    let html = bundle_scripts(&html, &staging)?;
    let html = hash_sdk(&html, &staging)?;
    let html = inline_sheet(&html, &staging)?;
    fs::write(&page, condense(&html))?;

    process::output(
        Command::new("node")
            .arg(paths::node().join("compress.mjs"))
            .arg(&staging),
    )
    .context("the files can't be compressed")?;
    remove(dist)?;
    fs::rename(&staging, dist).with_context(|| format!("can't replace {}", dist.display()))
}

/// Replaces trunk's inline script and the modules that it imports by one module.
fn bundle_scripts(html: &str, directory: &Path) -> Result<String> {
    let script =
        Element::find(html, "<script type=\"module\"", "</script>").context("the page starts no module")?;
    let inline = script
        .text
        .split_once('>')
        .map(|(_, body)| body.trim_end_matches("</script>"));
    let inline = inline
        .filter(|body| body.contains("import init"))
        .context("the page's module does not start the app")?;
    let entry = directory.join("start.mjs");
    // The bundler looks for files, and these are beside the page.
    fs::write(&entry, inline.replace("from '/", "from './"))?;
    let output = directory.join("bundled");
    process::output(
        Command::new("node")
            .arg(paths::node().join("bundle.mjs"))
            .args([&entry, &output]),
    )
    .context("the scripts can't be bundled")?;

    let bundle = fs::read(&output)?;
    let name = format!("app-{}.js", short_hash(&bundle));
    remove(&entry)?;
    for file in files_below(directory)? {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.ends_with(".js") && name != SDK && !name.starts_with(EARLY_FORM) {
            remove(&file)?;
        }
    }
    remove(&directory.join("snippets"))?;
    fs::rename(&output, directory.join(&name))?;

    let tag = format!(
        "<script type=\"module\" src=\"/{name}\" crossorigin=\"anonymous\" integrity=\"{}\"></script>",
        integrity(&bundle)
    );
    let mut html = script.replace(html, &tag);
    while let Some(link) = Element::find(&html, "<link rel=\"modulepreload\"", ">") {
        html = link.replace(&html, "");
    }
    ensure!(
        html.contains("<link rel=\"preload\""),
        "the page does not load the wasm module early"
    );
    Ok(html)
}

/// Gives the wasm module a name that changes with its content. Trunk names it for its content before optimisation, so
/// that another wasm-opt would change a file that browsers keep for good.
fn hash_module(html: &str, directory: &Path) -> Result<String> {
    let files = files_below(directory)?;
    let mut modules = files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "wasm"));
    let (Some(module), None) = (modules.next(), modules.next()) else {
        bail!("the page does not have one wasm module")
    };
    let old = module
        .file_name()
        .and_then(|name| name.to_str())
        .context("the wasm module has no name")?;
    let content = fs::read(module).with_context(|| format!("can't read {}", module.display()))?;
    let name = format!("app-{}.wasm", short_hash(&content));
    ensure!(html.contains(old), "the page does not name {old}");
    fs::rename(module, directory.join(&name))?;
    Ok(html.replace(old, &name))
}

/// Gives the SDK a name that changes with its content.
fn hash_sdk(html: &str, directory: &Path) -> Result<String> {
    let sdk = directory.join(SDK);
    let content = fs::read(&sdk).with_context(|| format!("the page has no {SDK}"))?;
    let name = format!("openvidu-browser-{}.js", short_hash(&content));
    let (said, says) = (format!("content=\"/{SDK}\""), format!("content=\"/{name}\""));
    ensure!(html.contains(&said), "index.html does not name /{SDK}");
    fs::rename(&sdk, directory.join(&name))?;
    Ok(html.replace(&said, &says))
}

/// Puts the sheet into the page. Beside it, it would be what the form waits for longest: of the few files that the form needs,
/// only one can come over the connection that brought the page, and each other one takes a round trip more.
fn inline_sheet(html: &str, directory: &Path) -> Result<String> {
    let link =
        Element::find(html, "<link rel=\"stylesheet\"", ">").context("the page does not name its sheet")?;
    let name = link
        .text
        .split_once("href=\"/")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(name, _)| name)
        .context("the page's sheet has no address")?;
    let path = directory.join(name);
    let sheet = fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    ensure!(
        !sheet.contains("</"),
        "the sheet would end the element that holds it"
    );
    remove(&path)?;
    Ok(link.replace(html, &format!("<style>{}</style>", sheet.trim())))
}

/// The page without comments and indentation.
fn condense(html: &str) -> String {
    let mut html = html.to_owned();
    while let Some(comment) = Element::find(&html, "<!--", "-->") {
        html = comment.replace(&html, "");
    }
    html.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// What a page says about a file so that a browser refuses any other content.
fn integrity(content: &[u8]) -> String {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    use sha2::{Digest as _, Sha384};
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content)))
}

/// A piece of a page.
struct Element<'a> {
    before: usize,
    text: &'a str,
}

impl<'a> Element<'a> {
    /// The first piece that begins and ends so.
    fn find(html: &'a str, begin: &str, end: &str) -> Option<Self> {
        let before = html.find(begin)?;
        let rest = html.get(before..)?;
        let length = rest.find(end)? + end.len();
        Some(Self {
            before,
            text: rest.get(..length)?,
        })
    }

    /// The page with something else in its place.
    fn replace(&self, html: &str, with: &str) -> String {
        let (before, rest) = html.split_at(self.before);
        let (_, after) = rest.split_at(self.text.len());
        format!("{before}{with}{after}")
    }
}

/// Deletes a file or a directory, if it is there.
fn remove(path: &Path) -> Result<()> {
    let result = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't delete {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Copies a directory.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&file, &target).with_context(|| format!("can't write {}", target.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            condense("<p>\n  <!-- a\n b -->\n  text\n</p>\n"),
            "<p>\ntext\n</p>"
        );
    }

    #[test]
    fn the_sheet_stands_in_the_page() -> Result<()> {
        let directory = std::env::temp_dir().join(format!("finish-{}", std::process::id()));
        fs::create_dir_all(&directory)?;
        fs::write(directory.join("app-1.css"), "p{color:red}\n")?;
        let html = "<link rel=\"stylesheet\" href=\"/app-1.css\" integrity=\"x\"/><p>";
        assert_eq!(inline_sheet(html, &directory)?, "<style>p{color:red}</style><p>");
        assert!(
            inline_sheet(html, &directory).is_err(),
            "the sheet is still there"
        );
        remove(&directory)
    }

    #[test]
    fn a_piece_is_replaced_where_it_stood() {
        let html = "a<link x>b<link y>c";
        let found = Element::find(html, "<link", ">").map(|link| link.replace(html, "_"));
        assert_eq!(found.as_deref(), Some("a_b<link y>c"));
        assert!(Element::find(html, "<script", ">").is_none());
    }
}
