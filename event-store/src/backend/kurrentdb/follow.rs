//! Noticing what other servers append.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::mirroring::Mirroring;

/// One look at the end of the stream. KurrentDB would tell by itself, but the client's subscription
/// never ends when its server says goodbye in good order, and spins instead (kurrentdb 1.2).
const LOOK_EVERY: Duration = Duration::from_millis(50);
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// Never returns: dropped with the log.
pub(super) async fn follow(mirroring: Arc<Mirroring>) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = false;
    loop {
        ticks.tick().await;
        match mirroring.catch_up().await {
            Ok(()) => told = false,
            Err(trouble) => {
                if !told {
                    tracing::warn!(
                        error = %domain::ErrorChain(&trouble),
                        "cannot see what other servers append; trying again"
                    );
                }
                told = true;
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
}
