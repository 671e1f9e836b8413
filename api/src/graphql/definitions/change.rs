//! Differences between two contents.

use async_graphql::{Enum, SimpleObject};
use domain::definition::compare;

use crate::graphql::phrase::Phrase;
use crate::graphql::scalars::Json;

/// One difference, told to people.
#[derive(Debug, SimpleObject)]
pub(super) struct Change {
    /// `askSpread: default 0.1 → 0.2`
    sentence: String,
    /// What the sentence says.
    phrase: Phrase,
    part: ContentPart,
    kind: ChangeKind,
    /// JSON Pointer into the part.
    pointer: String,
    before: Option<Json>,
    after: Option<Json>,
    /// A configuration that was accepted may now be refused.
    breaking: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "compare::Part")]
enum ContentPart {
    Overview,
    Schema,
    Defaults,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "compare::ChangeKind")]
enum ChangeKind {
    Added,
    Removed,
    Changed,
}

impl From<compare::Change> for Change {
    fn from(change: compare::Change) -> Self {
        Self {
            sentence: change.phrase.to_string(),
            phrase: Phrase::from(&change.phrase),
            part: change.part.into(),
            kind: change.kind.into(),
            pointer: change.pointer,
            before: change.before.map(Json),
            after: change.after.map(Json),
            breaking: change.breaking,
        }
    }
}
