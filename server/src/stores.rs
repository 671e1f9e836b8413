//! Opens the log and the read tables.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use domain::clock::Clock;
use event_store::{EventLog, StoredRows, Upcasters};
use projections::Tables;
use sqlx::{Connection, PgConnection};

use crate::clock::SystemClock;
use crate::config::{DatabaseUrl, Settings};
use crate::data_folder::{DataFolder, reserve_private};

/// A PostgreSQL that takes connections and says nothing would hold the command for ever.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// The log, at this release's shape.
pub(crate) async fn open_log(settings: &Settings) -> anyhow::Result<Arc<dyn EventLog>> {
    DataFolder::open(&settings.data_folder)?;
    reserve(&settings.database_url);
    event_store::open(settings.database_url.expose(), clock())
        .await
        .with_context(|| unusable(&settings.database_url))
}

/// The log, to look at it and nothing else: it is neither made nor migrated nor changed. `None` where
/// there is no installation yet; one that is there and cannot be read is not passed over.
pub(crate) async fn look_at_log(
    settings: &Settings,
) -> anyhow::Result<Option<Arc<dyn StoredRows>>> {
    let url = &settings.database_url;
    if let Some(file) = url.sqlite_file() {
        let is_there = file.try_exists().with_context(|| unusable(url))?;
        if !is_there {
            return Ok(None);
        }
    } else if has_no_log_yet(url).await? {
        return Ok(None);
    }
    let opened = event_store::open_to_read(url.expose(), Upcasters::released()).await;
    opened.map(Some).with_context(|| unusable(url))
}

/// A PostgreSQL that nobody has migrated yet. In KurrentDB a log begins empty.
async fn has_no_log_yet(url: &DatabaseUrl) -> anyhow::Result<bool> {
    if url.is_kurrentdb() {
        return Ok(false);
    }
    let asking = async {
        let mut connection = PgConnection::connect(url.expose()).await?;
        let absent = sqlx::query_scalar("SELECT to_regclass('log_head') IS NULL")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        Ok::<bool, sqlx::Error>(absent)
    };
    let asked = tokio::time::timeout(ANSWERS_WITHIN, asking).await;
    let asked = asked.with_context(|| unusable(url))?;
    asked.with_context(|| unusable(url))
}

/// The read tables as they are; `None` where there is no file for them yet.
pub(crate) async fn look_at_tables(settings: &Settings) -> anyhow::Result<Option<Tables>> {
    if let Some(file) = settings.tables_url.sqlite_file()
        && !file.is_file()
    {
        return Ok(None);
    }
    let tables = Tables::open_to_read(settings.tables_url.expose())
        .await
        .with_context(|| unusable(&settings.tables_url))?;
    Ok(Some(tables))
}

/// The read tables, at this release's shape. They need not be in the log's database.
pub(crate) async fn open_tables(settings: &Settings) -> anyhow::Result<Tables> {
    reserve(&settings.tables_url);
    let tables = Tables::connect(settings.tables_url.expose())
        .await
        .with_context(|| unusable(&settings.tables_url))?;
    let migrated = tables.migrate().await;
    migrated.with_context(|| unusable(&settings.tables_url))?;
    Ok(tables)
}

/// A database of our own is nobody else's to read, whatever the folder around it allows.
fn reserve(database: &DatabaseUrl) {
    let file = database.own_file();
    // SQLite's names for what is no file begin so
    if let Some(file) = file.filter(|file| !file.to_string_lossy().starts_with(':')) {
        reserve_private(&file);
    }
}

pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

fn unusable(database: &DatabaseUrl) -> String {
    format!(
        "the database {database} cannot be used; check that it is running, reachable and has space \
         left"
    )
}
