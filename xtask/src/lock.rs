//! Keeps two runs from doing the same thing at once.

use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

use anyhow::{Context as _, Result};

use crate::report;

/// Waits until nobody else holds the file at `path`, which is made for that, and holds it until the result is dropped or
/// the process ends. `what` says to people what the other one does.
///
/// # Errors
/// If the file can't be written, or waiting for it fails.
pub(crate) fn exclusive(path: &Path, what: &str) -> Result<File> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).with_context(|| format!("can't create {}", directory.display()))?;
    }
    let file = File::create(path).with_context(|| format!("can't write {}", path.display()))?;
    // Where locks are not supported, such as on some network drives, there is none.
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        report::note(&format!("waiting for another run to end with {what}"));
        file.lock().with_context(|| format!("can't wait for {what}"))?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn the_second_waits_for_the_first() {
        let name = format!("xtask-lock-{}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        let path = directory.join("made/for/it");
        let first = exclusive(&path, "a test").unwrap();
        let (sender, receiver) = mpsc::channel();
        let second = std::thread::spawn({
            let (path, sender) = (path.clone(), sender.clone());
            move || {
                let _held = exclusive(&path, "a test").unwrap();
                sender.send("second").unwrap();
            }
        });
        sender.send("first").unwrap();
        drop(first);
        second.join().unwrap();
        assert_eq!(receiver.try_iter().collect::<Vec<_>>(), ["first", "second"]);
        fs::remove_dir_all(directory).unwrap();
    }
}
