//! One difference.

use serde_json::Value;

use crate::phrase::{Param, Phrase};

#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub part: Part,
    pub kind: ChangeKind,
    /// JSON Pointer into the part.
    pub pointer: String,
    pub phrase: Phrase,
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// What was accepted may now be refused.
    pub breaking: bool,
    /// More than a text or a default: something new can be said, or another rule holds.
    pub changes_schema: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Overview,
    Schema,
    Defaults,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
}

impl Change {
    pub(super) fn new(
        part: Part,
        pointer: impl Into<String>,
        before: Option<&Value>,
        after: Option<&Value>,
        phrase: Phrase,
    ) -> Self {
        Self {
            part,
            kind: match (before, after) {
                (None, _) => ChangeKind::Added,
                (Some(_), None) => ChangeKind::Removed,
                (Some(_), Some(_)) => ChangeKind::Changed,
            },
            pointer: pointer.into(),
            phrase,
            before: before.cloned(),
            after: after.cloned(),
            breaking: false,
            changes_schema: false,
        }
    }

    pub(super) fn rule(mut self, breaking: bool) -> Self {
        self.changes_schema = true;
        self.breaking = breaking;
        self
    }
}

/// A value inside a sentence: texts in quotes, long values cut.
pub(super) fn shown(value: &Value) -> Param {
    const LONGEST: usize = 60;
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return Param::Text(text);
    }
    let cut: String = text.chars().take(LONGEST).collect();
    Param::Text(format!("{cut}…"))
}
