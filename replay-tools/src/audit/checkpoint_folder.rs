//! The folder that checkpoints are kept in, with the leaf hashes they were signed over.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Leaves, SignedRoot};
use crate::note::{Policy, SignedNote};
use crate::out_folder;

const EXTENSION: &str = "checkpoint";

#[derive(Debug)]
pub(crate) struct CheckpointFolder(PathBuf);

impl CheckpointFolder {
    pub(crate) fn at(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The files, in the order of the sizes in their names.
    pub(crate) fn files(&self) -> anyhow::Result<Vec<PathBuf>> {
        let unreadable = || format!("the folder {} cannot be read", self.0.display());
        let entries = fs::read_dir(&self.0).with_context(unreadable)?;
        let paths: io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
        let mut paths = paths.with_context(unreadable)?;
        paths.retain(|path| path.extension().is_some_and(|found| found == EXTENSION));
        paths.sort();
        Ok(paths)
    }

    pub(crate) fn leaves_file(&self) -> PathBuf {
        self.0.join("leaves")
    }

    pub(crate) fn leaves(&self) -> anyhow::Result<Option<Leaves>> {
        let file = self.leaves_file();
        file.exists().then(|| Leaves::open(&file)).transpose()
    }

    pub(crate) fn file_of(&self, size: u64) -> PathBuf {
        // So many digits that names sort as sizes do
        self.0.join(format!("{size:020}.{EXTENSION}"))
    }

    pub(crate) fn keep(&self, size: u64, note: &SignedNote) -> anyhow::Result<PathBuf> {
        let path = self.file_of(size);
        out_folder::keep(&path, &note.to_string())?;
        Ok(path)
    }
}

/// What the checkpoint in a file says, if its signatures are those asked for.
pub(crate) fn signed_root(policy: &Policy, file: &Path) -> anyhow::Result<SignedRoot> {
    let (_, checkpoint) = policy.read(file)?;
    Ok(SignedRoot {
        name: file.display().to_string(),
        size: checkpoint.size,
        root: checkpoint.root,
    })
}
