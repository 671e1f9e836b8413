//! The log in KurrentDB (once `EventStoreDB`), whose nodes agree on it among themselves.
//!
//! All events stand in one stream of it, so their revisions are the log's positions: gapless, and
//! visible in order. A batch is one atomic append that names the revision it follows; whoever decided
//! on less than there is by then is turned away, reads on and decides anew. That is what SQLite's
//! write lock and PostgreSQL's head row do for the other logs.
//!
//! KurrentDB finds no event by our names for streams, ids or keys. A SQLite file beside each server is
//! a mirror of the log that does. It may be deleted at any time, and whoever decides on what it holds
//! makes sure first that it holds what KurrentDB holds.

mod address;
mod cluster;
mod database;
mod envelope;
mod follow;
mod log_stream;
mod mirroring;
mod reading;
mod restore;
mod restored;
mod trouble;
mod write;

use std::sync::Arc;

use domain::clock::Clock;

pub(crate) use address::Address;
pub(crate) use reading::open_to_read;
pub(crate) use restore::restore;

use self::database::{KurrentDatabase, KurrentStreams};
use self::log_stream::LogStream;
use self::mirroring::Mirroring;
use self::write::Writer;
use super::appender::Appender;
use super::database_log::DatabaseLog;
use super::sqlite;
use crate::error::StoreError;
use crate::lease::Lease;
use crate::upcasters::Upcasters;

pub(crate) type KurrentLog = DatabaseLog<KurrentDatabase, Appender>;

pub(crate) async fn migrate(url: &str) -> Result<(), StoreError> {
    match Address::of(url)?.mirror() {
        Ok(mirror) => sqlite::migrate(&mirror).await,
        // KurrentDB has no tables
        Err(_) => Ok(()),
    }
}

/// Of the servers that share a mirror. Those that share only the stream must agree elsewhere.
pub(crate) fn take_lease(url: &str, name: &str) -> Result<Option<Box<dyn Lease>>, StoreError> {
    sqlite::take_lease(&Address::of(url)?.mirror()?, name)
}

pub(crate) async fn open(
    url: &str,
    clock: Arc<dyn Clock>,
    upcasters: Upcasters,
) -> Result<KurrentLog, StoreError> {
    let address = Address::of(url)?;
    let mirror = address.mirror()?;
    let stream = Arc::new(LogStream::find(&address).await?);
    let (mirror, reading) = sqlite::open_mirror(&mirror, stream.clone()).await?;
    let mirroring = Arc::new(Mirroring::start(stream, mirror, &reading).await?);
    let writer = Writer::new(mirroring.clone(), clock);
    let appender = Appender::start(writer, reading.wake_up.clone());
    let database = KurrentDatabase {
        mirroring: mirroring.clone(),
        mirror: reading.database,
    };
    Ok(DatabaseLog::start(
        database,
        appender,
        KurrentStreams {
            mirroring: mirroring.clone(),
            mirror: reading.streams,
        },
        upcasters,
        reading.wake_up,
        follow::follow(mirroring),
    ))
}
