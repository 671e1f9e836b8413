//! What the watch knows, saved now and then, so that a restart need not read all trades again.

use std::collections::BTreeMap;

use domain::guard::RiskGuards;
use domain::ids::GuardName;
use event_store::log::Snapshot;
use event_store::{EventLog, Position, StoreError, StreamName};
use metrics::gauge;
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::measures::GuardMeasures;
use super::trip::Watched;

/// Changes when the saved state does; an older one is then ignored.
const SHAPE: &str = "1";

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Saved {
    pub(super) guards: RiskGuards,
    /// Those that are armed.
    pub(super) watched: BTreeMap<GuardName, Watched>,
    /// By execution.
    pub(super) books: BTreeMap<String, Book>,
}

impl Saved {
    pub(super) async fn read(log: &dyn EventLog) -> Result<(Self, Position), StoreError> {
        let saved = log.snapshot(&name(), SHAPE).await?;
        let head = log.head().await?;
        // A state from beyond the log's end belongs to another history
        let saved = saved.filter(|snapshot| snapshot.version <= head.0);
        let readable = saved.and_then(|snapshot| {
            let saved = serde_json::from_str(&snapshot.state).ok()?;
            Some((saved, Position(snapshot.version)))
        });
        Ok(readable.unwrap_or_default())
    }

    pub(super) async fn write(
        &self,
        log: &dyn EventLog,
        position: Position,
    ) -> Result<(), StoreError> {
        let state =
            serde_json::to_string(self).map_err(|source| StoreError::Failed(Box::new(source)))?;
        let snapshot = Snapshot {
            shape: SHAPE.to_owned(),
            version: position.0,
            state,
        };
        log.save_snapshot(&name(), snapshot).await
    }

    /// A guard that was just armed measures from zero; one that tripped or is gone measures no more.
    pub(super) fn watch_what_is_armed(&mut self) {
        let mut before = std::mem::take(&mut self.watched);
        for (name, guard) in self.guards.all().filter(|(_, guard)| guard.trip.is_none()) {
            let known = before.remove(name);
            let known = known.filter(|watched| watched.arming == guard.arming);
            let watched = known.unwrap_or_else(|| Watched::new(guard.arming));
            self.watched.insert(name.clone(), watched);
        }
        if self.watched.is_empty() {
            self.books.clear();
        }
    }

    pub(super) fn show(&self, shown: &GuardMeasures) {
        let tripped = self.guards.all().filter(|(_, guard)| guard.trip.is_some());
        gauge!("risk_guards_tripped").set(u32::try_from(tripped.count()).unwrap_or(u32::MAX));
        let measures = self
            .watched
            .iter()
            .map(|(name, watched)| (name.clone(), (watched.arming, watched.measure.clone())));
        shown.show(measures.collect());
    }
}

fn name() -> StreamName {
    StreamName::new("reaction", "guard-watch")
}
