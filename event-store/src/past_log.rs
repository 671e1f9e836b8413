//! The log as it was when some position was its last.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::watch;
use uuid::Uuid;

use crate::error::{AppendError, StoreError};
use crate::log::{
    Append, Appended, EventLog, FeedFilter, FeedPage, HealthLine, Idempotency, Snapshot,
};
use crate::recorded::{Position, Recorded, StreamName};

/// Everything behind the position is as if it had not happened. Nothing can be appended.
#[derive(Debug, Clone)]
pub struct PastLog {
    log: Arc<dyn EventLog>,
    last: Position,
}

impl PastLog {
    pub fn new(log: Arc<dyn EventLog>, last: Position) -> Self {
        Self { log, last }
    }
}

#[async_trait]
impl EventLog for PastLog {
    async fn append(&self, _append: Append) -> Result<Appended, AppendError> {
        Err(AppendError::Store(StoreError::opened_to_read()))
    }

    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError> {
        let answer = self.log.earlier_answer(idempotency).await?;
        Ok(answer.filter(|answer| answer.position <= self.last))
    }

    async fn load(
        &self,
        stream: &StreamName,
        after_version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut events = self.log.load(stream, after_version, limit).await?;
        events.retain(|event| event.position <= self.last);
        Ok(events)
    }

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, StoreError> {
        if after >= self.last {
            return Ok(FeedPage {
                events: vec![],
                up_to: after,
                at_head: true,
            });
        }
        let mut page = self.log.feed(after, limit, filter).await?;
        if page.up_to >= self.last {
            page.events.retain(|event| event.position <= self.last);
            page.up_to = self.last;
            page.at_head = true;
        }
        Ok(page)
    }

    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, StoreError> {
        let mut found = self.log.find_all(event_ids).await?;
        found.retain(|event| event.position <= self.last);
        Ok(found)
    }

    async fn head(&self) -> Result<Position, StoreError> {
        Ok(self.log.head().await?.min(self.last))
    }

    fn wake_ups(&self) -> watch::Receiver<Position> {
        self.log.wake_ups()
    }

    /// One of the present may hold what had not happened.
    async fn snapshot(&self, _: &StreamName, _: &str) -> Result<Option<Snapshot>, StoreError> {
        Ok(None)
    }

    async fn save_snapshot(&self, _: &StreamName, _: Snapshot) -> Result<(), StoreError> {
        Ok(())
    }

    async fn health(&self) -> Result<Vec<HealthLine>, StoreError> {
        self.log.health().await
    }

    async fn close(&self) {
        self.log.close().await;
    }
}
