//! The log in PostgreSQL, in tables that postgres-es can read.
//!
//! A head row, locked once per batch, gives the appends of all nodes their turns: positions are
//! gapless and become visible in order, and survive dump and restore.

mod arrays;
mod connect;
mod copied;
mod database;
mod feed;
mod health;
mod lease;
mod losses;
mod pinned;
mod plain_batch;
mod read;
mod read_only;
mod restore;
mod rows;
mod snapshots;
mod stored_time;
mod tell_others;
mod trouble;
mod wake_up;
mod write;

use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use sqlx::PgPool;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

pub(crate) use connect::migrate;
pub(crate) use lease::take_lease;
pub(crate) use read_only::open_to_read;
pub(crate) use restore::restore;

use self::database::PostgresDatabase;
use self::losses::Losses;
use super::appender::{Appender, Verdict, raise};
use super::database_log::{DatabaseLog, Writing};
use super::recent_events::RecentEvents;
use crate::error::StoreError;
use crate::log::Append;
use crate::recorded::Position;
use crate::upcasters::Upcasters;

pub(crate) type PostgresLog = DatabaseLog<PostgresDatabase, PostgresWriting>;

/// Appends, and tells other processes of them.
#[derive(Debug)]
pub(crate) struct PostgresWriting {
    appender: Appender,
    /// What this process stored, for the others.
    stored: watch::Sender<Position>,
    telling: PgPool,
    /// Stops with the log.
    teller: AbortOnDropHandle<()>,
}

pub(crate) async fn open(
    url: &str,
    clock: Arc<dyn Clock>,
    upcasters: Upcasters,
) -> Result<PostgresLog, StoreError> {
    let options = connect::options(url)?;
    let losses = Losses::default();
    let readers = connect::readers(&options, &losses).await?;
    let wake_up = watch::Sender::new(read::head(&readers).await?);
    let writer = write::Writer::connect(options.clone(), clock).await?;
    let stored = watch::Sender::new(Position::default());
    let telling = tell_others::connection(options.clone());
    let teller = tell_others::keep_telling(telling.clone(), stored.subscribe());
    let writing = PostgresWriting {
        appender: Appender::start(writer, wake_up.clone()),
        stored,
        telling,
        teller: AbortOnDropHandle::new(tokio::spawn(teller)),
    };
    let streams = read::Streams(readers.clone(), losses.clone());
    let watching = wake_up::follow(options.clone(), wake_up.clone());
    let database = PostgresDatabase {
        options,
        readers,
        losses,
    };
    Ok(DatabaseLog::start(
        database, writing, streams, upcasters, wake_up, watching,
    ))
}

impl PostgresWriting {
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
impl Writing for PostgresWriting {
    async fn append(&self, append: Append) -> Verdict {
        let appended = self.appender.append(append).await?;
        raise(&self.stored, appended.position);
        Ok(appended)
    }

    fn recent(&self) -> Option<&RecentEvents> {
        Some(self.appender.recent())
    }

    fn has_ended(&self) -> bool {
        self.appender.has_ended()
    }

    fn is_allowed(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn close(&self) {
        self.appender.close().await;
        self.teller.abort();
        self.tell_the_last().await;
    }
}
