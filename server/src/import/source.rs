//! The original's database, read-only: which tables it has, and their rows one after the other.

use std::path::{Path, PathBuf};

use futures::stream::BoxStream;

use super::ImportError;
use super::cell::SourceRow;
use super::postgres::PostgresSource;
use super::sqlite::SqliteSource;
use super::tables::Table;

/// One snapshot of the original's database.
#[derive(Debug)]
pub(super) enum LegacySource {
    Sqlite(SqliteSource),
    Postgres(PostgresSource),
}

/// A table that is there.
#[derive(Debug)]
pub(super) struct FoundTable {
    pub(super) table: Table,
    pub(super) rows: u64,
    /// Reads all of it in the order of its key.
    pub(super) select: String,
}

pub(super) type Rows<'a> = BoxStream<'a, Result<SourceRow, ImportError>>;

impl LegacySource {
    pub(super) async fn open(from: &str) -> Result<Self, ImportError> {
        if from.starts_with("postgres://") || from.starts_with("postgresql://") {
            return Ok(Self::Postgres(PostgresSource::open(from).await?));
        }
        let path = from.strip_prefix("sqlite://").unwrap_or(from);
        if let Some((scheme, _)) = path.split_once("://") {
            return Err(ImportError::OtherDatabase(scheme.to_owned()));
        }
        Ok(Self::Sqlite(SqliteSource::open(Path::new(path)).await?))
    }

    /// What to call the source: never with a password.
    pub(super) fn label(from: &str) -> String {
        if from.contains("://") {
            return crate::config::without_password(from);
        }
        let name = PathBuf::from(from);
        let name = name
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| from.to_owned())
    }

    pub(super) async fn table_names(&mut self) -> Result<Vec<String>, ImportError> {
        match self {
            Self::Sqlite(source) => source.table_names().await,
            Self::Postgres(source) => source.table_names().await,
        }
    }

    pub(super) async fn columns(&mut self, table: &str) -> Result<Vec<String>, ImportError> {
        match self {
            Self::Sqlite(source) => source.columns(table).await,
            Self::Postgres(source) => source.columns(table).await,
        }
    }

    pub(super) async fn count(&mut self, table: &str) -> Result<u64, ImportError> {
        match self {
            Self::Sqlite(source) => source.count(table).await,
            Self::Postgres(source) => source.count(table).await,
        }
    }

    /// The statement that [`Self::rows`] runs.
    pub(super) fn select(&self, table: &Table) -> String {
        let Table { name, key, .. } = table;
        match self {
            Self::Sqlite(_) => format!("SELECT * FROM \"{name}\" ORDER BY \"{key}\""),
            // One JSON text per row keeps every digit of every type
            Self::Postgres(_) => format!(
                "SELECT row_to_json(t)::text FROM (SELECT * FROM \"{name}\" ORDER BY \"{key}\") t"
            ),
        }
    }

    pub(super) fn rows<'a>(&'a mut self, found: &'a FoundTable) -> Rows<'a> {
        match self {
            Self::Sqlite(source) => source.rows(found),
            Self::Postgres(source) => source.rows(found),
        }
    }
}
