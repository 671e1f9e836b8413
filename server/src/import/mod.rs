//! `strategos import-legacy`: records the rows of the original's database as events, each once.
//!
//! The source is surveyed first, whole: a damaged file or a table of the wrong shape is found before
//! anything is recorded. Then definitions, instances and the rest are recorded in that order, each
//! row under a stream of its own, so that an interrupted import continues where it stopped.

mod cell;
mod definitions;
mod instances;
mod postgres;
mod recorder;
mod records;
mod report;
mod run;
mod secrets;
mod source;
mod sqlite;
mod survey;
mod tables;
mod versions;

pub(crate) use run::Importable;

use std::path::PathBuf;

/// Why an import did not happen or did not finish; what was recorded stays and is not recorded
/// again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    #[error("--from takes a SQLite file or a postgres:// URL, not one of {0}://")]
    OtherDatabase(String),
    #[error("{0} does not exist or is not a file; check --from")]
    NoSuchFile(PathBuf),
    #[error("{0} is not a SQLite database, or is damaged; nothing was recorded")]
    NotADatabase(PathBuf, #[source] sqlx::Error),
    #[error("{file} is damaged ({finding}); nothing was recorded")]
    Damaged { file: PathBuf, finding: String },
    #[error("the database at {place} cannot be reached; check --from")]
    Unreachable {
        place: String,
        #[source]
        source: sqlx::Error,
    },
    #[error("there is no strategy_instances table: this is not a database of the original server")]
    NotTheOriginal,
    #[error("table {table} has no column {column}: this release of the original is not known")]
    MissingColumn { table: String, column: String },
    #[error("row {row} of {table} cannot be read; nothing was recorded")]
    UnreadableRow {
        table: String,
        row: u64,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("the source could not be read")]
    Source(#[source] sqlx::Error),
    #[error("recording stopped; run the same command again to continue")]
    Recording(#[source] Box<dyn std::error::Error + Send + Sync>),
}
