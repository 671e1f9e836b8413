//! The folder that holds everything this installation owns, and the lock that keeps it to one
//! process.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const LOCK_FILE: &str = "strategos.lock";

/// What the group and everyone else may do; must be nothing where secrets are kept.
const OTHERS: u32 = 0o077;

#[derive(Debug, thiserror::Error)]
pub(crate) enum DataFolderError {
    #[error(
        "the data folder {0} cannot be used; choose another with --data-folder or fix its owner and rights"
    )]
    Unusable(PathBuf, #[source] io::Error),
    #[error(
        "another strategos process is using the data folder {0}; stop it first, or give this one its own with --data-folder"
    )]
    InUse(PathBuf),
}

/// An existing, writable data folder.
#[derive(Debug, Clone)]
pub(crate) struct DataFolder(PathBuf);

/// Held while a process owns the data folder; the system lets go of it when the process ends,
/// however it ends.
#[derive(Debug)]
pub(crate) struct Ownership {
    _lock: File,
}

impl DataFolder {
    /// Creates the folder, for its owner alone, if it is not there yet.
    pub(crate) fn open(path: &Path) -> Result<Self, DataFolderError> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|error| DataFolderError::Unusable(path.to_owned(), error))?;
        Ok(Self(path.to_owned()))
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Makes this process the only one that may write here.
    pub(crate) fn own(&self) -> Result<Ownership, DataFolderError> {
        let unusable = |error| DataFolderError::Unusable(self.0.clone(), error);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(self.file(LOCK_FILE))
            .map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Ownership { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DataFolderError::InUse(self.0.clone())),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }
}

/// Writes a file that only its owner may read; either the old or the new content is there after a
/// crash, never half of one.
pub(crate) fn write_private(path: &Path, content: &str) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(&beside)?;
    // A file left by a crash keeps the mode it had
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// Whether anybody but the owner may read or change a file or folder.
pub(crate) fn is_private(path: &Path) -> io::Result<bool> {
    Ok(fs::metadata(path)?.permissions().mode() & OTHERS == 0)
}
