//! The database the read tables live in.

mod pools;

use std::fmt;
use std::sync::Arc;

use sqlx::AnyPool;
use sqlx::migrate::Migrator;

use self::pools::{Use, bulk_target, dialect_of, pool, pool_to_read};
use crate::error::TablesError;
use crate::projector::{names, table_of};
use crate::read_your_writes::Progress;
use crate::schema::Schema;
use crate::sql::{BulkTarget, Dialect, drop_lookups};

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite/tables");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres/tables");

/// The read tables. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Tables(Arc<Shared>);

struct Shared {
    dialect: Dialect,
    bulk: BulkTarget,
    readers: AnyPool,
    writer: AnyPool,
    progress: Progress,
}

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The pools know the database's password
        write!(f, "Tables({:?})", self.0.dialect)
    }
}

impl Tables {
    /// Opens `sqlite:<path>` (made when it isn't there) or `postgres://…`.
    pub async fn connect(url: &str) -> Result<Self, TablesError> {
        sqlx::any::install_default_drivers();
        let dialect = dialect_of(url)?;
        let url = match dialect {
            Dialect::Sqlite if !url.contains('?') => format!("{url}?mode=rwc"),
            Dialect::Sqlite | Dialect::Postgres => url.to_owned(),
        };
        // The writer comes first: it makes the file
        let writer = pool(&url, dialect, Use::Write).await?;
        let readers = pool(&url, dialect, Use::Read).await?;
        Ok(Self(Arc::new(Shared {
            dialect,
            bulk: bulk_target(&url, dialect)?,
            readers,
            writer,
            progress: Progress::default(),
        })))
    }

    /// Opens tables that are there already, to read them and nothing else: with a user that may only
    /// select, and from a file that may only be read.
    pub async fn open_to_read(url: &str) -> Result<Self, TablesError> {
        sqlx::any::install_default_drivers();
        let dialect = dialect_of(url)?;
        let readers = pool_to_read(url, dialect).await?;
        Ok(Self(Arc::new(Shared {
            dialect,
            bulk: bulk_target(url, dialect)?,
            writer: readers.clone(),
            readers,
            progress: Progress::default(),
        })))
    }

    /// Brings the tables to the shape this release expects.
    pub async fn migrate(&self) -> Result<(), TablesError> {
        if let Schema::Newer { change } = self.schema().await? {
            return Err(TablesError::Newer { change });
        }
        let mut migrator = Migrator {
            migrations: self.migrations().migrations.clone(),
            ..Migrator::DEFAULT
        };
        // Where the log shares the database, its migrations are listed in the same table
        migrator.set_ignore_missing(true);
        migrator
            .run(&self.0.writer)
            .await
            .map_err(TablesError::Migration)
    }

    /// Drops the indexes that lists are looked up by: for tables that are filled once and read from one
    /// end to the other. A rebuild makes none of them anew.
    pub async fn drop_lookups(&self) -> Result<(), TablesError> {
        let mut connection = self.writer().acquire().await?;
        for name in names() {
            drop_lookups(&mut connection, self.dialect(), &table_of(name)?).await?;
        }
        Ok(())
    }

    pub(crate) fn migrations(&self) -> &'static Migrator {
        match self.0.dialect {
            Dialect::Sqlite => &SQLITE,
            Dialect::Postgres => &POSTGRES,
        }
    }

    /// Closes all connections, once those in use are given back.
    pub async fn close(&self) {
        self.0.readers.close().await;
        self.0.writer.close().await;
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    pub(crate) fn readers(&self) -> &AnyPool {
        &self.0.readers
    }

    pub(crate) fn writer(&self) -> &AnyPool {
        &self.0.writer
    }

    pub(crate) fn bulk_target(&self) -> &BulkTarget {
        &self.0.bulk
    }

    pub(crate) fn progress(&self) -> &Progress {
        &self.0.progress
    }
}
