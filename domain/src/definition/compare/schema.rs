//! The rules that configurations must keep.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::change::{Change, Part, shown};
use super::keywords::{is_annotation, is_breaking};
use crate::config::pointer_to;
use crate::definition::DefinitionContent;
use crate::phrase::{Param, Phrase};

/// Below this a difference is told as one, not member by member.
const DEEPEST: usize = 16;

pub(super) fn changes(before: &DefinitionContent, after: &DefinitionContent) -> Vec<Change> {
    let mut found = Found {
        changes: Vec::new(),
        defaults: &after.default_config,
    };
    found.compare(
        &Place::default(),
        &before.config_schema,
        &after.config_schema,
    );
    found.changes
}

struct Found<'a> {
    changes: Vec<Change>,
    /// A new required member that has a default refuses no start.
    defaults: &'a Map<String, Value>,
}

/// Where in the schema, and what people call it.
#[derive(Clone, Default)]
struct Place {
    pointer: String,
    path: String,
    depth: usize,
}

impl Place {
    fn property(&self, name: &str) -> Self {
        let path = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        };
        Self {
            pointer: pointer_to(&format!("{}/properties", self.pointer), name),
            path,
            depth: self.depth + 1,
        }
    }

    fn items(&self) -> Self {
        Self {
            pointer: format!("{}/items", self.pointer),
            path: format!("{}[]", self.path),
            depth: self.depth + 1,
        }
    }

    fn subject(&self) -> Param {
        if self.path.is_empty() {
            Phrase::WholeConfiguration {}.into()
        } else {
            Param::text(&self.path)
        }
    }
}

impl Found<'_> {
    fn compare(&mut self, place: &Place, before: &Value, after: &Value) {
        if before == after {
            return;
        }
        let (Some(old), Some(new)) = (before.as_object(), after.as_object()) else {
            return self.replaced(place, before, after);
        };
        if place.depth >= DEEPEST {
            return self.replaced(place, before, after);
        }
        let keywords: Vec<&String> = old
            .keys()
            .chain(new.keys().filter(|keyword| !old.contains_key(*keyword)))
            .collect();
        for keyword in keywords {
            let (old_value, new_value) = (old.get(keyword), new.get(keyword));
            if old_value == new_value {
                continue;
            }
            match keyword.as_str() {
                "properties" => self.properties(place, old, new),
                "required" => self.required(place, old, new),
                "items" if old_value.is_some() && new_value.is_some() => {
                    let nothing = Value::Null;
                    let (old, new) = (old_value.unwrap_or(&nothing), new_value.unwrap_or(&nothing));
                    self.compare(&place.items(), old, new);
                }
                _ => self.keyword(place, keyword, old, new_value),
            }
        }
    }

    fn replaced(&mut self, place: &Place, before: &Value, after: &Value) {
        let change = Change::new(
            Part::Schema,
            &place.pointer,
            Some(before),
            Some(after),
            Phrase::RulesReplaced {
                subject: place.subject(),
            },
        );
        self.changes.push(change.rule(true));
    }

    fn properties(&mut self, place: &Place, old: &Map<String, Value>, new: &Map<String, Value>) {
        let empty = Map::new();
        let members = |schema: &'_ Map<String, Value>| -> Map<String, Value> {
            let properties = schema.get("properties").and_then(Value::as_object);
            properties.unwrap_or(&empty).clone()
        };
        let (before, after) = (members(old), members(new));
        let (was_required, is_required) = (required(old), required(new));
        let closed = new.get("additionalProperties") == Some(&Value::Bool(false));
        for (name, schema) in &before {
            let at = place.property(name);
            match after.get(name) {
                Some(now) => self.compare(&at, schema, now),
                None => self.removed(&at, schema, closed),
            }
        }
        for (name, schema) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            let at = place.property(name);
            let demanded = is_required.contains(name) && !was_required.contains(name);
            self.added(&at, name, schema, demanded);
        }
    }

    fn removed(&mut self, at: &Place, schema: &Value, closed: bool) {
        let subject = at.subject();
        let phrase = if closed {
            Phrase::MemberRemovedRefused { subject }
        } else {
            Phrase::MemberRemovedUnchecked { subject }
        };
        let change = Change::new(Part::Schema, &at.pointer, Some(schema), None, phrase);
        self.changes.push(change.rule(closed));
    }

    fn added(&mut self, at: &Place, name: &str, schema: &Value, demanded: bool) {
        let given = at.depth == 1 && self.defaults.contains_key(name);
        let subject = at.subject();
        let phrase = match (demanded, given) {
            (false, _) => Phrase::MemberAddedOptional { subject },
            (true, true) => Phrase::MemberAddedWithDefault { subject },
            (true, false) => Phrase::MemberAddedRequired { subject },
        };
        let change = Change::new(Part::Schema, &at.pointer, None, Some(schema), phrase);
        self.changes.push(change.rule(demanded && !given));
    }

    /// New members that are required are told as such; here are the others.
    fn required(&mut self, place: &Place, old: &Map<String, Value>, new: &Map<String, Value>) {
        let (before, after) = (required(old), required(new));
        let known = |name: &String| {
            let pointer = pointer_to("/properties", name);
            let old = Value::Object(old.clone());
            let new = Value::Object(new.clone());
            old.pointer(&pointer).is_some() || new.pointer(&pointer).is_none()
        };
        let pointer = format!("{}/required", place.pointer);
        for name in before.difference(&after) {
            let name_value = Value::from(name.as_str());
            let subject = place.property(name).subject();
            let phrase = Phrase::NoLongerRequired { subject };
            let change = Change::new(Part::Schema, &pointer, Some(&name_value), None, phrase);
            self.changes.push(change.rule(false));
        }
        for name in after.difference(&before).filter(|name| known(name)) {
            let given = place.depth == 0 && self.defaults.contains_key(name);
            let name_value = Value::from(name.as_str());
            let subject = place.property(name).subject();
            let phrase = Phrase::NowRequired { subject };
            let change = Change::new(Part::Schema, &pointer, None, Some(&name_value), phrase);
            self.changes.push(change.rule(!given));
        }
    }

    fn keyword(
        &mut self,
        place: &Place,
        keyword: &str,
        old: &Map<String, Value>,
        after: Option<&Value>,
    ) {
        let before = old.get(keyword);
        let (subject, name) = (place.subject(), Param::text(keyword));
        let phrase = match (before, after) {
            (Some(old), Some(new)) => Phrase::KeywordChanged {
                subject,
                keyword: name,
                before: shown(old),
                after: shown(new),
            },
            (None, Some(new)) => Phrase::KeywordAdded {
                subject,
                keyword: name,
                after: shown(new),
            },
            (Some(old), None) => Phrase::KeywordRemoved {
                subject,
                keyword: name,
                before: shown(old),
            },
            (None, None) => return,
        };
        let pointer = pointer_to(&place.pointer, keyword);
        let change = Change::new(Part::Schema, pointer, before, after, phrase);
        self.changes.push(if is_annotation(keyword) {
            change
        } else {
            change.rule(is_breaking(keyword, old, before, after))
        });
    }
}

fn required(schema: &Map<String, Value>) -> BTreeSet<String> {
    let names = schema.get("required").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}
