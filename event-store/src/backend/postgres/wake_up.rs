//! Noticing what other processes append.

use std::convert::Infallible;
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::sync::watch;

use super::read::head;
use super::trouble::explain;
use crate::backend::appender::raise;
use crate::backend::trouble::Trouble;
use crate::recorded::Position;

/// What [`super::tell_others`] notifies.
pub(super) const CHANNEL: &str = "event_log";
/// A notification lost with a connection is made up for within this time.
const SAFETY_NET: Duration = Duration::from_secs(2);
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Never returns: dropped with the log.
pub(super) async fn follow(options: PgConnectOptions, wake_up: watch::Sender<Position>) {
    loop {
        let Err(trouble) = follow_connected(options.clone(), &wake_up).await;
        tracing::warn!(
            error = %domain::ErrorChain(&trouble),
            "cannot see what other processes append; trying again"
        );
        tokio::time::sleep(AFTER_FAILURE).await;
    }
}

async fn follow_connected(
    options: PgConnectOptions,
    wake_up: &watch::Sender<Position>,
) -> Result<Infallible, Trouble> {
    // One connection listens for as long as it lives, the other asks
    let pool: PgPool = PgPoolOptions::new()
        .max_connections(2)
        .connect_with(options)
        .await
        .map_err(explain)?;
    let mut listener = PgListener::connect_with(&pool).await.map_err(explain)?;
    listener.listen(CHANNEL).await.map_err(explain)?;
    loop {
        // Asked only after listening has begun, so nothing can slip through between
        raise(wake_up, head(&pool).await?);
        while let Ok(received) = tokio::time::timeout(SAFETY_NET, listener.try_recv()).await {
            // None: the connection broke and is made anew; something may have been missed
            let Some(notification) = received.map_err(explain)? else {
                break;
            };
            if let Ok(position) = notification.payload().parse() {
                raise(wake_up, Position(position));
            }
        }
    }
}
