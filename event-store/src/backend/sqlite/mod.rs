//! The log in a SQLite file.
//!
//! SQLite's write lock gives appends their turns, so positions are gapless and become visible in
//! order, also when several processes share the file.

mod connect;
mod database;
mod feed;
#[cfg(test)]
mod full_disk;
mod health;
mod lease;
mod look_up;
mod mirror;
mod read;
mod read_only;
mod restore;
mod rows;
mod snapshots;
mod wake_up;
mod write;

use std::sync::Arc;

use domain::clock::Clock;
use tokio::sync::watch;

pub(crate) use connect::migrate;
pub(crate) use database::{Original, SqliteDatabase};
pub(crate) use lease::take_lease;
pub(crate) use mirror::{Mirror, MirrorReading, open_mirror};
pub(crate) use read::Streams as SqliteStreams;
pub(crate) use read_only::{SqliteReading, open_mirror_to_read, open_to_read};
pub(crate) use restore::restore;

use self::rows::RowFile;
use super::appender::Appender;
use super::database_log::DatabaseLog;
use crate::error::StoreError;
use crate::upcasters::Upcasters;

pub(crate) type SqliteLog = DatabaseLog<SqliteDatabase, Appender>;

pub(crate) async fn open(
    url: &str,
    clock: Arc<dyn Clock>,
    upcasters: Upcasters,
) -> Result<SqliteLog, StoreError> {
    let options = connect::options(url)?;
    let readers = connect::readers(&options).await?;
    let wake_up = watch::Sender::new(read::head(&readers).await?);
    let writer = write::Writer::connect(options.clone(), clock).await?;
    let appender = Appender::start(writer, wake_up.clone());
    let streams = read::Streams(readers.clone());
    let rows = RowFile::of(&options);
    let watching = wake_up::follow(options, wake_up.clone());
    let database = SqliteDatabase {
        readers,
        rows,
        original: None,
    };
    Ok(DatabaseLog::start(
        database, appender, streams, upcasters, wake_up, watching,
    ))
}
