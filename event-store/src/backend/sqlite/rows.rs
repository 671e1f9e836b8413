//! Rows as they stand in the file. A driver that hands each over where it lies: through the pool a
//! row costs several times what reading it from the file does.

use std::error::Error;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::DateTime;
use rusqlite::types::{FromSqlResult, ValueRef};
use rusqlite::{Connection, OpenFlags, Row};
use sqlx::sqlite::SqliteConnectOptions;
use uuid::Uuid;

use super::connect::{BUSY_TIMEOUT, meaning};
use crate::backend::trouble::{Kind, Trouble};
use crate::recorded::{EventFields, Position};
use crate::stored_rows::UnreadableRow;

/// The long texts as bytes: SQLite copies a text that it hands over, to put a NUL behind it.
const ROWS: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
    event_version, CAST(payload AS BLOB) AS payload, CAST(metadata AS BLOB) AS metadata, recorded_at \
    FROM events WHERE position BETWEEN ? AND ? ORDER BY position";

#[derive(Debug, Clone)]
pub(super) struct RowFile {
    path: PathBuf,
    /// Nobody can write to it, so it is read without locks.
    pub(super) stands_still: bool,
    /// Connections that nobody reads through just now.
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl RowFile {
    pub(super) fn of(options: &SqliteConnectOptions) -> Self {
        Self {
            path: options.get_filename().to_owned(),
            stands_still: false,
            idle: Arc::default(),
        }
    }

    pub(super) async fn between<T: Send + 'static>(
        &self,
        from: i64,
        to: i64,
        take: impl FnMut(EventFields<'_>) -> T + Send + 'static,
    ) -> Result<Vec<Result<T, UnreadableRow>>, Trouble> {
        let file = self.clone();
        let read = move || file.read(from, to, take).map_err(explain);
        let read = tokio::task::spawn_blocking(read).await;
        read.unwrap_or_else(|died| {
            let sentence = "reading the event store's file was given up";
            Err(Trouble::new(Kind::Unavailable, sentence, died))
        })
    }

    fn read<T>(
        &self,
        from: i64,
        to: i64,
        take: impl FnMut(EventFields<'_>) -> T,
    ) -> rusqlite::Result<Vec<Result<T, UnreadableRow>>> {
        let idle = self.idle().pop();
        let connection = idle.map_or_else(|| self.connect(), Ok)?;
        let found = read(&connection, from, to, take)?;
        self.idle().push(connection);
        Ok(found)
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
        let position = row.get(0)?;
        let event = event(row).map_err(|why| UnreadableRow { position, why });
        found.push(event.map(&mut take));
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
fn event<'r>(row: &'r Row<'_>) -> Result<EventFields<'r>, String> {
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
            .ok_or("recorded_at is no time")?,
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

fn explain(error: rusqlite::Error) -> Trouble {
    let code = match &error {
        rusqlite::Error::SqliteFailure(failure, _) => Some(failure.extended_code & 0xff),
        _ => None,
    };
    let (kind, sentence) = meaning(code);
    Trouble::new(kind, sentence, error)
}
