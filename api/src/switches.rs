//! The installation's switches, kept at hand so that no request has to read the log for them.

use std::convert::Infallible;
use std::ops::Deref;
use std::time::Duration;

use domain::ErrorChain;
use domain::installation::{INSTALLATION_ID, Installation, InstallationCommand, InstallationEvent};
use event_store::{
    CommandError, CommandGateway, CommandOptions, CommandTime, EventLog, Loaded, Position, Receipt,
    StoreError,
};
use tokio::sync::watch;

/// Reloads are at least this far apart, however busy the log is.
const PAUSE: Duration = Duration::from_millis(50);
/// What could not be read is read again, whether or not anything happens meanwhile.
const RETRY: Duration = Duration::from_secs(1);

/// The switches as of one version of their stream.
#[derive(Debug, Clone)]
pub struct Known(Loaded<Installation>);

impl Deref for Known {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &self.0.aggregate
    }
}

/// The current [`Installation`]. Another node's change arrives with the log's next wake-up.
#[derive(Debug)]
pub struct Switches {
    gateway: CommandGateway<Installation>,
    current: watch::Sender<Known>,
}

impl Switches {
    pub fn new(gateway: CommandGateway<Installation>) -> Self {
        let untouched = Loaded {
            aggregate: Installation::default(),
            version: 0,
            position: Position(0),
        };
        Self {
            gateway,
            current: watch::Sender::new(Known(untouched)),
        }
    }

    pub fn current(&self) -> Installation {
        self.current.borrow().0.aggregate.clone()
    }

    /// Tells of every change.
    pub fn watch(&self) -> watch::Receiver<Known> {
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

    /// As this node knows them, with the revision: no older than any change it made.
    pub(crate) fn known(&self) -> Loaded<Installation> {
        self.current.borrow().0.clone()
    }

    /// Changes them, and knows at once. What is recorded is answered as recorded, whatever happens
    /// to the log afterwards.
    pub(crate) async fn change(
        &self,
        command: InstallationCommand,
        options: CommandOptions,
    ) -> Result<Receipt<InstallationEvent>, CommandError<Infallible>> {
        let receipt = self
            .gateway
            .execute(INSTALLATION_ID, command, options)
            .await?;
        if !self.take_in(&receipt)
            && let Err(error) = self.refresh().await
        {
            tracing::error!(error = %ErrorChain(&error), "the switches could not be read after a change");
        }
        Ok(receipt)
    }

    /// Reads the switches from the log now.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let loaded = self.gateway.load(INSTALLATION_ID).await?;
        self.show(loaded);
        Ok(())
    }

    /// Follows the log until it closes.
    pub async fn follow(&self, log: &dyn EventLog) {
        let mut wake_ups = log.wake_ups();
        loop {
            let refreshed = self.refresh().await;
            tokio::time::sleep(PAUSE).await;
            let woken = match refreshed {
                Ok(()) => wake_ups.changed().await,
                Err(error) => {
                    tracing::error!(error = %ErrorChain(&error), "the switches could not be read");
                    let woken = tokio::time::timeout(RETRY, wake_ups.changed()).await;
                    woken.unwrap_or(Ok(()))
                }
            };
            if woken.is_err() {
                return;
            }
        }
    }

    /// Whether what is known reaches as far as a receipt now: not when others changed something
    /// before it that this node has not seen.
    fn take_in(&self, receipt: &Receipt<InstallationEvent>) -> bool {
        let mut known = self.known();
        let reaches = known.take_receipt(receipt);
        self.show(known);
        reaches
    }

    /// Readings overtake each other: an older one must not take a halt back.
    fn show(&self, loaded: Loaded<Installation>) {
        self.current.send_if_modified(|Known(current)| {
            if loaded.version <= current.version {
                return false;
            }
            let changed = current.aggregate != loaded.aggregate;
            *current = loaded;
            changed
        });
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::clock::FixedClock;
    use domain::installation::MigrationMode;

    use super::*;

    fn read(mode: MigrationMode, version: u64) -> Loaded<Installation> {
        let aggregate = Installation {
            mode,
            ..Installation::default()
        };
        Loaded {
            aggregate,
            version,
            position: Position(version),
        }
    }

    #[tokio::test]
    async fn a_reading_that_was_overtaken_takes_nothing_back() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("log.db").display());
        let clock = std::sync::Arc::new(FixedClock(DateTime::<Utc>::UNIX_EPOCH));
        let log = event_store::open(&url, clock).await.unwrap();
        let switches = Switches::new(CommandGateway::new(log, ()));
        switches.show(read(MigrationMode::DefinitionsOnly, 2));
        switches.show(read(MigrationMode::DefinitionsFirst, 1));
        assert_eq!(switches.current().mode, MigrationMode::DefinitionsOnly);
    }
}
