//! The installation's switches, kept at hand so that no request has to read the log for them.

use std::convert::Infallible;
use std::time::Duration;

use domain::ErrorChain;
use domain::installation::{INSTALLATION_ID, Installation, InstallationCommand, InstallationEvent};
use event_store::{
    CommandError, CommandGateway, CommandOptions, CommandTime, EventLog, Loaded, Receipt,
    StoreError,
};
use tokio::sync::watch;

/// Reloads are at least this far apart, however busy the log is.
const PAUSE: Duration = Duration::from_millis(50);

/// The current [`Installation`]. Another node's change arrives with the log's next wake-up.
#[derive(Debug)]
pub struct Switches {
    gateway: CommandGateway<Installation>,
    current: watch::Sender<Installation>,
}

impl Switches {
    pub fn new(gateway: CommandGateway<Installation>) -> Self {
        Self {
            gateway,
            current: watch::Sender::new(Installation::default()),
        }
    }

    pub fn current(&self) -> Installation {
        self.current.borrow().clone()
    }

    /// Tells of every change.
    pub fn watch(&self) -> watch::Receiver<Installation> {
        self.current.subscribe()
    }

    /// How long the last changes took.
    pub(crate) fn times(&self) -> Vec<CommandTime> {
        self.gateway.times()
    }

    /// As the log has them now, with the revision.
    pub(crate) async fn load(&self) -> Result<Loaded<Installation>, StoreError> {
        self.gateway.load(INSTALLATION_ID).await
    }

    /// Changes them, and knows at once.
    pub(crate) async fn change(
        &self,
        command: InstallationCommand,
        options: CommandOptions,
    ) -> Result<Receipt<InstallationEvent>, CommandError<Infallible>> {
        let receipt = self
            .gateway
            .execute(INSTALLATION_ID, command, options)
            .await?;
        self.refresh().await?;
        Ok(receipt)
    }

    /// Reads the switches from the log now: at start, and after changing one.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let loaded = self.gateway.load(INSTALLATION_ID).await?;
        self.current.send_if_modified(|current| {
            let changed = *current != loaded.aggregate;
            *current = loaded.aggregate;
            changed
        });
        Ok(())
    }

    /// Follows the log until it closes.
    pub async fn follow(&self, log: &dyn EventLog) {
        let mut wake_ups = log.wake_ups();
        loop {
            if let Err(error) = self.refresh().await {
                tracing::error!(error = %ErrorChain(&error), "the switches could not be read");
            }
            tokio::time::sleep(PAUSE).await;
            if wake_ups.changed().await.is_err() {
                return;
            }
        }
    }
}
