//! A lease as a locked file beside the log's.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;

use async_trait::async_trait;

use super::connect;
use crate::error::StoreError;
use crate::lease::Lease;

#[derive(Debug)]
struct FileLock {
    _held: File,
}

pub(crate) fn take_lease(url: &str, name: &str) -> Result<Option<Box<dyn Lease>>, StoreError> {
    let options = connect::options(url)?;
    let mut path = options.get_filename().as_os_str().to_owned();
    path.push(format!(".{name}.lock"));
    let failed = |error| StoreError::Failed(Box::new(error));
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&path)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Box::new(FileLock { _held: file }))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

#[async_trait]
impl Lease for FileLock {
    /// The system keeps a lock as long as its file is open.
    async fn confirm(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}
