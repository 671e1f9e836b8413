//! A folder that is whole once its last file is there.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, ensure};

/// What is being written and not whole.
const PART: &str = "part";

/// Makes the folder, or takes over one in which the same was begun and interrupted: all it may hold
/// is some of `files`, and they are removed.
pub(crate) fn begin(folder: &Path, files: &[&str]) -> anyhow::Result<()> {
    let unusable = || format!("{} cannot be made as a new folder", folder.display());
    match fs::create_dir(folder) {
        Ok(()) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(unusable),
    }
    let entries = fs::read_dir(folder).with_context(unusable)?;
    let paths: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
    let paths = paths.with_context(unusable)?;
    for path in &paths {
        let name = path.file_name().unwrap_or_default();
        let unfinished = path.extension().is_some_and(|extension| extension == PART)
            || files.iter().any(|file| name == *file);
        ensure!(
            unfinished,
            "{} holds {}: name a folder that is not there yet",
            folder.display(),
            name.display()
        );
    }
    for path in paths {
        fs::remove_file(path).with_context(unusable)?;
    }
    Ok(())
}

/// Writes a file, whole or not at all.
pub(crate) fn keep(path: &Path, text: &str) -> anyhow::Result<()> {
    let part = path.with_extension(PART);
    let written = (|| {
        let mut file = fs::File::create(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, path)
    })();
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
