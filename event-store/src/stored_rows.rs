//! The log's rows as they stand in the database, for whoever must not take its promises for granted.

use async_trait::async_trait;

use crate::error::StoreError;
use crate::log::{EventLog, Snapshot};
use crate::recorded::{Recorded, StreamName};
use crate::restore::StoredAnswer;
use crate::row_digest::{Digesting, RowDigest};

/// A log that can only be read. What is stored is never made, migrated, locked or changed by it.
#[async_trait]
pub trait StoredRows: EventLog {
    /// How many of this release's changes the log's tables have not had yet.
    async fn missing_changes(&self) -> Result<usize, StoreError>;

    async fn extent(&self) -> Result<Extent, StoreError>;

    /// The smallest position there is from this one on: whoever walks the rows leaps over gaps.
    async fn next_position(&self, from: i64) -> Result<Option<i64>, StoreError>;

    /// Up to `limit` answers to requests with an idempotency key, behind a key, in the order of keys.
    async fn answers(&self, after: &str, limit: usize) -> Result<Vec<StoredAnswer>, StoreError>;

    /// How many rows there are in a range of positions, both ends included.
    async fn count(&self, from: i64, to: i64) -> Result<i64, StoreError>;

    /// Up to `limit` saved states, behind a stream, in the order of streams.
    async fn snapshots(
        &self,
        after: &StreamName,
        limit: usize,
    ) -> Result<Vec<StoredSnapshot>, StoreError>;

    /// Every row whose position is in the range, both ends included, in position order: also those
    /// that readers of the feed are never shown. Events are not upcast.
    async fn rows(&self, from: i64, to: i64) -> Result<Vec<StoredRow>, StoreError>;

    /// The same rows without their texts.
    async fn digests(
        &self,
        from: i64,
        to: i64,
        how: &Digesting,
    ) -> Result<Vec<Result<RowDigest, UnreadableRow>>, StoreError>;
}

/// Where the rows begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The smallest and the largest position; `None` where there are no rows.
    pub positions: Option<(i64, i64)>,
    /// What the database says of the largest.
    pub declared_head: DeclaredHead,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclaredHead {
    /// This kind of database keeps nothing apart from the rows.
    NotKept,
    /// It should, and does not.
    Missing,
    At(i64),
}

/// A saved state as it stands in the database.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSnapshot {
    pub stream: StreamName,
    pub snapshot: Snapshot,
}

/// A row, or why it holds no event.
pub type StoredRow = Result<Recorded, UnreadableRow>;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the row at position {position} cannot be read: {why}")]
pub struct UnreadableRow {
    pub position: i64,
    /// Without names where those are what cannot be read.
    pub stream: StreamName,
    pub why: String,
}
