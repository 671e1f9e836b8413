//! One holder at a time of what only one process may do.

use async_trait::async_trait;

use crate::backend::Backend;
use crate::error::StoreError;

/// Held until it is dropped or its process ends, however it ends; the database then lets go of it.
#[async_trait]
pub trait Lease: std::fmt::Debug + Send {
    /// An error means that another process may hold it by now: whatever it allowed must end.
    async fn confirm(&mut self) -> Result<(), StoreError>;
}

/// Takes the lease `name` of the installation whose log is at `url`; `None` while another process,
/// or this one, holds it.
///
/// On PostgreSQL it is an advisory lock of a session, so the URL must not lead through a pooler
/// that shares sessions. On SQLite it is a locked file beside the log's.
pub async fn take_lease(url: &str, name: &str) -> Result<Option<Box<dyn Lease>>, StoreError> {
    Backend::of(url)?.take_lease(name).await
}
