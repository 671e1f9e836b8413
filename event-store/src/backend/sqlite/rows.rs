//! Rows as they stand in the file. A driver that hands each over where it lies: through the pool a
//! row costs several times what reading it from the file does.

use std::error::Error;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::DateTime;
use rusqlite::types::{FromSqlResult, ValueRef};
use rusqlite::{Connection, OpenFlags, Row};
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::connect::{BUSY_TIMEOUT, meaning};
use crate::backend::trouble::{Kind, Trouble};
use crate::recorded::{EventFields, Position, StreamName};
use crate::stored_rows::UnreadableRow;

/// What [`event`] reads. The long texts as bytes: SQLite copies a text that it hands over, to put a NUL
/// behind it.
macro_rules! columns {
    () => {
        "position, aggregate_type, aggregate_id, sequence, event_id, event_type, event_version, \
         CAST(payload AS BLOB) AS payload, CAST(metadata AS BLOB) AS metadata, recorded_at"
    };
}
pub(super) use columns;

const ROWS: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM events WHERE position BETWEEN ? AND ? ORDER BY position"
);

/// Readers at once; others wait for a connection.
const READERS: usize = 4;

#[derive(Debug, Clone)]
pub(super) struct RowFile {
    path: PathBuf,
    /// Nobody can write to it, so it is read without locks.
    pub(super) stands_still: bool,
    /// Connections that nobody reads through just now.
    idle: Arc<Mutex<Vec<Connection>>>,
    turns: Arc<Semaphore>,
}

impl RowFile {
    pub(super) fn of(options: &SqliteConnectOptions) -> Self {
        Self {
            path: options.get_filename().to_owned(),
            stands_still: false,
            idle: Arc::default(),
            turns: Arc::new(Semaphore::new(READERS)),
        }
    }

    pub(super) async fn between<T: Send + 'static>(
        &self,
        from: i64,
        to: i64,
        take: impl FnMut(EventFields<'_>) -> T + Send + 'static,
    ) -> Result<Vec<Result<T, UnreadableRow>>, Trouble> {
        self.ask(move |connection| read(connection, from, to, take))
            .await
    }

    /// Asks on a thread that may wait.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Trouble> {
        let turn = self.turns.clone().acquire_owned().await;
        let turn = turn.map_err(given_up)?;
        let file = self.clone();
        let answer = move || {
            let answer = file.answer(question).map_err(explain);
            drop(turn);
            answer
        };
        let answer = tokio::task::spawn_blocking(answer).await;
        answer.map_err(given_up)?
    }

    fn answer<T>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let idle = self.idle().pop();
        let connection = idle.map_or_else(|| self.connect(), Ok)?;
        let answer = question(&connection)?;
        self.idle().push(connection);
        Ok(answer)
    }

    /// Closes all connections, once those who read are done. The last to close a file folds its
    /// write-ahead log into it.
    pub(super) async fn close(&self) {
        if let Ok(readers) = u32::try_from(READERS)
            && let Ok(_all) = self.turns.acquire_many(readers).await
        {
            self.turns.close();
        }
        self.idle().clear();
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = if self.stands_still {
            let name = format!("file:{}?immutable=1", escaped(&self.path.to_string_lossy()));
            Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_URI)?
        } else {
            Connection::open_with_flags(&self.path, flags)?
        };
        connection.busy_timeout(BUSY_TIMEOUT)?;
        Ok(connection)
    }
}

fn read<T>(
    connection: &Connection,
    from: i64,
    to: i64,
    mut take: impl FnMut(EventFields<'_>) -> T,
) -> rusqlite::Result<Vec<Result<T, UnreadableRow>>> {
    let mut statement = connection.prepare_cached(ROWS)?;
    let mut rows = statement.query([from, to])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(event(row)?.map(&mut take));
    }
    Ok(found)
}

/// What would end a path in a URI.
fn escaped(path: &str) -> String {
    path.replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23")
}

/// An event, or why the row holds none.
pub(super) fn event<'r>(
    row: &'r Row<'_>,
) -> rusqlite::Result<Result<EventFields<'r>, UnreadableRow>> {
    let position = row.get(0)?;
    Ok(fields(row).map_err(|why| {
        let name = |column| text(row, column).unwrap_or_default();
        UnreadableRow {
            position,
            stream: StreamName::new(name(1), name(2)),
            why,
        }
    }))
}

fn fields<'r>(row: &'r Row<'_>) -> Result<EventFields<'r>, String> {
    let event_id = value(row, 4, ValueRef::as_blob)?;
    Ok(EventFields {
        position: Position(number(row, 0)?.cast_unsigned()),
        aggregate_type: text(row, 1)?,
        aggregate_id: text(row, 2)?,
        version: number(row, 3)?.cast_unsigned(),
        event_id: Uuid::from_slice(event_id).map_err(|error| error.to_string())?,
        event_type: text(row, 5)?,
        event_version: text(row, 6)?,
        payload: bytes_as_text(row, 7)?,
        metadata: bytes_as_text(row, 8)?,
        recorded_at: DateTime::from_timestamp_micros(number(row, 9)?)
            .ok_or("recorded_at is not a time")?,
    })
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str, String> {
    value(row, column, ValueRef::as_str)
}

fn bytes_as_text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str, String> {
    let bytes = value(row, column, ValueRef::as_blob)?;
    std::str::from_utf8(bytes).map_err(|error| unfit(row, column, &error))
}

fn number(row: &Row<'_>, column: usize) -> Result<i64, String> {
    value(row, column, ValueRef::as_i64)
}

fn value<'r, T>(
    row: &'r Row<'_>,
    column: usize,
    read: impl FnOnce(&ValueRef<'r>) -> FromSqlResult<T>,
) -> Result<T, String> {
    let value = row.get_ref(column).map_err(|error| error.to_string())?;
    read(&value).map_err(|error| unfit(row, column, &error))
}

fn unfit(row: &Row<'_>, column: usize, error: &dyn Error) -> String {
    let name = row.as_ref().column_name(column).unwrap_or_default();
    format!("{name} is none that an event has: {error}")
}

fn given_up(why: impl Error + Send + Sync + 'static) -> Trouble {
    let sentence = "reading the event store's file was given up";
    Trouble::new(Kind::Unavailable, sentence, why)
}

fn explain(error: rusqlite::Error) -> Trouble {
    let code = match &error {
        rusqlite::Error::SqliteFailure(failure, _) => Some(failure.extended_code & 0xff),
        _ => None,
    };
    let (kind, sentence) = meaning(code);
    Trouble::new(kind, sentence, error)
}
