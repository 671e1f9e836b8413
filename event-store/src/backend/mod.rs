//! One folder per database. Nothing outside knows which one is in use.

mod appender;
mod database_log;
mod feed_window;
mod findings;
mod group_load;
mod kurrentdb;
mod last_append;
mod plan;
mod postgres;
mod prepared;
mod rare_types;
mod recent_events;
mod schema;
mod settle;
mod snapshots;
mod sqlite;
mod trouble;

use std::sync::Arc;

use domain::clock::Clock;

use crate::error::StoreError;
use crate::lease::Lease;
use crate::log::EventLog;
use crate::restore::Restoring;
use crate::stored_rows::StoredRows;
use crate::upcasters::Upcasters;

/// Which database a URL names.
pub(crate) enum Backend<'a> {
    Sqlite(&'a str),
    Postgres(&'a str),
    Kurrent(&'a str),
}

impl<'a> Backend<'a> {
    pub(crate) fn of(url: &'a str) -> Result<Self, StoreError> {
        match url.split_once(':') {
            Some(("sqlite", path)) if path.contains(":memory:") || path.contains("mode=memory") => {
                Err(StoreError::Failed(
                    "the event store needs a file: a database in memory is not durable".into(),
                ))
            }
            Some(("sqlite", _)) => Ok(Self::Sqlite(url)),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(url)),
            Some(("kurrentdb" | "kurrentdb+discover" | "esdb" | "esdb+discover", _)) => {
                Ok(Self::Kurrent(url))
            }
            _ => Err(StoreError::Failed(
                "the database's URL must start with sqlite:, postgres: or kurrentdb:".into(),
            )),
        }
    }

    /// Where tables can be beside the log.
    pub(crate) fn database(&self) -> Result<String, StoreError> {
        match self {
            Self::Sqlite(url) | Self::Postgres(url) => Ok((*url).to_owned()),
            Self::Kurrent(url) => Ok(kurrentdb::Address::of(url)?.mirror()?),
        }
    }

    pub(crate) fn with_mirror_in(&self, file: &str) -> Result<String, StoreError> {
        match self {
            Self::Sqlite(url) | Self::Postgres(url) => Ok((*url).to_owned()),
            Self::Kurrent(url) => Ok(kurrentdb::Address::with_mirror(url, file)?),
        }
    }

    pub(crate) async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(url) => sqlite::migrate(url).await,
            Self::Postgres(url) => postgres::migrate(url).await,
            Self::Kurrent(url) => kurrentdb::migrate(url).await,
        }
    }

    pub(crate) async fn open(
        &self,
        clock: Arc<dyn Clock>,
        upcasters: Upcasters,
    ) -> Result<Arc<dyn EventLog>, StoreError> {
        match self {
            Self::Sqlite(url) => Ok(Arc::new(sqlite::open(url, clock, upcasters).await?)),
            Self::Postgres(url) => Ok(Arc::new(postgres::open(url, clock, upcasters).await?)),
            Self::Kurrent(url) => Ok(Arc::new(kurrentdb::open(url, clock, upcasters).await?)),
        }
    }

    pub(crate) async fn take_lease(
        &self,
        name: &str,
    ) -> Result<Option<Box<dyn Lease>>, StoreError> {
        match self {
            Self::Sqlite(url) => sqlite::take_lease(url, name),
            Self::Postgres(url) => postgres::take_lease(url, name).await,
            Self::Kurrent(url) => kurrentdb::take_lease(url, name),
        }
    }

    pub(crate) async fn restore(&self) -> Result<Box<dyn Restoring>, StoreError> {
        match self {
            Self::Sqlite(url) => Ok(Box::new(sqlite::restore(url).await?)),
            Self::Postgres(url) => Ok(Box::new(postgres::restore(url).await?)),
            Self::Kurrent(url) => Ok(Box::new(kurrentdb::restore(url).await?)),
        }
    }

    pub(crate) async fn open_to_read(
        &self,
        upcasters: Upcasters,
    ) -> Result<Arc<dyn StoredRows>, StoreError> {
        match self {
            Self::Sqlite(url) => Ok(Arc::new(sqlite::open_to_read(url, upcasters).await?)),
            Self::Postgres(url) => Ok(Arc::new(postgres::open_to_read(url, upcasters).await?)),
            Self::Kurrent(url) => Ok(Arc::new(
                Box::pin(kurrentdb::open_to_read(url, upcasters)).await?,
            )),
        }
    }
}
