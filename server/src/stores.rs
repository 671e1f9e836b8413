//! Opens the log and the read tables.

use std::sync::Arc;

use anyhow::{Context, bail};
use domain::clock::Clock;
use event_store::{EventLog, StoredRows, Upcasters};
use projections::Tables;

use crate::clock::SystemClock;
use crate::config::{DatabaseUrl, Settings};
use crate::data_folder::{DataFolder, reserve_private};

/// The log, at this release's shape.
pub(crate) async fn open_log(settings: &Settings) -> anyhow::Result<Arc<dyn EventLog>> {
    DataFolder::open(&settings.data_folder)?;
    reserve(&settings.database_url);
    event_store::open(settings.database_url.expose(), clock())
        .await
        .with_context(|| unusable(&settings.database_url))
}

/// The log of an installation that must be there already, at this release's shape.
pub(crate) async fn open_existing_log(settings: &Settings) -> anyhow::Result<Arc<dyn EventLog>> {
    require_installation(settings)?;
    open_log(settings).await
}

fn require_installation(settings: &Settings) -> anyhow::Result<()> {
    if let Some(file) = settings.database_url.sqlite_file()
        && !file.is_file()
    {
        bail!(
            "there is no installation in {} yet",
            settings.data_folder.display()
        );
    }
    Ok(())
}

/// The log of an installation that must be there already, to look at it and nothing else: it is
/// neither migrated nor changed.
pub(crate) async fn look_at_log(settings: &Settings) -> anyhow::Result<Arc<dyn StoredRows>> {
    require_installation(settings)?;
    event_store::open_to_read(settings.database_url.expose(), Upcasters::released())
        .await
        .with_context(|| unusable(&settings.database_url))
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
