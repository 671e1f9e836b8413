//! When each instance is due, and where its run is meanwhile: here, or out on a turn.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::execution::Fill;
use domain::ids::StrategyKey;

use super::active_run::ActiveRun;
use super::shared::Shared;
use super::turn::Over;

/// One per instance that is wanted or ending.
#[derive(Debug)]
pub(crate) struct Slot {
    /// The run, unless it is out or not loaded.
    pub(crate) run: Option<Box<ActiveRun>>,
    pub(crate) out: bool,
    /// The run that this process took up last.
    pub(crate) held: Option<u32>,
    /// The run that another process runs.
    pub(crate) left: Option<u32>,
    /// When the strategy runs next; moves by whole cadences.
    pub(crate) tick_due: DateTime<Utc>,
    /// The last decision waits for freed slots.
    pub(crate) refill: bool,
    /// Failures in a row.
    pub(crate) failures: u32,
    /// Trades that came in since the last turn.
    pub(crate) fills: Vec<Fill>,
    pub(crate) over: Over,
    wake: DateTime<Utc>,
}

/// All slots, and in which order they are due: by time, then by strategy key.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    by_key: BTreeMap<StrategyKey, Slot>,
    due: BTreeSet<(DateTime<Utc>, StrategyKey)>,
}

impl Slots {
    pub(crate) fn get_mut(&mut self, key: &StrategyKey) -> Option<&mut Slot> {
        self.by_key.get_mut(key)
    }

    /// Makes an instance due now, whether it was known or not.
    pub(crate) fn nudge(&mut self, key: &StrategyKey, now: DateTime<Utc>) {
        if !self.by_key.contains_key(key) {
            self.by_key.insert(key.clone(), Slot::new(now));
        }
        self.wake_at(key, now);
    }

    /// Sets when an instance is due. One that is out keeps the earliest wish until it is back.
    pub(crate) fn wake_at(&mut self, key: &StrategyKey, at: DateTime<Utc>) {
        let Some(slot) = self.by_key.get_mut(key) else {
            return;
        };
        if slot.out {
            slot.wake = slot.wake.min(at);
            return;
        }
        self.due.remove(&(slot.wake, key.clone()));
        slot.wake = at;
        self.due.insert((at, key.clone()));
    }

    /// When the next one is due that is not out.
    pub(crate) fn next_wake(&self) -> Option<DateTime<Utc>> {
        self.due.first().map(|(at, _)| *at)
    }

    /// The next instance that is due, marked as out.
    pub(crate) fn take_due(&mut self, now: DateTime<Utc>) -> Option<StrategyKey> {
        self.due.first().filter(|(at, _)| *at <= now)?;
        let (_, key) = self.due.pop_first()?;
        let slot = self.by_key.get_mut(&key)?;
        slot.out = true;
        slot.wake = DateTime::<Utc>::MAX_UTC;
        Some(key)
    }

    /// Takes an instance back; due at `wake`, or earlier if something came in meanwhile.
    pub(crate) fn give_back(&mut self, key: &StrategyKey, wake: DateTime<Utc>) {
        let Some(slot) = self.by_key.get_mut(key) else {
            return;
        };
        slot.out = false;
        slot.wake = slot.wake.min(wake);
        self.due.insert((slot.wake, key.clone()));
    }

    pub(crate) fn remove(&mut self, key: &StrategyKey) {
        if let Some(slot) = self.by_key.remove(key) {
            self.due.remove(&(slot.wake, key.clone()));
        }
    }
}

impl Slot {
    fn new(now: DateTime<Utc>) -> Self {
        Self {
            run: None,
            out: false,
            held: None,
            left: None,
            tick_due: now,
            refill: false,
            failures: 0,
            fills: Vec::new(),
            over: Over::default(),
            wake: now,
        }
    }

    /// When somebody looks again what the run holds is worth.
    pub(crate) fn value_again(&self, shared: &Shared, now: DateTime<Utc>) -> DateTime<Utc> {
        match &self.run {
            Some(run) if run.holds_something() => now + shared.settings.value_every,
            Some(_) | None => DateTime::<Utc>::MAX_UTC,
        }
    }

    /// The run is no longer wanted: whatever is out stops placing orders.
    pub(crate) fn call_off(&mut self) {
        self.over.raise();
        self.over = Over::default();
    }
}
