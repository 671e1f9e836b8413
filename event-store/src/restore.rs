//! Writes a history that was recorded elsewhere into an empty log: the same positions, ids, times
//! and texts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::error::StoreError;
use crate::recorded::Recorded;

/// One transaction: what was handed in stands in the log once [`Restoring::finish`] has returned,
/// and nothing of it before, or without.
#[async_trait]
pub trait Restoring: Send {
    /// The next events, in position order.
    async fn events(&mut self, events: &[Recorded]) -> Result<(), StoreError>;

    async fn answers(&mut self, answers: &[StoredAnswer]) -> Result<(), StoreError>;

    async fn finish(self: Box<Self>) -> Result<(), StoreError>;
}

/// Where a history is to go that has to begin with its first event.
#[derive(Debug, thiserror::Error)]
#[error("the log is not empty")]
pub(crate) struct NotEmpty;

/// What a request with an idempotency key was answered. Kept beside the events: without it a
/// request that is repeated after a move would be carried out twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    pub key: String,
    pub fingerprint: String,
    pub position: i64,
    pub version: i64,
    pub recorded_at: DateTime<Utc>,
}
