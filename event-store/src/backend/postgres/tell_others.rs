//! Telling other processes that there is something new.
//!
//! Not in the transaction that stores a batch: at high rates the listeners' wake-ups would take a
//! seventh of the time that a batch has its turn.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Executor, PgPool};
use tokio::sync::watch;
use tokio::time::sleep;

use super::trouble::explain;
use super::wake_up::CHANNEL;
use crate::backend::trouble::Trouble;
use crate::recorded::Position;

/// The first news goes out at once; what follows close behind is told together.
const AT_MOST_EVERY: Duration = Duration::from_millis(5);
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// A connection of its own: a notification that is lost with the server is made up for by whoever
/// listens, so nothing waits for its flush.
pub(super) fn connection(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute("SET synchronous_commit = off").await?;
                Ok(())
            })
        })
        .connect_lazy_with(options)
}

/// Ends with the log.
pub(super) async fn keep_telling(connection: PgPool, mut stored: watch::Receiver<Position>) {
    while stored.changed().await.is_ok() {
        let head = *stored.borrow_and_update();
        let pause = match tell(&connection, head).await {
            Ok(()) => AT_MOST_EVERY,
            Err(trouble) => {
                tracing::warn!(
                    error = %domain::ErrorChain(&trouble),
                    "cannot tell other processes what was appended; trying again"
                );
                stored.mark_changed();
                AFTER_FAILURE
            }
        };
        sleep(pause).await;
    }
}

pub(super) async fn tell(connection: &PgPool, head: Position) -> Result<(), Trouble> {
    sqlx::query("SELECT pg_notify($1, $2)")
        .bind(CHANNEL)
        .bind(head.to_string())
        .execute(connection)
        .await
        .map_err(explain)?;
    Ok(())
}
