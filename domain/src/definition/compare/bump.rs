//! Which number of the version a set of changes raises, and why.

use std::collections::BTreeSet;

use super::Change;
use crate::definition::DefinitionVersion;
use crate::phrase::{Param, Phrase};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    None,
    Patch,
    Minor,
    Major,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub bump: Bump,
    /// `None` when the current version's name is no version.
    pub version: Option<DefinitionVersion>,
    pub reason: Phrase,
}

/// The next free version for these changes.
pub fn suggest(
    changes: &[Change],
    current: &DefinitionVersion,
    taken: &BTreeSet<DefinitionVersion>,
) -> Suggestion {
    let breaking: Vec<&Change> = changes.iter().filter(|change| change.breaking).collect();
    let of_schema = changes.iter().find(|change| change.changes_schema);
    let (bump, reason) = match (breaking.as_slice(), of_schema) {
        ([only], _) => {
            let change = only.phrase.clone().into();
            (Bump::Major, Phrase::BumpMajor { change })
        }
        ([first, others @ ..], _) => {
            let change = first.phrase.clone().into();
            let more = Param::text(others.len());
            (Bump::Major, Phrase::BumpMajorMore { change, more })
        }
        ([], Some(first)) => {
            let change = first.phrase.clone().into();
            (Bump::Minor, Phrase::BumpMinor { change })
        }
        ([], None) if changes.is_empty() => (Bump::None, Phrase::BumpNone {}),
        ([], None) => (Bump::Patch, Phrase::BumpPatch {}),
    };
    Suggestion {
        bump,
        version: next_free(current, bump, taken),
        reason,
    }
}

fn next_free(
    current: &DefinitionVersion,
    bump: Bump,
    taken: &BTreeSet<DefinitionVersion>,
) -> Option<DefinitionVersion> {
    let mut version = raised(current, bump)?;
    while taken.contains(&version) {
        version = raised(&version, bump)?;
    }
    Some(version)
}

fn raised(version: &DefinitionVersion, bump: Bump) -> Option<DefinitionVersion> {
    DefinitionVersion::try_new(version.as_str()).ok()?;
    let mut numbers = version.as_str().split('.').map(str::parse::<u64>);
    let (major, minor, patch) = (
        numbers.next()?.ok()?,
        numbers.next()?.ok()?,
        numbers.next()?.ok()?,
    );
    let (major, minor, patch) = match bump {
        Bump::Major => (major.checked_add(1)?, 0, 0),
        Bump::Minor => (major, minor.checked_add(1)?, 0),
        Bump::Patch | Bump::None => (major, minor, patch.checked_add(1)?),
    };
    Some(DefinitionVersion::imported(format!(
        "{major}.{minor}.{patch}"
    )))
}
