//! Opens the log and the read tables.

use std::sync::Arc;

use anyhow::{Context, bail};
use domain::clock::Clock;
use event_store::EventLog;
use projections::Tables;

use crate::clock::SystemClock;
use crate::config::{DatabaseUrl, Settings};
use crate::data_folder::DataFolder;

/// The log, at this release's shape.
pub(crate) async fn open_log(settings: &Settings) -> anyhow::Result<Arc<dyn EventLog>> {
    DataFolder::open(&settings.data_folder)?;
    event_store::open(settings.database_url.expose(), clock())
        .await
        .with_context(|| unusable(&settings.database_url))
}

/// The log of an installation that must be there already: nothing is made by looking.
pub(crate) async fn open_existing_log(settings: &Settings) -> anyhow::Result<Arc<dyn EventLog>> {
    if let Some(file) = settings.database_url.sqlite_file()
        && !file.is_file()
    {
        bail!(
            "there is no installation in {} yet",
            settings.data_folder.display()
        );
    }
    open_log(settings).await
}

/// The read tables, at this release's shape. They need not be in the log's database.
pub(crate) async fn open_tables(settings: &Settings) -> anyhow::Result<Tables> {
    let tables = Tables::connect(settings.tables_url.expose())
        .await
        .with_context(|| unusable(&settings.tables_url))?;
    let migrated = tables.migrate().await;
    migrated.with_context(|| unusable(&settings.tables_url))?;
    Ok(tables)
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
