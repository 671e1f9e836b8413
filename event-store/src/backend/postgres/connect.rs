//! Connections, what is set on each, and the migrations.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Executor, PgPool};

use super::losses::Losses;
use super::trouble::{explain, explain_connecting};
use crate::backend::schema;
use crate::backend::trouble::{Kind, Trouble};
use crate::error::StoreError;

/// Its numbers are a range of their own, because read tables may live in the same database.
pub(super) static MIGRATOR: Migrator = Migrator {
    ignore_missing: true,
    ..sqlx::migrate!("../migrations/postgres/log")
};

const READERS: u32 = 8;
/// After so long without use a connection is tried before it is relied on.
pub(super) const PAUSE: Duration = Duration::from_secs(1);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// Every query of the log goes by an index. On a table never analysed the planner would scan it
/// whole, and keep that plan as the table grows.
const READING: &str = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET jit = off";

/// An acknowledged event is on disk, whatever the server's default is; stricter ones stay. A
/// transaction that hangs elsewhere must not hang the log.
const WRITING: &str = "SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') = 'off'; \
    SET default_transaction_isolation = 'read committed'; SET lock_timeout = '10s'";

pub(super) fn options(url: &str) -> Result<PgConnectOptions, Trouble> {
    let options = PgConnectOptions::from_str(url).map_err(explain)?;
    Ok(options
        .application_name("strategos log")
        .disable_statement_logging())
}

pub(super) async fn writer(options: &PgConnectOptions) -> Result<PgConnection, Trouble> {
    writer_within(options, ACQUIRE_TIMEOUT).await
}

async fn writer_within(
    options: &PgConnectOptions,
    patience: Duration,
) -> Result<PgConnection, Trouble> {
    in_time(patience, async {
        let mut connection = options.connect().await?;
        connection.execute(WRITING).await?;
        Ok(connection)
    })
    .await
}

/// A server that takes connections and stays silent would hold whoever waits for ever.
async fn in_time<T>(
    patience: Duration,
    connecting: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, Trouble> {
    let connected = tokio::time::timeout(patience, connecting).await;
    connected.map_err(too_slow)?.map_err(explain_connecting)
}

fn too_slow(elapsed: tokio::time::error::Elapsed) -> Trouble {
    let sentence = "PostgreSQL did not answer in time";
    Trouble::new(Kind::Unavailable, sentence, elapsed)
}

pub(super) async fn readers(
    options: &PgConnectOptions,
    losses: &Losses,
) -> Result<PgPool, Trouble> {
    let losses = losses.clone();
    PgPoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A ping per query doubles its round trips; only after a pause, or when another connection
        // broke, is the server likely to have hung up
        .test_before_acquire(false)
        .before_acquire(move |connection, meta| {
            let doubtful = meta.idle_for > PAUSE || losses.concern(meta.idle_for);
            Box::pin(async move {
                if doubtful {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(READING).await.map(|_| ()) })
        })
        .connect_with(options.clone())
        .await
        .map_err(explain_connecting)
}

pub(crate) async fn migrate(url: &str) -> Result<(), StoreError> {
    migrate_within(url, ACQUIRE_TIMEOUT).await
}

/// `patience` is for the connection: migrating may take as long as it has to.
async fn migrate_within(url: &str, patience: Duration) -> Result<(), StoreError> {
    let mut connection = in_time(patience, options(url)?.connect()).await?;
    apply_migrations(&mut connection).await?;
    Ok(connection.close().await.map_err(explain_connecting)?)
}

/// Processes that start together take turns on the migrator's lock.
async fn apply_migrations(connection: &mut PgConnection) -> Result<(), Trouble> {
    let known = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
    let migrated_before: bool = sqlx::query_scalar(known)
        .fetch_one(&mut *connection)
        .await
        .map_err(explain_connecting)?;
    if migrated_before {
        let latest = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations \
                      WHERE version BETWEEN $1 AND $2";
        let latest: i64 = sqlx::query_scalar(latest)
            .bind(schema::LOG_MIGRATIONS.start())
            .bind(schema::LOG_MIGRATIONS.end())
            .fetch_one(&mut *connection)
            .await
            .map_err(explain_connecting)?;
        schema::refuse_newer(&MIGRATOR, latest)?;
    }
    MIGRATOR
        .run_direct(connection)
        .await
        .map_err(|error| schema::migration_trouble(error, explain_connecting))
}

/// A server that lets everybody in, answers so many statements and is silent from then on.
#[cfg(test)]
pub(super) async fn silent_after(answers: usize) -> PgConnectOptions {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const LET_IN: &[u8] = b"R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I";
    const DONE: &[u8] = b"C\0\0\0\x08SET\0Z\0\0\0\x05I";
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut asked = [0; 4096];
        for answer in std::iter::once(LET_IN).chain(std::iter::repeat_n(DONE, answers)) {
            assert!(socket.read(&mut asked).await.unwrap() > 0);
            socket.write_all(answer).await.unwrap();
        }
        while socket.read(&mut asked).await.is_ok_and(|read| read > 0) {}
    });
    let url = format!("postgres://ops@127.0.0.1:{port}/x?sslmode=disable");
    options(&url).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_writer_does_not_wait_for_a_server_that_only_lets_it_in() {
        let options = silent_after(0).await;
        let waited = writer_within(&options, Duration::from_millis(100)).await;
        assert_eq!(waited.unwrap_err().kind, Kind::Unavailable);
    }

    #[tokio::test]
    async fn migrating_does_not_wait_for_a_server_that_says_nothing() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = format!("postgres://ops@127.0.0.1:{port}/x");
        let refused = migrate_within(&url, Duration::from_millis(100)).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))));
    }
}
