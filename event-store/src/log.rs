//! The contract every log backend keeps. `tests/conformance` states it as tests.

use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::watch;
use uuid::Uuid;

use crate::error::{AppendError, StoreError};
use crate::metadata::Metadata;
use crate::recorded::{Position, Recorded, StreamName};

/// An ordered, durable, gapless log of events in streams.
///
/// An acknowledged append is on disk. A reader that has seen position n never finds a smaller one
/// that it missed, whatever number of writers and processes there are.
#[async_trait]
pub trait EventLog: std::fmt::Debug + Send + Sync {
    /// Appends all events or none. Appends that arrive together share one durable transaction;
    /// each gets its own answer.
    async fn append(&self, append: Append) -> Result<Appended, AppendError>;

    /// What keeps appends from being stored, when the last one failed by the store's own fault; `None`
    /// once one was stored again.
    fn append_trouble(&self) -> Option<AppendTrouble> {
        None
    }

    /// What an earlier append with the same idempotency key answered. A known key with another
    /// fingerprint is [`AppendError::KeyReused`].
    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError>;

    /// Up to `limit` events of a stream after `after_version`, oldest first. Fewer than `limit`
    /// means the end was reached. Call again to page: a stream of any length fits.
    async fn load(
        &self,
        stream: &StreamName,
        after_version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Up to `limit` events after `after`, in position order. What this process has appended is among
    /// them at once; what others have, once [`EventLog::wake_ups`] tells.
    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, StoreError>;

    /// The event with this id.
    async fn find(&self, event_id: Uuid) -> Result<Option<Recorded>, StoreError> {
        Ok(self.find_all(&[event_id]).await?.pop())
    }

    /// The events with these ids, as far as there are any, in no particular order.
    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, StoreError>;

    /// The last position there is; 0 for an empty log.
    async fn head(&self) -> Result<Position, StoreError>;

    /// Changes whenever there may be something new, appended by this process or another. A wake-up
    /// only: the feed is the truth.
    fn wake_ups(&self) -> watch::Receiver<Position>;

    /// The latest state saved under `name` with this `shape`. May be gone at any time.
    async fn snapshot(
        &self,
        name: &StreamName,
        shape: &str,
    ) -> Result<Option<Snapshot>, StoreError>;

    /// Saves a state that can always be computed anew from the log. Replaces the one before.
    async fn save_snapshot(&self, name: &StreamName, snapshot: Snapshot) -> Result<(), StoreError>;

    /// Checks the store's own health; each line says what was checked and what was found.
    async fn health(&self) -> Result<Vec<HealthLine>, StoreError>;

    /// Stores what was handed in so far and lets go of the database. Later appends are turned away.
    async fn close(&self);
}

/// Events to store in one stream, atomically.
#[derive(Debug, Clone)]
pub struct Append {
    pub stream: StreamName,
    pub expected: Expected,
    pub events: Vec<NewEvent>,
    pub metadata: Metadata,
    /// Streams that must still be at these versions when the events are stored.
    pub unchanged: Vec<(StreamName, u64)>,
    pub idempotency: Option<Idempotency>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The stream's version before the append; 0 for a stream that must not exist yet.
    Version(u64),
    Any,
}

#[derive(Debug, Clone)]
pub struct NewEvent {
    pub event_id: Uuid,
    pub event_type: String,
    pub event_version: String,
    /// JSON text of the aggregate's event enum, externally tagged, as cqrs-es stores it.
    pub payload: String,
}

/// Makes a repeated request harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// Scoped by the caller to principal and operation.
    pub key: String,
    /// Hash of the request: the same key with another fingerprint is refused.
    pub fingerprint: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Position of the last event stored.
    pub position: Position,
    /// The stream's version after the append.
    pub version: u64,
    /// The idempotency key was known: nothing was stored now, and this is the earlier answer.
    pub repeated: bool,
}

/// The store's fault that the last append met with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppendTrouble {
    pub error: String,
    /// How long ago.
    pub ago: Duration,
}

/// Which aggregate types a reader wants; empty means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedFilter {
    pub aggregate_types: Vec<String>,
}

impl FeedFilter {
    pub fn only(aggregate_types: &[&str]) -> Self {
        Self {
            aggregate_types: aggregate_types
                .iter()
                .map(|&name| name.to_owned())
                .collect(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct FeedPage {
    pub events: Vec<Recorded>,
    /// Everything up to here was looked at: the next `after`, even where the filter left all out.
    pub up_to: Position,
    /// There was nothing more when the page was read.
    pub at_head: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Which shape of state this is; a new release with another shape ignores old snapshots.
    pub shape: String,
    /// The stream version (or, for a reader of the feed, the position) the state includes.
    pub version: u64,
    /// JSON text.
    pub state: String,
}

/// One finding of a health check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthLine {
    pub check: String,
    pub healthy: bool,
    pub finding: String,
}
