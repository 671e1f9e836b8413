//! What is wanted of one instance, and how what was wanted before ends.

use std::collections::BTreeMap;

use crate::ids::{DefinitionKey, ExecutorType};
use crate::instance::{Run, StopMode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is wanted of one instance.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    pub wanted: Option<WantedRun>,
    /// Runs that are over for their owner, but may still have orders at a venue.
    pub ending: BTreeMap<u32, Ending>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WantedRun {
    pub run: Run,
    /// The definition it was started from, or was linked to later.
    pub definition: Option<DefinitionKey>,
    /// Trades done before, on another server.
    pub executed_trades: u32,
    /// A row of the original server: nobody here asked for it, so it is never faulted.
    pub imported: bool,
    /// The event that asked for it, or last changed its configuration.
    pub cause: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub executor_type: ExecutorType,
    pub definition: Option<DefinitionKey>,
    pub how: HowItEnds,
    pub cause: Uuid,
}

/// What was asked for when a run was ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HowItEnds {
    pub reason: String,
    pub mode: StopMode,
    pub asked_at: DateTime<Utc>,
}

impl HowItEnds {
    pub(super) fn cancel(reason: String, asked_at: DateTime<Utc>) -> Self {
        let mode = StopMode::Cancel;
        Self {
            reason,
            mode,
            asked_at,
        }
    }
}

impl Wish {
    /// All others that may have orders at a venue.
    pub fn runs_but(&self, number: u32) -> Vec<u32> {
        let wanted = self.wanted.iter().map(|wanted| wanted.run.number);
        let runs = self.ending.keys().copied().chain(wanted);
        runs.filter(|&run| run != number).collect()
    }

    /// Of the run that there is something to do about.
    pub(super) fn definition(&self) -> Option<&DefinitionKey> {
        match self.ending.values().next() {
            Some(ending) => ending.definition.as_ref(),
            None => self.wanted.as_ref()?.definition.as_ref(),
        }
    }

    /// The run that there is something to do about.
    pub fn run(&self) -> Option<u32> {
        let ending = self.ending.keys().next().copied();
        ending.or_else(|| self.wanted.as_ref().map(|wanted| wanted.run.number))
    }
}
