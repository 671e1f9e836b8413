//! The original's SQLite file.

use std::path::{Path, PathBuf};

use futures::{StreamExt, TryStreamExt};
use serde_json::{Map, Value};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{Column, ConnectOptions, Connection, Row, SqliteConnection, TypeInfo, ValueRef};

use super::ImportError;
use super::cell::SourceRow;
use super::source::{FoundTable, Rows};

#[derive(Debug)]
pub(super) struct SqliteSource {
    connection: SqliteConnection,
}

/// A cell that is none of SQLite's four kinds of value, or no text after all.
#[derive(Debug, thiserror::Error)]
#[error("column {0} holds text that is not UTF-8")]
struct NotText(String);

impl SqliteSource {
    /// Opens the file without changing a byte of it, checks it from end to end and takes one
    /// snapshot.
    pub(super) async fn open(path: &Path) -> Result<Self, ImportError> {
        if !path.is_file() {
            return Err(ImportError::NoSuchFile(path.to_owned()));
        }
        let not_a_database = |error| ImportError::NotADatabase(path.to_owned(), error);
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            // Without a log beside it nobody is writing, and even a read-only folder will do
            .immutable(!has_pending_writes(path))
            .disable_statement_logging();
        let mut connection = SqliteConnection::connect_with(&options)
            .await
            .map_err(not_a_database)?;
        let finding: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
            .fetch_one(&mut connection)
            .await
            .map_err(not_a_database)?;
        if finding != "ok" {
            return Err(ImportError::Damaged {
                file: path.to_owned(),
                // The lines above the last only say which database it is about
                finding: finding.lines().last().unwrap_or_default().to_owned(),
            });
        }
        sqlx::query("BEGIN")
            .execute(&mut connection)
            .await
            .map_err(ImportError::Source)?;
        Ok(Self { connection })
    }

    pub(super) async fn table_names(&mut self) -> Result<Vec<String>, ImportError> {
        sqlx::query_scalar(
            "SELECT name FROM sqlite_master
             WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
        )
        .fetch_all(&mut self.connection)
        .await
        .map_err(ImportError::Source)
    }

    pub(super) async fn columns(&mut self, table: &str) -> Result<Vec<String>, ImportError> {
        sqlx::query_scalar("SELECT name FROM pragma_table_info(?)")
            .bind(table)
            .fetch_all(&mut self.connection)
            .await
            .map_err(ImportError::Source)
    }

    pub(super) async fn count(&mut self, table: &str) -> Result<u64, ImportError> {
        let rows: i64 = sqlx::query_scalar(&format!("SELECT count(*) FROM \"{table}\""))
            .fetch_one(&mut self.connection)
            .await
            .map_err(ImportError::Source)?;
        Ok(rows.unsigned_abs())
    }

    pub(super) fn rows<'a>(&'a mut self, found: &'a FoundTable) -> Rows<'a> {
        let table = found.table.name;
        sqlx::query(&found.select)
            .fetch(&mut self.connection)
            .map_err(ImportError::Source)
            .enumerate()
            .map(move |(index, row)| {
                read(&row?).map_err(|source| ImportError::UnreadableRow {
                    table: table.to_owned(),
                    row: index as u64 + 1,
                    source,
                })
            })
            .boxed()
    }
}

/// SQLite keeps what was not yet moved into the file in one of these.
fn has_pending_writes(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|suffix| {
        let mut beside = path.as_os_str().to_owned();
        beside.push(suffix);
        PathBuf::from(beside)
            .metadata()
            .is_ok_and(|file| file.len() > 0)
    })
}

fn read(row: &SqliteRow) -> Result<SourceRow, Box<dyn std::error::Error + Send + Sync>> {
    let mut cells = Map::new();
    for column in row.columns() {
        let (index, name) = (column.ordinal(), column.name());
        let cell = row.try_get_raw(index)?;
        // What is stored counts, not what the column was declared to hold
        let kind = if cell.is_null() {
            "NULL".to_owned()
        } else {
            cell.type_info().name().to_owned()
        };
        let value = match kind.as_str() {
            "NULL" => Value::Null,
            "INTEGER" => Value::from(row.try_get_unchecked::<i64, _>(index)?),
            "REAL" => exact(row.try_get_unchecked::<f64, _>(index)?),
            "TEXT" => {
                let bytes = row.try_get_unchecked::<Vec<u8>, _>(index)?;
                let text = String::from_utf8(bytes).map_err(|_| NotText(name.to_owned()))?;
                Value::String(text)
            }
            _ => {
                let bytes = row.try_get_unchecked::<Vec<u8>, _>(index)?;
                Value::String(format!("\\x{}", hex::encode(bytes)))
            }
        };
        cells.insert(name.to_owned(), value);
    }
    Ok(SourceRow(cells))
}

/// The shortest decimal that names this binary number and no other: what was written into the
/// column, as far as the column could hold it.
fn exact(real: f64) -> Value {
    let text = real.to_string();
    text.parse::<serde_json::Number>()
        .map_or(Value::String(text), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn a_real_keeps_the_digits_it_was_written_with() {
        for (real, text) in [
            (3021.57, "3021.57"),
            (0.000_012_34, "0.00001234"),
            (43000.0, "43000"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            assert_eq!(exact(real).to_string(), text);
        }
        assert!(exact(f64::INFINITY).is_string());
    }
}
