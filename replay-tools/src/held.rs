//! A file that is held while a folder is written: nobody else can hold it meanwhile, and whoever was
//! interrupted leaves it behind.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::out_folder;

#[derive(Debug)]
pub(crate) struct Held {
    path: PathBuf,
    /// Locked, which ends with the program, however that ends.
    _file: File,
    was_left_behind: bool,
}

impl Held {
    /// `text` is for whoever finds the file.
    pub(crate) fn take(path: PathBuf, text: &str) -> anyhow::Result<Self> {
        let cannot = || format!("{} cannot be written", path.display());
        loop {
            let mut options = File::options();
            let options = options.read(true).write(true).create(true).truncate(false);
            let mut file = options.open(&path).with_context(cannot)?;
            match file.try_lock() {
                Ok(()) => {}
                // Some network folders know no locks
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
                Err(TryLockError::WouldBlock) => bail!(
                    "{} is being written by another strategos-replay: run this again once that is done",
                    path.parent().unwrap_or(&path).display()
                ),
            }
            // Whoever held it before may have removed it since: then this one keeps nobody out
            if !is_at(&file, &path).with_context(cannot)? {
                continue;
            }
            let was_left_behind = file.metadata().with_context(cannot)?.len() > 0;
            if !was_left_behind {
                let written = file
                    .write_all(text.as_bytes())
                    .and_then(|()| file.sync_all());
                written.with_context(cannot)?;
            }
            return Ok(Self {
                path,
                _file: file,
                was_left_behind,
            });
        }
    }

    /// Whether somebody held it before and was interrupted.
    pub(crate) fn was_left_behind(&self) -> bool {
        self.was_left_behind
    }

    pub(crate) fn end(self) -> anyhow::Result<()> {
        out_folder::remove(&self.path)
    }
}

fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let held = file.metadata()?;
    match path.metadata() {
        Ok(there) => Ok((there.dev(), there.ino()) == (held.dev(), held.ino())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
