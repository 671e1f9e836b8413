//! Reads the lifecycle events, and saves how far it came, so that a restart needn't read them all.

use std::sync::Arc;

use domain::ErrorChain;
use domain::ids::StrategyKey;
use domain::wishes::Wishes;
use event_store::{EventLog, FeedFilter, Position, Reader, Recorded, StoreError, event_at};
use serde_json::value::to_raw_value;
use tokio::task::{JoinHandle, spawn_blocking};

const PAGE: usize = 1000;
/// From so far back the log is read again in well under a second, whatever is in it.
const NEAR: u64 = 50_000;
const READER: Reader = Reader::EXECUTOR_RUNTIME;

#[derive(Debug)]
pub(crate) struct FeedReader {
    log: Arc<dyn EventLog>,
    wishes: Wishes,
    position: Position,
    /// Events taken in since the state was last saved.
    unsaved: usize,
    saved_at: Position,
    /// Writes the state beside the reading: that of ten thousand instances takes a while.
    saving: Option<JoinHandle<()>>,
}

impl FeedReader {
    /// Starts from the saved state if there is one this release can read.
    pub(crate) async fn open(log: Arc<dyn EventLog>) -> Result<Self, StoreError> {
        let saved = READER.saved(log.as_ref()).await?;
        let readable = saved.and_then(|(state, position)| {
            let wishes = serde_json::from_str(state.get()).ok()?;
            Some((wishes, position))
        });
        let (wishes, position) = readable.unwrap_or_default();
        Ok(Self {
            log,
            wishes,
            position,
            unsaved: 0,
            saved_at: position,
            saving: None,
        })
    }

    /// Reads to the end of the log; returns the instances for which something changed, in the
    /// order in which it did.
    pub(crate) async fn catch_up(&mut self) -> Result<Vec<StrategyKey>, StoreError> {
        let filter = FeedFilter::only(&Wishes::READS);
        let mut changed = Vec::new();
        loop {
            let page = self.log.feed(self.position, PAGE, &filter).await?;
            for recorded in &page.events {
                self.unsaved += 1;
                changed.extend(self.take_in(recorded));
            }
            self.position = page.up_to;
            if page.at_head {
                return Ok(changed);
            }
        }
    }

    /// Begins to save the state when at least `events` were taken in since it was last saved, or the
    /// log has grown by much else. What is saved grows with the instances, so with more of them it is
    /// saved less often.
    pub(crate) fn save_after(&mut self, events: usize) {
        let instances = self.wishes.len();
        let grown = self.position.0.saturating_sub(self.saved_at.0);
        if self.unsaved >= events.max(instances / 4) || grown >= NEAR.max(10 * instances as u64) {
            self.save();
        }
    }

    /// Begins to save what is not saved, unless an earlier state is still being written.
    pub(crate) fn save(&mut self) {
        let writing = self.saving.as_ref().is_some_and(|task| !task.is_finished());
        if self.saved_at == self.position || writing {
            return;
        }
        let saving = save(self.log.clone(), self.wishes.clone(), self.position);
        self.saving = Some(tokio::spawn(saving));
        self.unsaved = 0;
        self.saved_at = self.position;
    }

    /// Returns when nothing is being written any more.
    pub(crate) async fn saved(&mut self) {
        if let Some(saving) = self.saving.take()
            && let Err(error) = saving.await
        {
            tracing::error!(%error, "saving what should be running was given up");
        }
    }

    pub(crate) fn wishes(&self) -> &Wishes {
        &self.wishes
    }

    pub(crate) fn wishes_mut(&mut self) -> &mut Wishes {
        &mut self.wishes
    }

    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Whom it concerns.
    fn take_in(&mut self, recorded: &Recorded) -> Vec<StrategyKey> {
        let stream_id = &recorded.stream.aggregate_id;
        match recorded.decode() {
            Ok(event) => self.wishes.take_in(stream_id, event, recorded.event_id),
            // The others must go on; whoever reads the log finds the same alarm in the tables
            Err(error) => {
                tracing::error!(position = recorded.position.0, stream = %recorded.stream,
                    error = %ErrorChain(&error), "a lifecycle event can't be read");
                vec![]
            }
        }
    }
}

/// What is not saved is read again from the log, so a failure costs a restart some time.
async fn save(log: Arc<dyn EventLog>, wishes: Wishes, position: Position) {
    let written = async {
        let last_event = event_at(log.as_ref(), position).await?;
        let sealed = spawn_blocking(move || {
            let state = to_raw_value(&wishes);
            let state = state.map_err(|error| StoreError::Failed(Box::new(error)))?;
            READER.seal((position, last_event), state)
        });
        let sealed = sealed.await;
        let snapshot = sealed.map_err(|died| StoreError::Failed(Box::new(died)))??;
        READER.save(log.as_ref(), snapshot).await
    };
    if let Err(error) = written.await {
        tracing::error!(error = %ErrorChain(&error), "what should be running could not be saved");
    }
}
