//! The original on PostgreSQL.

use futures::{StreamExt, TryStreamExt};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, Row};

use super::ImportError;
use super::cell::SourceRow;
use super::source::{FoundTable, Rows};
use crate::config::without_password;

#[derive(Debug)]
pub(super) struct PostgresSource {
    connection: PgConnection,
}

impl PostgresSource {
    /// Connects and takes one snapshot, in a transaction that cannot write.
    pub(super) async fn open(url: &str) -> Result<Self, ImportError> {
        let unreachable = |source| ImportError::Unreachable {
            place: without_password(url),
            source,
        };
        let options: PgConnectOptions = url.parse().map_err(unreachable)?;
        let mut connection = PgConnection::connect_with(&options.disable_statement_logging())
            .await
            .map_err(unreachable)?;
        sqlx::query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .execute(&mut connection)
            .await
            .map_err(ImportError::Source)?;
        Ok(Self { connection })
    }

    pub(super) async fn table_names(&mut self) -> Result<Vec<String>, ImportError> {
        sqlx::query_scalar(
            "SELECT table_name::text FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
             ORDER BY table_name",
        )
        .fetch_all(&mut self.connection)
        .await
        .map_err(ImportError::Source)
    }

    pub(super) async fn columns(&mut self, table: &str) -> Result<Vec<String>, ImportError> {
        sqlx::query_scalar(
            "SELECT column_name::text FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1",
        )
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
                let text: String = row?.try_get(0).map_err(ImportError::Source)?;
                serde_json::from_str(&text)
                    .map(SourceRow)
                    .map_err(|source| ImportError::UnreadableRow {
                        table: table.to_owned(),
                        row: index as u64 + 1,
                        source: Box::new(source),
                    })
            })
            .boxed()
    }
}
