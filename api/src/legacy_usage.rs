//! Counts who still calls the legacy paths, and records the counts every few seconds.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use domain::clock::Clock;
use domain::legacy_usage::{CountLegacyUsage, LegacyUsage, UsageCount};
use event_store::{Actor, CommandError, CommandGateway, Metadata, Role, Source};
use uuid::Uuid;

/// Callers and endpoints told apart between two recordings. The rest is counted together, so that
/// nobody can fill the memory by inventing addresses.
const TOLD_APART: usize = 1_000;
const EVERYBODY_ELSE: &str = "others";

/// Calls since the last recording.
#[derive(Debug)]
pub struct LegacyCalls {
    gateway: CommandGateway<LegacyUsage>,
    clock: Arc<dyn Clock>,
    counted: Mutex<Counted>,
}

#[derive(Debug)]
struct Counted {
    since: DateTime<Utc>,
    /// By caller and endpoint.
    calls: BTreeMap<(String, String), u32>,
}

impl LegacyCalls {
    pub fn new(gateway: CommandGateway<LegacyUsage>, clock: Arc<dyn Clock>) -> Self {
        let counted = Mutex::new(Counted {
            since: clock.now(),
            calls: BTreeMap::new(),
        });
        Self {
            gateway,
            clock,
            counted,
        }
    }

    pub(crate) fn count(&self, caller: &str, endpoint: &str) {
        self.add(caller.to_owned(), endpoint.to_owned(), 1);
    }

    /// Records what was counted since the last time; nothing when nobody called. Counts that could
    /// not be recorded are kept for the next time.
    pub async fn record(&self) -> Result<(), CommandError<std::convert::Infallible>> {
        let until = self.clock.now();
        let (from, calls) = {
            let mut counted = self.counted();
            let from = std::mem::replace(&mut counted.since, until);
            (from, std::mem::take(&mut counted.calls))
        };
        if calls.is_empty() {
            return Ok(());
        }
        let counts = calls.iter().map(|((caller, endpoint), &calls)| UsageCount {
            caller: caller.clone(),
            endpoint: endpoint.clone(),
            calls,
        });
        let command = CountLegacyUsage {
            counts: counts.collect(),
            from,
            until,
        };
        let actor = Actor::new("legacy-usage", Role::System);
        let metadata = Metadata::new(actor, Source::LegacyRest, Uuid::new_v4());
        let recorded = self
            .gateway
            .execute(&command.stream_id(), command, metadata)
            .await;
        if recorded.is_err() {
            // They were counted since then, whenever they are recorded
            self.counted().since = from;
            for ((caller, endpoint), calls) in calls {
                self.add(caller, endpoint, calls);
            }
        }
        recorded.map(|_| ())
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, caller: String, endpoint: String, calls: u32) {
        let mut counted = self.counted();
        let full = counted.calls.len() >= TOLD_APART;
        let key = (caller, endpoint);
        let key = if full && !counted.calls.contains_key(&key) {
            (EVERYBODY_ELSE.to_owned(), EVERYBODY_ELSE.to_owned())
        } else {
            key
        };
        let count = counted.calls.entry(key).or_default();
        *count = count.saturating_add(calls);
    }
}
