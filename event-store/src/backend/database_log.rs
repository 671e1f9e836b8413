//! A log in a database, whichever it is, and whether it is written to or only read.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use metrics::counter;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::appender::{Appender, Verdict};
use super::group_load::{GroupLoad, StreamReader, Wanted};
use super::last_append::LastAppend;
use super::rare_types::RareTypes;
use super::recent_events::RecentEvents;
use super::trouble::Trouble;
use crate::error::{AppendError, StoreError};
use crate::log::{
    Append, AppendTrouble, Appended, EventLog, FeedFilter, FeedPage, HealthLine, Idempotency,
    Snapshot,
};
use crate::recorded::{Position, Recorded, StreamName};
use crate::upcasters::Upcasters;

/// What a database must answer readers. Events come as they are stored.
#[async_trait]
pub(crate) trait Database: fmt::Debug + Send + Sync + 'static {
    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError>;

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, Trouble>;

    /// How many events of these types there are; no more than `at_most` are counted.
    async fn count_of(&self, types: &[String], at_most: usize) -> Result<usize, Trouble>;

    /// As [`Self::feed`], up to the end of the log and by type: for types of which there are few.
    async fn feed_of_few(
        &self,
        after: Position,
        limit: usize,
        types: &[String],
    ) -> Result<FeedPage, Trouble>;

    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, Trouble>;

    async fn head(&self) -> Result<Position, Trouble>;

    async fn snapshot(&self, name: &StreamName, shape: &str) -> Result<Option<Snapshot>, Trouble>;

    async fn save_snapshot(&self, name: &StreamName, snapshot: &Snapshot) -> Result<(), Trouble>;

    async fn health(&self) -> Result<Vec<HealthLine>, Trouble>;

    async fn close(&self);
}

/// What becomes of appends.
#[async_trait]
pub(crate) trait Writing: fmt::Debug + Send + Sync + 'static {
    async fn append(&self, append: Append) -> Verdict;

    /// What was appended last, where that is known.
    fn recent(&self) -> Option<&RecentEvents>;

    /// Whether whoever writes has broken down: nothing will be stored until the process starts anew.
    fn has_ended(&self) -> bool;

    /// Whether states may be saved beside the log.
    fn is_allowed(&self) -> Result<(), StoreError>;

    /// Writes what was handed in so far, then stops.
    async fn close(&self);
}

#[derive(Debug)]
pub(crate) struct DatabaseLog<D, W> {
    pub(crate) database: D,
    writing: W,
    last_append: LastAppend,
    loads: GroupLoad,
    rare_types: RareTypes,
    upcasters: Upcasters,
    wake_up: watch::Sender<Position>,
    /// Stops with the log.
    watcher: AbortOnDropHandle<()>,
}

impl<D: Database, W: Writing> DatabaseLog<D, W> {
    /// `watching` raises `wake_up` when others append.
    pub(crate) fn start(
        database: D,
        writing: W,
        streams: impl StreamReader,
        upcasters: Upcasters,
        wake_up: watch::Sender<Position>,
        watching: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        Self {
            database,
            writing,
            last_append: LastAppend::default(),
            loads: GroupLoad::start(streams),
            rare_types: RareTypes::default(),
            upcasters,
            wake_up,
            watcher: AbortOnDropHandle::new(tokio::spawn(watching)),
        }
    }
}

#[async_trait]
impl Writing for Appender {
    async fn append(&self, append: Append) -> Verdict {
        Self::append(self, append).await
    }

    fn recent(&self) -> Option<&RecentEvents> {
        Some(Self::recent(self))
    }

    fn has_ended(&self) -> bool {
        Self::has_ended(self)
    }

    fn is_allowed(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn close(&self) {
        Self::close(self).await;
    }
}

/// The log was opened to be read.
#[derive(Debug)]
pub(crate) struct ReadOnly;

#[async_trait]
impl Writing for ReadOnly {
    async fn append(&self, _append: Append) -> Verdict {
        Err(AppendError::Store(StoreError::opened_to_read()))
    }

    fn recent(&self) -> Option<&RecentEvents> {
        None
    }

    fn has_ended(&self) -> bool {
        false
    }

    fn is_allowed(&self) -> Result<(), StoreError> {
        Err(StoreError::opened_to_read())
    }

    async fn close(&self) {}
}

#[async_trait]
impl<D: Database, W: Writing> EventLog for DatabaseLog<D, W> {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let events = append.events.len() as u64;
        let verdict = self.writing.append(append).await;
        self.last_append.note(&verdict);
        if let Ok(appended) = &verdict
            && !appended.repeated
        {
            counter!("events_appended_total").increment(events);
        }
        verdict
    }

    fn append_trouble(&self) -> Option<AppendTrouble> {
        if self.writing.has_ended() {
            return Some(AppendTrouble {
                error: "the writer of the event store broke down: start this server again"
                    .to_owned(),
                ago: Duration::ZERO,
            });
        }
        self.last_append.trouble()
    }

    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError> {
        self.database.earlier_answer(idempotency).await
    }

    async fn load(
        &self,
        stream: &StreamName,
        after_version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = Wanted {
            stream: stream.clone(),
            after: after_version,
            limit,
        };
        self.upcasters.apply_all(self.loads.load(wanted).await?)
    }

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, StoreError> {
        let known_head = *self.wake_up.borrow();
        let recent = self.writing.recent();
        let recent = recent.and_then(|recent| recent.feed(after, limit, filter, known_head));
        let mut page = if let Some(page) = recent {
            page
        } else {
            let mut page = self.database.feed(after, limit, filter).await?;
            self.rare_types
                .complete(&mut page, limit, &filter.aggregate_types, &self.database)
                .await?;
            page
        };
        page.events = self.upcasters.apply_all(page.events)?;
        Ok(page)
    }

    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, StoreError> {
        let found = self.database.find_all(event_ids).await?;
        Ok(self.upcasters.apply_all(found)?)
    }

    async fn head(&self) -> Result<Position, StoreError> {
        Ok(self.database.head().await?)
    }

    fn wake_ups(&self) -> watch::Receiver<Position> {
        self.wake_up.subscribe()
    }

    async fn snapshot(
        &self,
        name: &StreamName,
        shape: &str,
    ) -> Result<Option<Snapshot>, StoreError> {
        Ok(self.database.snapshot(name, shape).await?)
    }

    async fn save_snapshot(&self, name: &StreamName, snapshot: Snapshot) -> Result<(), StoreError> {
        self.writing.is_allowed()?;
        Ok(self.database.save_snapshot(name, &snapshot).await?)
    }

    async fn health(&self) -> Result<Vec<HealthLine>, StoreError> {
        Ok(self.database.health().await?)
    }

    async fn close(&self) {
        self.writing.close().await;
        self.watcher.abort();
        self.database.close().await;
    }
}
