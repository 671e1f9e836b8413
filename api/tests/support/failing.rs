//! A log whose streams cannot be loaded for a while.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use event_store::log::{AppendTrouble, HealthLine, Snapshot};
use event_store::{
    Append, AppendError, Appended, EventLog, FeedFilter, FeedPage, Idempotency, Position, Recorded,
    StoreError, StreamName,
};
use tokio::sync::watch;
use uuid::Uuid;

#[derive(Debug)]
pub(crate) struct FailingLog {
    log: Arc<dyn EventLog>,
    /// So many loads fail from here on.
    pub(crate) failures: AtomicUsize,
    /// Set: once something was appended, no load succeeds any more.
    pub(crate) fails_after_append: AtomicBool,
}

impl FailingLog {
    pub(crate) fn over(log: Arc<dyn EventLog>) -> Arc<Self> {
        Arc::new(Self {
            log,
            failures: AtomicUsize::new(0),
            fails_after_append: AtomicBool::new(false),
        })
    }
}

#[async_trait]
impl EventLog for FailingLog {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let appended = self.log.append(append).await;
        if self.fails_after_append.load(Ordering::SeqCst) {
            self.failures.store(usize::MAX, Ordering::SeqCst);
        }
        appended
    }

    fn append_trouble(&self) -> Option<AppendTrouble> {
        self.log.append_trouble()
    }

    async fn earlier_answer(&self, key: &Idempotency) -> Result<Option<Appended>, AppendError> {
        self.log.earlier_answer(key).await
    }

    async fn load(
        &self,
        stream: &StreamName,
        after_version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, StoreError> {
        let left = self.failures.load(Ordering::SeqCst);
        if left > 0 {
            self.failures.store(left - 1, Ordering::SeqCst);
            let disk = std::io::Error::other("the disk is away");
            return Err(StoreError::Failed(Box::new(disk)));
        }
        self.log.load(stream, after_version, limit).await
    }

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, StoreError> {
        self.log.feed(after, limit, filter).await
    }

    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, StoreError> {
        self.log.find_all(event_ids).await
    }

    async fn head(&self) -> Result<Position, StoreError> {
        self.log.head().await
    }

    fn wake_ups(&self) -> watch::Receiver<Position> {
        self.log.wake_ups()
    }

    async fn snapshot(
        &self,
        name: &StreamName,
        shape: &str,
    ) -> Result<Option<Snapshot>, StoreError> {
        self.log.snapshot(name, shape).await
    }

    async fn save_snapshot(&self, name: &StreamName, snapshot: Snapshot) -> Result<(), StoreError> {
        self.log.save_snapshot(name, snapshot).await
    }

    async fn health(&self) -> Result<Vec<HealthLine>, StoreError> {
        self.log.health().await
    }

    async fn close(&self) {
        self.log.close().await;
    }
}
