//! The log in a SQLite file.
//!
//! SQLite's write lock gives appends their turns, so positions are gapless and become visible in
//! order, also when several processes share the file.

mod connect;
#[cfg(test)]
mod full_disk;
mod health;
mod look_up;
mod packed_rows;
mod read;
mod read_only;
mod restore;
mod snapshots;
mod wake_up;
mod write;

use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use sqlx::SqlitePool;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

pub(crate) use connect::migrate;
pub(crate) use read_only::open_to_read;
pub(crate) use restore::restore;

use super::appender::Appender;
use super::group_load::{GroupLoad, Wanted};
use crate::error::{AppendError, StoreError};
use crate::log::{
    Append, Appended, EventLog, FeedFilter, FeedPage, HealthLine, Idempotency, Snapshot,
};
use crate::recorded::{Position, Recorded, StreamName};
use crate::upcasters::Upcasters;

#[derive(Debug)]
pub(crate) struct SqliteLog {
    readers: SqlitePool,
    loads: GroupLoad,
    appender: Appender,
    upcasters: Upcasters,
    wake_up: watch::Sender<Position>,
    /// Stops with the log.
    watcher: AbortOnDropHandle<()>,
}

pub(crate) async fn open(
    url: &str,
    clock: Arc<dyn Clock>,
    upcasters: Upcasters,
) -> Result<SqliteLog, StoreError> {
    let options = connect::options(url)?;
    let readers = connect::readers(&options).await?;
    let head = read::head(&readers).await?;
    let wake_up = watch::Sender::new(head);
    let writer = write::Writer::connect(options.clone(), clock).await?;
    let watcher = tokio::spawn(wake_up::follow(options, wake_up.clone()));
    Ok(SqliteLog {
        loads: GroupLoad::start(read::Streams(readers.clone())),
        readers,
        appender: Appender::start(writer, wake_up.clone()),
        upcasters,
        wake_up,
        watcher: AbortOnDropHandle::new(watcher),
    })
}

#[async_trait]
impl EventLog for SqliteLog {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.appender.append(append).await
    }

    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError> {
        read::earlier_answer(&self.readers, idempotency).await
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
        let mut page = read::feed(&self.readers, after, limit, filter).await?;
        page.events = self.upcasters.apply_all(page.events)?;
        Ok(page)
    }

    async fn find(&self, event_id: Uuid) -> Result<Option<Recorded>, StoreError> {
        let found = read::find(&self.readers, event_id).await?;
        let mut found = self.upcasters.apply_all(Vec::from_iter(found))?;
        Ok(found.pop())
    }

    async fn head(&self) -> Result<Position, StoreError> {
        Ok(read::head(&self.readers).await?)
    }

    fn wake_ups(&self) -> watch::Receiver<Position> {
        self.wake_up.subscribe()
    }

    async fn snapshot(
        &self,
        name: &StreamName,
        shape: &str,
    ) -> Result<Option<Snapshot>, StoreError> {
        Ok(snapshots::find(&self.readers, name, shape).await?)
    }

    async fn save_snapshot(&self, name: &StreamName, snapshot: Snapshot) -> Result<(), StoreError> {
        Ok(snapshots::save(&self.readers, name, &snapshot).await?)
    }

    async fn health(&self) -> Result<Vec<HealthLine>, StoreError> {
        Ok(health::check(&self.readers).await?)
    }

    async fn close(&self) {
        self.appender.close().await;
        self.watcher.abort();
        self.readers.close().await;
    }
}
