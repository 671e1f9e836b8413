//! What a backfill did, or would do.

use async_graphql::{Enum, SimpleObject};

use crate::graphql::connection::count;
use crate::graphql::phrase::Phrase;
use crate::operations::{Backfilled, WhyNot};

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
    /// Null too where the instance itself refused.
    reason_phrase: Option<Phrase>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum BackfillOutcome {
    Linked,
    Skipped,
}

impl From<Backfilled> for BackfillReport {
    fn from(done: Backfilled) -> Self {
        let entries = done.entries.into_iter().map(|entry| {
            let (outcome, link, why) = match entry.outcome {
                Ok(link) => (BackfillOutcome::Linked, Some(link), None),
                Err(why) => (BackfillOutcome::Skipped, None, Some(why)),
            };
            let (reason, reason_phrase) = match why {
                Some(WhyNot::Said(phrase)) => {
                    (Some(phrase.to_string()), Some(Phrase::from(&phrase)))
                }
                Some(WhyNot::Refused(refusal)) => (Some(refusal), None),
                None => (None, None),
            };
            let (definition_key, definition_version) = link.unzip();
            BackfillEntry {
                instance_key: entry.strategy_key.into(),
                outcome,
                definition_key: definition_key.map(String::from),
                definition_version: definition_version.map(|version| version.to_string()),
                reason,
                reason_phrase,
            }
        });
        Self {
            updated: count(done.updated),
            skipped: count(done.skipped),
            entries: entries.collect(),
        }
    }
}
