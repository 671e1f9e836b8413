//! The folder that holds everything this installation owns, and the lock that keeps it to one
//! process.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{Instant, sleep};

const LOCK_FILE: &str = "strategos.lock";
/// How long the system may take to end a process that was killed.
const ENDING_TAKES: Duration = Duration::from_secs(1);
const LOOK_EVERY: Duration = Duration::from_millis(20);

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

    /// Makes this process the only one that may write here. One that was just killed may still be
    /// ending.
    pub(crate) async fn own(&self) -> Result<Ownership, DataFolderError> {
        let unusable = |error| DataFolderError::Unusable(self.0.clone(), error);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(self.file(LOCK_FILE))
            .map_err(unusable)?;
        let give_up = Instant::now() + ENDING_TAKES;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Ownership { _lock: lock }),
                Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                    sleep(LOOK_EVERY).await;
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(DataFolderError::InUse(self.0.clone()));
                }
                Err(TryLockError::Error(error)) => return Err(unusable(error)),
            }
        }
    }
}

/// Writes a file that only its owner may read; either the old or the new content is there after a
/// crash, never half of one.
pub(crate) fn write_private(path: &Path, content: &str) -> io::Result<()> {
    let beside = path.with_extension("new");
    let written = write_beside(&beside, content).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // Half of it is of no use to anybody
        let _gone = fs::remove_file(&beside);
    }
    written?;
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

fn write_beside(beside: &Path, content: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(beside)?;
    // A file left by a crash keeps the mode it had
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}

/// Makes an empty file that only its owner may read, if there is none. A database puts what it keeps
/// beside the file under the same rights. Where none can be made, whoever opens it will say why.
pub(crate) fn reserve_private(path: &Path) {
    let mut options = OpenOptions::new();
    let _unusable = options.create_new(true).write(true).mode(0o600).open(path);
}

/// Whether anybody but the owner may read or change a file or folder.
pub(crate) fn is_private(path: &Path) -> io::Result<bool> {
    Ok(fs::metadata(path)?.permissions().mode() & OTHERS == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_written_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        // A file cannot take the place of a folder
        let path = folder.path().join("taken");
        fs::create_dir_all(path.join("by-a-folder")).unwrap();

        write_private(&path, "text").unwrap_err();

        assert!(!path.with_extension("new").exists());
    }

    #[tokio::test]
    async fn a_folder_that_its_owner_is_about_to_let_go_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(folder.path()).unwrap();
        let held = folder.own().await.unwrap();

        // In this order: the first has found it taken when the second lets go
        let (taken, ()) = tokio::join!(folder.own(), async { drop(held) });

        taken.unwrap();
    }

    #[test]
    fn a_database_file_is_its_owners_alone_in_whatever_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let file = folder.path().join("strategos.sqlite");

        reserve_private(&file);
        fs::write(&file, "kept").unwrap();
        reserve_private(&file);

        assert!(is_private(&file).unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
    }
}
