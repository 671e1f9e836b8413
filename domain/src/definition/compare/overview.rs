//! Names, texts and the executor.

use serde_json::Value;

use super::change::{Change, Part, shown};
use crate::definition::DefinitionContent;

pub(super) fn changes(before: &DefinitionContent, after: &DefinitionContent) -> Vec<Change> {
    let mut changes = Vec::new();
    let texts = |content: &DefinitionContent| {
        [
            ("name", Some(content.name.clone())),
            ("description", content.description.clone()),
            ("visibility", Some(content.visibility.clone())),
            (
                "executorType",
                Some(content.executor_type.as_str().to_owned()),
            ),
        ]
    };
    for ((name, old), (_, new)) in texts(before).into_iter().zip(texts(after)) {
        if old == new {
            continue;
        }
        let (old, new) = (old.map(Value::from), new.map(Value::from));
        let sentence = match (&old, &new) {
            (Some(old), Some(new)) => format!("{name}: {} → {}", shown(old), shown(new)),
            (None, Some(new)) => format!("{name} added: {}", shown(new)),
            (_, None) => format!("{name} removed"),
        };
        let pointer = format!("/{name}");
        let change = Change::new(
            Part::Overview,
            pointer,
            old.as_ref(),
            new.as_ref(),
            sentence,
        );
        // Another executor reads other configurations
        changes.push(if name == "executorType" {
            change.rule(true)
        } else {
            change
        });
    }
    changes
}
