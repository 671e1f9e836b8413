//! A copy of a log that is kept elsewhere, in a file like any other log's, so that it is read the same
//! way. It can be deleted at any time: it is filled again from where the log is.

use std::sync::Arc;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{Connection, Executor};
use tokio::sync::watch;

use super::connect::{connect, explain, options, readers};
use super::database::{Original, SqliteDatabase};
use super::look_up::look_up;
use super::read::{self, Streams};
use super::restore::{insert_answers, insert_events};
use super::rows::RowFile;
use crate::backend::plan::Found;
use crate::backend::prepared::Prepared;
use crate::backend::trouble::Trouble;
use crate::error::StoreError;
use crate::recorded::{EventFields, Position, Recorded};
use crate::restore::StoredAnswer;

/// The way into the mirror.
#[derive(Debug)]
pub(crate) struct Mirror {
    options: SqliteConnectOptions,
    /// None after a failure: the next use starts on a fresh connection.
    connection: Option<SqliteConnection>,
}

/// The way out of it, and how far it reaches.
#[derive(Debug)]
pub(crate) struct MirrorReading {
    pub(crate) database: SqliteDatabase,
    pub(crate) streams: Streams,
    pub(crate) wake_up: watch::Sender<Position>,
}

pub(crate) async fn open_mirror(
    url: &str,
    original: Arc<dyn Original>,
) -> Result<(Mirror, MirrorReading), StoreError> {
    let options = options(url)?;
    let readers = readers(&options).await?;
    let reading = MirrorReading {
        wake_up: watch::Sender::new(read::head(&readers).await?),
        streams: Streams(readers.clone()),
        database: SqliteDatabase {
            rows: RowFile::of(&options),
            readers,
            original: Some(original),
        },
    };
    let mirror = Mirror {
        options: options
            // What a power failure takes from the end of a mirror is copied again
            .synchronous(SqliteSynchronous::Normal)
            // A new mirror grows by gigabytes, all over its indexes: 64 MiB of pages stay in memory,
            // and as many gather before they go from the write-ahead log into the file
            .pragma("cache_size", "-65536")
            .pragma("wal_autocheckpoint", "16384"),
        connection: None,
    };
    Ok((mirror, reading))
}

impl MirrorReading {
    /// The last event it holds.
    pub(crate) async fn newest(&self) -> Result<Option<Recorded>, Trouble> {
        let head = self.wake_up.borrow().0.cast_signed();
        let take = |event: EventFields<'_>| Recorded::from(event);
        let newest = self.database.rows.between(head, head, take).await?.pop();
        newest.transpose().map_err(Trouble::from)
    }
}

impl Mirror {
    /// What it holds of the things a batch speaks of, and the time of its last event in microseconds.
    pub(crate) async fn look_up(&mut self, batch: &[Prepared]) -> Result<(Found, i64), Trouble> {
        let mut connection = self.take().await?;
        let mut transaction = connection.begin().await.map_err(explain)?;
        let found = look_up(&mut transaction, batch).await.map_err(explain)?;
        transaction.rollback().await.map_err(explain)?;
        self.connection = Some(connection);
        Ok(found)
    }

    /// What was answered about events that are still to come, in a mirror that has none yet. Whatever
    /// an attempt before has left of it is replaced.
    pub(crate) async fn begin_with(&mut self, answers: &[StoredAnswer]) -> Result<(), Trouble> {
        let mut connection = self.take().await?;
        let begin = connection.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begin.map_err(explain)?;
        if held(&mut transaction).await.map_err(explain)? == 0 {
            transaction
                .execute("DELETE FROM idempotency_keys")
                .await
                .map_err(explain)?;
            insert_answers(&mut transaction, answers)
                .await
                .map_err(explain)?;
        }
        transaction.commit().await.map_err(explain)?;
        self.connection = Some(connection);
        Ok(())
    }

    /// Takes over events that follow each other, and what was answered about them. Those that it holds
    /// already, perhaps through another process that shares the file, are left out.
    pub(crate) async fn absorb(
        &mut self,
        events: &[Recorded],
        answers: &[StoredAnswer],
    ) -> Result<(), Trouble> {
        let mut connection = self.take().await?;
        let begin = connection.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begin.map_err(explain)?;
        let held = held(&mut transaction).await.map_err(explain)?;
        let new = events.partition_point(|event| event.position.0.cast_signed() <= held);
        insert_events(&mut transaction, &events[new..])
            .await
            .map_err(explain)?;
        let new = answers.partition_point(|answer| answer.position <= held);
        insert_answers(&mut transaction, &answers[new..])
            .await
            .map_err(explain)?;
        transaction.commit().await.map_err(explain)?;
        self.connection = Some(connection);
        Ok(())
    }

    async fn take(&mut self) -> Result<SqliteConnection, Trouble> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => connect(&self.options).await,
        }
    }
}

/// The position of the last event.
async fn held(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT coalesce(max(position), 0) FROM events")
        .fetch_one(connection)
        .await
}
