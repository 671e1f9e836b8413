//! Which changes the tables have had, against those this release knows.

use sqlx::migrate::Migrator;

use crate::error::TablesError;
use crate::sql::Dialect;
use crate::tables::Tables;

/// Numbers up to here are the log's, whose changes are listed in the same table where both share a
/// database.
const LAST_OF_THE_LOG: i64 = 202_611_220_099;

/// How a database's tables stand to this release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// None were made yet.
    Absent,
    Current,
    /// An older release made them.
    Older {
        missing: usize,
    },
    /// A newer release changed them in a way that this one does not know.
    Newer {
        change: i64,
    },
}

impl Schema {
    fn of(migrator: &Migrator, applied: &[i64]) -> Self {
        let known: Vec<i64> = migrator.iter().map(|change| change.version).collect();
        if let Some(&change) = applied.iter().find(|change| !known.contains(change)) {
            return Self::Newer { change };
        }
        match known
            .iter()
            .filter(|change| !applied.contains(change))
            .count()
        {
            0 => Self::Current,
            _ if applied.is_empty() => Self::Absent,
            missing => Self::Older { missing },
        }
    }
}

impl Tables {
    /// What the database says, without a change to it.
    pub async fn schema(&self) -> Result<Schema, TablesError> {
        let listed = match self.dialect() {
            Dialect::Sqlite => "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
            Dialect::Postgres => "SELECT count(to_regclass('_sqlx_migrations'))",
        };
        let listed: i64 = sqlx::query_scalar(listed).fetch_one(self.readers()).await?;
        let applied: Vec<i64> = if listed == 0 {
            vec![]
        } else {
            let applied =
                "SELECT version FROM _sqlx_migrations WHERE version > $1 ORDER BY version";
            sqlx::query_scalar(applied)
                .bind(LAST_OF_THE_LOG)
                .fetch_all(self.readers())
                .await?
        };
        Ok(Schema::of(self.migrations(), &applied))
    }
}
