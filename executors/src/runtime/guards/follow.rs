//! The watch beside a running scheduler: a loss is noticed soon, and no turn waits for it.

use domain::ErrorChain;
use tokio::time::{Duration, Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::watch::GuardWatch;
use crate::runtime::driver::woken;

/// A busy log is looked at in batches.
const PAUSE: Duration = Duration::from_millis(50);
/// A log that could not be read is tried again after this.
const RETRY: Duration = Duration::from_secs(1);

impl GuardWatch {
    /// Until `shutdown`.
    pub(crate) async fn follow(mut self, shutdown: CancellationToken) {
        let mut wake_ups = self.log.wake_ups();
        loop {
            let wait = async {
                match self.catch_up().await {
                    Ok(_) => woken(&mut wake_ups, Instant::now() + PAUSE).await,
                    Err(error) => {
                        tracing::error!(error = %ErrorChain(&error),
                            "the log could not be read: no guard sees a loss until it can");
                        sleep(RETRY).await;
                    }
                }
            };
            if shutdown.run_until_cancelled(wait).await.is_none() {
                break;
            }
        }
        if let Err(error) = self.save().await {
            tracing::warn!(error = %ErrorChain(&error), "what the guards measured was not saved");
        }
    }
}
