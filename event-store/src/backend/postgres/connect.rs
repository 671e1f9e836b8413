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
    let connecting = tokio::time::timeout(ACQUIRE_TIMEOUT, options.connect());
    let connected = connecting.await.map_err(too_slow)?;
    let mut connection = connected.map_err(explain_connecting)?;
    let set = connection.execute(WRITING).await;
    set.map_err(explain_connecting)?;
    Ok(connection)
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
    let connected = options(url)?.connect().await;
    let mut connection = connected.map_err(explain_connecting)?;
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
