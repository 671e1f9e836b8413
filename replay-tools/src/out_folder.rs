//! Files in a folder, each whole or not there.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, ensure};

/// What is being written and not whole.
const PART: &str = "part";

/// Writes a file, whole or not at all.
pub(crate) fn keep(path: &Path, text: &str) -> anyhow::Result<()> {
    let part = path.with_extension(PART);
    let written = (|| {
        let mut file = fs::File::create(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, path)
    })();
    if written.is_err() {
        // Half of it is of no use to anybody
        let _kept = fs::remove_file(&part);
    }
    written.with_context(|| format!("{} cannot be written", path.display()))
}

/// What is needed no more, where it is there.
pub(crate) fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}

/// Writes a file that is not there yet, whole or not at all.
pub(crate) fn create(path: &Path, text: &str) -> anyhow::Result<()> {
    ensure!(
        !path.exists(),
        "{} is there already and is not written over: name another file",
        path.display()
    );
    keep(path, text)
}
