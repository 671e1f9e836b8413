//! The values that a start may leave out.

use super::change::{Change, Part, shown};
use crate::config::pointer_to;
use crate::definition::DefinitionContent;
use crate::phrase::{Param, Phrase};

pub(super) fn changes(before: &DefinitionContent, after: &DefinitionContent) -> Vec<Change> {
    let (old, new) = (&before.default_config, &after.default_config);
    let mut changes = Vec::new();
    for (name, value) in old {
        let pointer = pointer_to("", name);
        match new.get(name) {
            None => changes.push(Change::new(
                Part::Defaults,
                pointer,
                Some(value),
                None,
                Phrase::DefaultRemoved {
                    name: Param::text(name),
                    before: shown(value),
                },
            )),
            Some(now) if now != value => changes.push(Change::new(
                Part::Defaults,
                pointer,
                Some(value),
                Some(now),
                Phrase::DefaultChanged {
                    name: Param::text(name),
                    before: shown(value),
                    after: shown(now),
                },
            )),
            Some(_) => {}
        }
    }
    for (name, value) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        changes.push(Change::new(
            Part::Defaults,
            pointer_to("", name),
            None,
            Some(value),
            Phrase::DefaultAdded {
                name: Param::text(name),
                after: shown(value),
            },
        ));
    }
    changes
}
