//! Names, texts and the executor.

use serde_json::Value;

use super::change::{Change, Part, shown};
use crate::definition::DefinitionContent;
use crate::phrase::{Param, Phrase};

pub(super) fn changes(before: &DefinitionContent, after: &DefinitionContent) -> Vec<Change> {
    let name = told("/name", &before.name, &after.name, |before, after| {
        Phrase::NameChanged { before, after }
    });
    let visibility = told(
        "/visibility",
        &before.visibility,
        &after.visibility,
        |before, after| Phrase::VisibilityChanged { before, after },
    );
    let (was, is) = (before.executor_type.as_str(), after.executor_type.as_str());
    let executor = told("/executorType", was, is, |before, after| {
        Phrase::ExecutorChanged { before, after }
    });
    // Another executor reads other configurations
    let executor = executor.map(|change| change.rule(true));
    let all = [name, description(before, after), visibility, executor];
    all.into_iter().flatten().collect()
}

fn told(
    pointer: &str,
    before: &str,
    after: &str,
    phrase: impl FnOnce(Param, Param) -> Phrase,
) -> Option<Change> {
    let (old, new) = (Value::from(before), Value::from(after));
    let phrase = phrase(shown(&old), shown(&new));
    (old != new).then(|| Change::new(Part::Overview, pointer, Some(&old), Some(&new), phrase))
}

fn description(before: &DefinitionContent, after: &DefinitionContent) -> Option<Change> {
    let value = |content: &DefinitionContent| content.description.clone().map(Value::from);
    let (old, new) = (value(before), value(after));
    let phrase = match (&old, &new) {
        (None, None) => return None,
        (Some(old), Some(new)) if old == new => return None,
        (Some(old), Some(new)) => Phrase::DescriptionChanged {
            before: shown(old),
            after: shown(new),
        },
        (None, Some(new)) => Phrase::DescriptionAdded { after: shown(new) },
        (Some(_), None) => Phrase::DescriptionRemoved {},
    };
    let change = Change::new(
        Part::Overview,
        "/description",
        old.as_ref(),
        new.as_ref(),
        phrase,
    );
    Some(change)
}
