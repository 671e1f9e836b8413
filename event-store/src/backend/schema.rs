//! Whether the database's tables are this release's.

use sqlx::migrate::{MigrateError, Migrator};

use super::trouble::{Kind, Trouble};

/// The numbers the log's migrations have; the tables' own follow in the same list.
pub(crate) const LOG_MIGRATIONS: std::ops::RangeInclusive<i64> = 202_611_220_000..=202_611_220_099;

#[derive(Debug, thiserror::Error)]
#[error("it has change {found} of the log's tables; this release knows up to {known}")]
struct NewerSchema {
    found: i64,
    known: i64,
}

/// Refuses a database that a newer release has changed: an older one would misread it.
pub(crate) fn refuse_newer(migrator: &Migrator, latest_applied: i64) -> Result<(), Trouble> {
    let known = migrator.iter().map(|m| m.version).max().unwrap_or(0);
    if latest_applied <= known {
        return Ok(());
    }
    let sentence = "the database was changed by a newer release; start that one";
    let found = latest_applied;
    Err(Trouble::new(
        Kind::Refused,
        sentence,
        NewerSchema { found, known },
    ))
}

/// How many of this release's changes are not among those that were applied.
pub(crate) fn missing(migrator: &Migrator, applied: &[i64]) -> usize {
    let known = migrator
        .iter()
        .filter(|m| m.migration_type.is_up_migration());
    known.filter(|m| !applied.contains(&m.version)).count()
}

pub(crate) fn migration_trouble(
    error: MigrateError,
    explain: impl FnOnce(sqlx::Error) -> Trouble,
) -> Trouble {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => explain(error),
        other => Trouble::new(
            Kind::Refused,
            "the database's tables are not those this release expects",
            other,
        ),
    }
}
