//! A schema as a graph: which subschema applies which others, to the same value or to its parts.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value};

use super::{Violation, pointer};

/// More would take too long to compile, and no form could show it.
const MAX_SUBSCHEMAS: usize = 2_000;
/// Each may be followed inside another: this bounds how deep compiling and validating recurse.
const MAX_REFERENCES: usize = 64;
const META_SCHEMA: &str = "https://json-schema.org/draft/2020-12/schema";

/// Keywords whose value is a subschema.
const ONE: [(&str, Applies); 12] = [
    ("not", Applies::ToSame),
    ("if", Applies::ToSame),
    ("then", Applies::ToSame),
    ("else", Applies::ToSame),
    ("additionalProperties", Applies::ToEachPart),
    ("propertyNames", Applies::ToEachPart),
    ("items", Applies::ToEachPart),
    ("contains", Applies::ToEachPart),
    ("unevaluatedProperties", Applies::ToEachPart),
    ("unevaluatedItems", Applies::ToEachPart),
    ("additionalItems", Applies::ToEachPart),
    ("contentSchema", Applies::Never),
];
/// Keywords whose value is a list of subschemas.
const LIST: [(&str, Applies); 4] = [
    ("allOf", Applies::ToSame),
    ("anyOf", Applies::ToSame),
    ("oneOf", Applies::ToSame),
    ("prefixItems", Applies::ToOnePart),
];
/// Keywords whose value is an object of subschemas.
const NAMED: [(&str, Applies); 6] = [
    ("properties", Applies::ToOnePart),
    ("patternProperties", Applies::ToEachPart),
    ("dependentSchemas", Applies::ToSame),
    ("dependencies", Applies::ToSame),
    ("$defs", Applies::Never),
    ("definitions", Applies::Never),
];

/// What a subschema is applied to, when the schema around it is applied to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Applies {
    ToSame,
    /// Of several of these, a part of the value meets one.
    ToOnePart,
    ToEachPart,
    Never,
}

#[derive(Debug)]
pub(super) struct Subschema<'s> {
    pub(super) pointer: String,
    pub(super) members: &'s Map<String, Value>,
    pub(super) applies: Vec<(usize, Applies)>,
}

/// Every subschema that can be reached from the root, which is the first.
#[derive(Debug)]
pub(super) struct SchemaGraph<'s> {
    root: &'s Value,
    pub(super) nodes: Vec<Subschema<'s>>,
    by_pointer: BTreeMap<String, usize>,
    anchors: BTreeMap<&'s str, usize>,
    unvisited: VecDeque<usize>,
}

struct Reference<'s> {
    from: usize,
    keyword: &'static str,
    target: &'s str,
}

impl<'s> SchemaGraph<'s> {
    /// Refuses schemas that are too large, of another dialect, or refer outside themselves.
    pub(super) fn of(root: &'s Value) -> Result<Self, Violation> {
        let mut graph = Self {
            root,
            nodes: Vec::new(),
            by_pointer: BTreeMap::new(),
            anchors: BTreeMap::new(),
            unvisited: VecDeque::new(),
        };
        graph.node(String::new(), root)?;
        let mut references = graph.visit_all()?;
        let mut followed = 0;
        // What a reference leads to may contain more references
        while !references.is_empty() {
            for reference in std::mem::take(&mut references) {
                followed += 1;
                graph.follow(&reference, followed)?;
            }
            references = graph.visit_all()?;
        }
        Ok(graph)
    }

    /// The index of the subschema there; `true`, `false` and what is no schema have none.
    fn node(&mut self, pointer: String, value: &'s Value) -> Result<Option<usize>, Violation> {
        let Some(members) = value.as_object() else {
            return Ok(None);
        };
        if let Some(index) = self.by_pointer.get(&pointer) {
            return Ok(Some(*index));
        }
        let index = self.nodes.len();
        if index >= MAX_SUBSCHEMAS {
            let message = format!("a schema must not have more than {MAX_SUBSCHEMAS} subschemas");
            return Err(Violation::new(pointer, "schema", message));
        }
        self.by_pointer.insert(pointer.clone(), index);
        self.nodes.push(Subschema {
            pointer,
            members,
            applies: Vec::new(),
        });
        self.unvisited.push_back(index);
        Ok(Some(index))
    }

