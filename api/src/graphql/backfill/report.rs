//! What a backfill did, or would do.

use async_graphql::{Enum, SimpleObject};

use crate::graphql::connection::count;
use crate::operations::Backfilled;

#[derive(Debug, SimpleObject)]
pub(super) struct BackfillReport {
    /// Linked, or to be linked.
    updated: i64,
    skipped: i64,
    /// The first 1000.
    entries: Vec<BackfillEntry>,
}

#[derive(Debug, SimpleObject)]
struct BackfillEntry {
    instance_key: String,
    outcome: BackfillOutcome,
    definition_key: Option<String>,
    definition_version: Option<String>,
    /// Why it is skipped.
    reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum BackfillOutcome {
    Linked,
    Skipped,
}

impl From<Backfilled> for BackfillReport {
    fn from(done: Backfilled) -> Self {
        let entries = done.entries.into_iter().map(|entry| {
            let (outcome, link, reason) = match entry.outcome {
                Ok(link) => (BackfillOutcome::Linked, Some(link), None),
                Err(reason) => (BackfillOutcome::Skipped, None, Some(reason)),
            };
            let (definition_key, definition_version) = link.unzip();
            BackfillEntry {
                instance_key: entry.strategy_key.into(),
                outcome,
                definition_key: definition_key.map(String::from),
                definition_version: definition_version.map(|version| version.to_string()),
                reason,
            }
        });
        Self {
            updated: count(done.updated),
            skipped: count(done.skipped),
            entries: entries.collect(),
        }
    }
}
