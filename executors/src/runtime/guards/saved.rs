//! What the watch knows, saved now and then, so that a restart need not read all trades again.

use std::collections::BTreeMap;

use domain::guard::RiskGuards;
use domain::ids::GuardName;
use event_store::{EventLog, Position, Reader, StoreError, event_at};
use metrics::gauge;
use serde::{Deserialize, Serialize};
use serde_json::value::to_raw_value;

use super::book::Book;
use super::measures::GuardMeasures;
use super::trip::Watched;

const READER: Reader = Reader::GUARD_WATCH;

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
        let saved = READER.saved(log).await?;
        let readable = saved.and_then(|(state, position)| {
            let saved = serde_json::from_str(state.get()).ok()?;
            Some((saved, position))
        });
        Ok(readable.unwrap_or_default())
    }

    pub(super) async fn write(
        &self,
        log: &dyn EventLog,
        position: Position,
    ) -> Result<(), StoreError> {
        let state = to_raw_value(self);
        let state = state.map_err(|source| StoreError::Failed(Box::new(source)))?;
        let last_event = event_at(log, position).await?;
        let snapshot = READER.seal((position, last_event), state)?;
        READER.save(log, snapshot).await
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
