//! The log in PostgreSQL, in tables that postgres-es can read.
//!
//! A head row, locked once per batch, gives the appends of all nodes their turns: positions are
//! gapless and become visible in order, and survive dump and restore.

mod arrays;
mod connect;
mod health;
mod plain_batch;
mod read;
mod snapshots;
mod tell_others;
mod trouble;
mod wake_up;
mod write;

use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

pub(crate) use connect::migrate;

use super::appender::{Appender, raise};
use super::group_load::{GroupLoad, Wanted};
use crate::error::{AppendError, StoreError};
use crate::log::{
    Append, Appended, EventLog, FeedFilter, FeedPage, HealthLine, Idempotency, Snapshot,
};
use crate::recorded::{Position, Recorded, StreamName};
use crate::upcasters::Upcasters;

#[derive(Debug)]
pub(crate) struct PostgresLog {
    options: PgConnectOptions,
    readers: PgPool,
    loads: GroupLoad,
    appender: Appender,
    upcasters: Upcasters,
    wake_up: watch::Sender<Position>,
    /// What this process stored, for the others.
    stored: watch::Sender<Position>,
    telling: PgPool,
    /// Stop with the log.
    watcher: AbortOnDropHandle<()>,
    teller: AbortOnDropHandle<()>,
}

pub(crate) async fn open(
    url: &str,
    clock: Arc<dyn Clock>,
    upcasters: Upcasters,
) -> Result<PostgresLog, StoreError> {
    let options = connect::options(url)?;
    let readers = connect::readers(&options).await?;
    let wake_up = watch::Sender::new(read::head(&readers).await?);
    let writer = write::Writer::connect(options.clone(), clock).await?;
    let watcher = tokio::spawn(wake_up::follow(options.clone(), wake_up.clone()));
    let stored = watch::Sender::new(Position::default());
    let telling = tell_others::connection(options.clone());
    let teller = tell_others::keep_telling(telling.clone(), stored.subscribe());
    Ok(PostgresLog {
        options,
        loads: GroupLoad::start(read::Streams(readers.clone())),
        readers,
        appender: Appender::start(writer, wake_up.clone()),
        upcasters,
        wake_up,
        stored,
        telling,
        watcher: AbortOnDropHandle::new(watcher),
        teller: AbortOnDropHandle::new(tokio::spawn(teller)),
    })
}

impl PostgresLog {
    /// A process may end right after it appended.
    async fn tell_the_last(&self) {
        let last = *self.stored.borrow();
        if last > Position::default()
            && let Err(trouble) = tell_others::tell(&self.telling, last).await
        {
            // Whoever listens looks by itself, only later
            tracing::debug!(error = %domain::ErrorChain(&trouble), "others were not told the last");
        }
        self.telling.close().await;
    }
}

#[async_trait]
impl EventLog for PostgresLog {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let appended = self.appender.append(append).await?;
        raise(&self.stored, appended.position);
        Ok(appended)
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
        Ok(health::check(&self.options, &self.readers).await?)
    }

    async fn close(&self) {
        self.appender.close().await;
        self.watcher.abort();
        self.teller.abort();
        self.tell_the_last().await;
        self.readers.close().await;
    }
}
