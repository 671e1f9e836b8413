//! What changed from one content to another, in sentences, and what that asks of the version.

mod bump;
mod change;
mod defaults;
mod keywords;
mod overview;
mod schema;

pub use bump::{Bump, Suggestion, suggest};
pub use change::{Change, ChangeKind, Part};

use super::DefinitionContent;

/// Every difference: what it is first, then its schema, then its defaults.
pub fn compare(before: &DefinitionContent, after: &DefinitionContent) -> Vec<Change> {
    let mut changes = overview::changes(before, after);
    changes.extend(schema::changes(before, after));
    changes.extend(defaults::changes(before, after));
    changes
}

#[cfg(test)]
mod tests;
