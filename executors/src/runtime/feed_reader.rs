//! Reads the lifecycle events, and saves how far it came, so that a restart needn't read them all.

use std::sync::Arc;

use domain::ErrorChain;
use domain::event::{Event, aggregate_type};
use domain::ids::StrategyKey;
use event_store::log::Snapshot;
use event_store::{EventLog, FeedFilter, Position, Recorded, StoreError, StreamName};

use super::wishes::Wishes;

const PAGE: usize = 1000;
/// Changes when the saved state does; an older one is then ignored.
const SHAPE: &str = "3";

#[derive(Debug)]
pub(crate) struct FeedReader {
    log: Arc<dyn EventLog>,
    wishes: Wishes,
    position: Position,
    /// Events taken in since the state was last saved.
    unsaved: usize,
}

impl FeedReader {
    /// Starts from the saved state if there is one this release can read.
    pub(crate) async fn open(log: Arc<dyn EventLog>) -> Result<Self, StoreError> {
        let saved = log.snapshot(&snapshot_name(), SHAPE).await?;
        let head = log.head().await?;
        // A state from beyond the log's end belongs to another history
        let saved = saved.filter(|snapshot| snapshot.version <= head.0);
        let readable = saved.and_then(|snapshot| {
            let wishes = serde_json::from_str(&snapshot.state).ok()?;
            Some((wishes, Position(snapshot.version)))
        });
        let (wishes, position) = readable.unwrap_or_default();
        Ok(Self {
            log,
            wishes,
            position,
            unsaved: 0,
        })
    }

    /// Reads to the end of the log; returns the instances for which something changed, in the
    /// order in which it did.
    pub(crate) async fn catch_up(&mut self) -> Result<Vec<StrategyKey>, StoreError> {
        let filter = FeedFilter::only(&[
            aggregate_type::INSTANCE,
            aggregate_type::INSTALLATION,
            aggregate_type::RISK_GUARDS,
        ]);
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

    /// Saves the state when at least `events` were taken in since it was last saved.
    pub(crate) async fn save_after(&mut self, events: usize) -> Result<(), StoreError> {
        if self.unsaved < events {
            return Ok(());
        }
        let state = serde_json::to_string(&self.wishes)
            .map_err(|source| StoreError::Failed(Box::new(source)))?;
        let snapshot = Snapshot {
            shape: SHAPE.to_owned(),
            version: self.position.0,
            state,
        };
        self.log.save_snapshot(&snapshot_name(), snapshot).await?;
        self.unsaved = 0;
        Ok(())
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
        match recorded.decode() {
            Ok(Event::Instance(event)) => {
                let key = StrategyKey::new(&recorded.stream.aggregate_id);
                let changed = self.wishes.apply(&key, event, recorded.event_id);
                Vec::from_iter(changed.then_some(key))
            }
            Ok(Event::Installation(event)) => {
                if self.wishes.apply_to_all(event) {
                    self.wishes.keys().cloned().collect()
                } else {
                    vec![]
                }
            }
            Ok(Event::RiskGuards(event)) => self.wishes.apply_to_guards(event),
            Ok(
                Event::Definition(_)
                | Event::Execution(_)
                | Event::LegacyRecord(_)
                | Event::LegacyUsage(_)
                | Event::Projection(_),
            ) => vec![],
            // The others must go on; whoever reads the log finds the same alarm in the tables
            Err(error) => {
                tracing::error!(position = recorded.position.0, stream = %recorded.stream,
                    error = %ErrorChain(&error), "a lifecycle event can't be read");
                vec![]
            }
        }
    }
}

fn snapshot_name() -> StreamName {
    StreamName::new("reaction", "executor-runtime")
}
