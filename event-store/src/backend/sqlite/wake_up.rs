//! Noticing what other processes append.

use std::convert::Infallible;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::connect::{connect, explain};
use crate::backend::appender::raise;
use crate::backend::trouble::Trouble;
use crate::recorded::Position;

/// SQLite has no notifications; asking for its change counter costs microseconds.
const POLL: Duration = Duration::from_millis(100);
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// Never returns: dropped with the log.
pub(super) async fn follow(options: SqliteConnectOptions, wake_up: watch::Sender<Position>) {
    loop {
        let Err(trouble) = follow_connected(&options, &wake_up).await;
        tracing::warn!(
            error = %domain::ErrorChain(&trouble),
            "cannot see what other processes append; trying again"
        );
        tokio::time::sleep(AFTER_FAILURE).await;
    }
}

async fn follow_connected(
    options: &SqliteConnectOptions,
    wake_up: &watch::Sender<Position>,
) -> Result<Infallible, Trouble> {
    let mut connection = connect(options).await?;
    let mut ticks = tokio::time::interval(POLL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = None;
    loop {
        ticks.tick().await;
        // Counts the commits of all other connections, whichever process they are in
        let counter: i64 = ask(&mut connection, "PRAGMA data_version").await?;
        if seen != Some(counter) {
            let newest = "SELECT coalesce(max(position), 0) FROM events";
            let head: i64 = ask(&mut connection, newest).await?;
            raise(wake_up, Position(head.cast_unsigned()));
            seen = Some(counter);
        }
    }
}

async fn ask(connection: &mut SqliteConnection, question: &'static str) -> Result<i64, Trouble> {
    sqlx::query_scalar(question)
        .fetch_one(connection)
        .await
        .map_err(explain)
}
