//! Lets a process die at a chosen moment: between any two things it does to the outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use domain::ids::ClientOrderId;
use event_store::log::{HealthLine, Snapshot};
use event_store::{
    Append, AppendError, Appended, EventLog, FeedFilter, FeedPage, Idempotency, Position, Recorded,
    StoreError, StreamName,
};
use executors::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PairBalances, PlaceAnswer, ReplaceAnswer,
    Replacement, Replaces, Venue, VenueError,
};
use strategies::{Book, Ticker, TradingRules};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use super::Exchange;

/// Blows when it has been passed so many times; whoever passes it then never comes back.
#[derive(Debug)]
pub(crate) struct Fuse {
    left: AtomicUsize,
    blown: Notify,
}

impl Fuse {
    pub(crate) fn after(passes: usize) -> Arc<Self> {
        Arc::new(Self {
            left: AtomicUsize::new(passes),
            blown: Notify::new(),
        })
    }

    pub(crate) async fn blown(&self) {
        self.blown.notified().await;
    }

    async fn pass(&self) {
        let left = self.left.load(Ordering::SeqCst);
        if left == 0 {
            self.blown.notify_one();
            std::future::pending::<()>().await;
        }
        self.left.store(left - 1, Ordering::SeqCst);
    }
}

#[derive(Debug)]
pub(crate) struct FusedLog {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) fuse: Arc<Fuse>,
    /// While it is set, no stream can be loaded.
    pub(crate) unreadable: AtomicBool,
}

#[async_trait]
impl EventLog for FusedLog {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.fuse.pass().await;
        let answer = self.log.append(append).await;
        self.fuse.pass().await;
        answer
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
        if self.unreadable.load(Ordering::SeqCst) {
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
        self.fuse.pass().await;
        let answer = self.log.save_snapshot(name, snapshot).await;
        self.fuse.pass().await;
        answer
    }

    async fn health(&self) -> Result<Vec<HealthLine>, StoreError> {
        self.log.health().await
    }

    async fn close(&self) {
        self.log.close().await;
    }
}

#[derive(Debug)]
pub(crate) struct FusedVenue {
    pub(crate) venue: Arc<Exchange>,
    pub(crate) fuse: Arc<Fuse>,
}

#[async_trait]
impl Venue for FusedVenue {
    async fn place(&self, order: &OrderRequest) -> PlaceAnswer {
        self.fuse.pass().await;
        let answer = self.venue.place(order).await;
        self.fuse.pass().await;
        answer
    }

    async fn cancel(&self, pair: &str, id: &ClientOrderId) -> OrderAnswer {
        self.fuse.pass().await;
        let answer = self.venue.cancel(pair, id).await;
        self.fuse.pass().await;
        answer
    }

    async fn order(&self, pair: &str, id: &ClientOrderId) -> OrderAnswer {
        self.fuse.pass().await;
        self.venue.order(pair, id).await
    }

    fn replacing(&self) -> Option<&dyn Replaces> {
        self.venue.replacing().map(|_| self as &dyn Replaces)
    }

    async fn fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, VenueError> {
        self.fuse.pass().await;
        self.venue.fills_since(cursor).await
    }

    async fn balances(&self, pair: &str) -> Result<PairBalances, VenueError> {
        self.venue.balances(pair).await
    }

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError> {
        self.venue.book(pair).await
    }

    async fn ticker(&self, pair: &str) -> Result<Ticker, VenueError> {
        self.venue.ticker(pair).await
    }

    async fn rules(&self, pair: &str) -> Result<Arc<TradingRules>, VenueError> {
        self.venue.rules(pair).await
    }
}

#[async_trait]
impl Replaces for FusedVenue {
    async fn replace(&self, replacement: &Replacement) -> ReplaceAnswer {
        self.fuse.pass().await;
        let answer = self.venue.replace(replacement).await;
        self.fuse.pass().await;
        answer
    }
}
