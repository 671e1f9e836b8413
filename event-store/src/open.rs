//! From a URL to a log.

use std::path::Path;
use std::sync::Arc;

use domain::clock::Clock;

use crate::backend::Backend;
use crate::error::StoreError;
use crate::log::EventLog;
use crate::restore::Restoring;
use crate::stored_rows::StoredRows;
use crate::upcasters::Upcasters;

/// Opens the log at `sqlite:<path>`, `postgres://…` or `kurrentdb://…`, creating and migrating it as
/// needed. Beside KurrentDB it needs a file for a mirror: [`with_mirror_in`].
pub async fn open(url: &str, clock: Arc<dyn Clock>) -> Result<Arc<dyn EventLog>, StoreError> {
    open_with(url, clock, Upcasters::released()).await
}

/// Opens the log with other upcasters than this release's: [`Upcasters::none`] shows every event
/// exactly as it was stored.
pub async fn open_with(
    url: &str,
    clock: Arc<dyn Clock>,
    upcasters: Upcasters,
) -> Result<Arc<dyn EventLog>, StoreError> {
    let backend = Backend::of(url)?;
    backend.migrate().await?;
    backend.open(clock, upcasters).await
}

/// Opens a log that is there already, to read it and nothing else: with a user that may only select,
/// from a file that may only be read, and beside a server that runs.
pub async fn open_to_read(
    url: &str,
    upcasters: Upcasters,
) -> Result<Arc<dyn StoredRows>, StoreError> {
    Backend::of(url)?.open_to_read(upcasters).await
}

/// Begins to write a history that was recorded elsewhere into the log at `url`, which must be empty;
/// it is created and migrated as needed.
pub async fn restore_into(url: &str) -> Result<Box<dyn Restoring>, StoreError> {
    let backend = Backend::of(url)?;
    backend.migrate().await?;
    backend.restore().await
}

/// Brings the log's tables up to this release and leaves.
pub async fn migrate(url: &str) -> Result<(), StoreError> {
    Backend::of(url)?.migrate().await
}

/// The URL of the database that read tables can be in beside the log at `url`: the log's own, or the
/// file of the mirror where KurrentDB keeps the log.
pub fn database_of(url: &str) -> Result<String, StoreError> {
    Backend::of(url)?.database()
}

/// `url` with a place for the mirror of the log, where it needs one and names none.
pub fn with_mirror_in(url: &str, file: &Path) -> Result<String, StoreError> {
    Backend::of(url)?.with_mirror_in(&file.to_string_lossy())
}