    fn visit_all(&mut self) -> Result<Vec<Reference<'s>>, Violation> {
        let mut references = Vec::new();
        while let Some(index) = self.unvisited.pop_front() {
            self.check_identity(index)?;
            self.visit_keywords(index)?;
            let members = self.nodes[index].members;
            for keyword in ["$ref", "$dynamicRef"] {
                let target = members.get(keyword).and_then(Value::as_str);
                references.extend(target.map(|target| Reference {
                    from: index,
                    keyword,
                    target,
                }));
            }
        }
        Ok(references)
    }

    /// One dialect and one base address: a reference can only mean one thing.
    fn check_identity(&mut self, index: usize) -> Result<(), Violation> {
        let Subschema {
            pointer, members, ..
        } = &self.nodes[index];
        let refuse = |keyword, message| {
            Err(Violation::new(
                pointer::join(pointer, keyword),
                keyword,
                message,
            ))
        };
        let dialect = members.get("$schema").and_then(Value::as_str);
        if dialect.is_some_and(|dialect| dialect.trim_end_matches('#') != META_SCHEMA) {
            return refuse("$schema", "only JSON Schema 2020-12 is supported");
        }
        if index != 0 && members.contains_key("$id") {
            return refuse("$id", "only the whole schema may have an $id");
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            let Some(name) = members.get(keyword).and_then(Value::as_str) else {
                continue;
            };
            if self
                .anchors
                .insert(name, index)
                .is_some_and(|other| other != index)
            {
                return refuse(keyword, "an anchor must be unique");
            }
        }
        Ok(())
    }

    fn visit_keywords(&mut self, index: usize) -> Result<(), Violation> {
        let members = self.nodes[index].members;
        let at = self.nodes[index].pointer.clone();
        for (keyword, applies) in ONE {
            if let Some(value) = members.get(keyword) {
                self.apply(index, applies, pointer::join(&at, keyword), value)?;
            }
        }
        for (keyword, applies) in LIST {
            let items = members.get(keyword).and_then(Value::as_array);
            for (i, value) in items.into_iter().flatten().enumerate() {
                self.apply(index, applies, format!("{at}/{keyword}/{i}"), value)?;
            }
        }
        for (keyword, applies) in NAMED {
            let named = members.get(keyword).and_then(Value::as_object);
            for (name, value) in named.into_iter().flatten() {
                let at = pointer::join(&pointer::join(&at, keyword), name);
                self.apply(index, applies, at, value)?;
            }
        }
        Ok(())
    }

    fn apply(
        &mut self,
        from: usize,
        applies: Applies,
        pointer: String,
        value: &'s Value,
    ) -> Result<(), Violation> {
        if let Some(to) = self.node(pointer, value)? {
            self.nodes[from].applies.push((to, applies));
        }
        Ok(())
    }

    fn follow(&mut self, reference: &Reference<'s>, followed: usize) -> Result<(), Violation> {
        let from = &self.nodes[reference.from];
        let at = pointer::join(&from.pointer, reference.keyword);
        let refuse = |message: String| Err(Violation::new(&at, reference.keyword, message));
        if followed > MAX_REFERENCES {
            let limit = format!("a schema must not have more than {MAX_REFERENCES} references");
            return refuse(limit);
        }
        let id = self.nodes[0].members.get("$id").and_then(Value::as_str);
        let local = id.and_then(|id| reference.target.strip_prefix(id.trim_end_matches('#')));
        let fragment = match local.unwrap_or(reference.target) {
            "" if local.is_some() => "",
            target => match target.strip_prefix('#') {
                Some(fragment) => fragment,
                None => return refuse("a schema may only refer to itself".to_owned()),
            },
        };
        let nowhere = || refuse(format!("{} leads nowhere", reference.target));
        if fragment.contains('%') {
            return refuse("a reference must be written without percent signs".to_owned());
        }
        if fragment.is_empty() || fragment.starts_with('/') {
            let Some(value) = self.root.pointer(fragment) else {
                return nowhere();
            };
            return self.apply(reference.from, Applies::ToSame, fragment.to_owned(), value);
        }
        let Some(&target) = self.anchors.get(fragment) else {
            return nowhere();
        };
        self.nodes[reference.from]
            .applies
            .push((target, Applies::ToSame));
        Ok(())
    }
}
