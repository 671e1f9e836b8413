//! Runs the scheduler by the clock until somebody asks it to stop.

use std::future::pending;
use std::time::Duration;

use domain::ErrorChain;
use event_store::Position;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_util::sync::CancellationToken;

use super::scheduler::Runtime;

impl Runtime {
    /// Works until `shutdown`. Then no run gets another turn and orders stay as they are: the
    /// instances are still wanted, and the next process takes them up again.
    pub async fn run(mut self, shutdown: CancellationToken) {
        let mut wake_ups = self.shared.log.wake_ups();
        let mut ticks = interval(self.shared.settings.tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut next_look = Instant::now();
        let mut next_dispatch = Instant::now();
        let guards = self.guards.take();
        let guards = guards.map(|guards| tokio::spawn(guards.follow(shutdown.clone())));
        loop {
            tokio::select! {
                () = shutdown.cancelled() => break,
                _ = ticks.tick() => {
                    self.fills.ask(&self.shared, self.shared.clock.now());
                    self.look().await;
                }
                () = woken(&mut wake_ups, next_look) => {
                    next_look = Instant::now() + self.shared.settings.look_pause;
                    self.look().await;
                }
                () = due(self.until_due(), next_dispatch) => {
                    next_dispatch = Instant::now() + self.shared.settings.look_pause;
                    self.dispatch(self.shared.clock.now());
                }
                Some(fills) = self.fills.next(&self.shared) => {
                    let now = self.shared.clock.now();
                    self.route_fills(fills, now);
                    self.dispatch(now);
                }
                Some(ended) = self.turns.join_next_with_id() => {
                    let now = self.shared.clock.now();
                    self.take_back(ended, now);
                    self.dispatch(now);
                }
            }
        }
        self.take_all_back(self.shared.clock.now()).await;
        if let Some(guards) = guards
            && let Err(error) = guards.await
        {
            tracing::error!(%error, "the guards were not watched to the end");
        }
        self.feed.saved().await;
        self.feed.save();
        self.feed.saved().await;
    }

    fn until_due(&self) -> Option<Duration> {
        let due = self.slots.next_wake()?;
        Some((due - self.shared.clock.now()).to_std().unwrap_or_default())
    }

    /// A log that can't be read now is read at the next tick; what runs goes on meanwhile.
    async fn look(&mut self) {
        let now = self.shared.clock.now();
        match self.follow_feed(now).await {
            Ok(()) => self.dispatch(now),
            Err(error) => {
                tracing::error!(error = %ErrorChain(&error), "lifecycle events could not be read");
            }
        }
    }
}

/// Waits until a run is due, but not shorter than until `not_before`: those due at nearly the same time
/// go together.
async fn due(wait: Option<Duration>, not_before: Instant) {
    match wait {
        Some(wait) => sleep_until(not_before.max(Instant::now() + wait)).await,
        None => pending().await,
    }
}

/// Waits for something new in the log, but not before `not_before`: a busy log is looked at in
/// batches.
pub(super) async fn woken(wake_ups: &mut watch::Receiver<Position>, not_before: Instant) {
    sleep_until(not_before).await;
    if wake_ups.changed().await.is_err() {
        // The log is closing: from here on only ticks look
        pending::<()>().await;
    }
}
