//! Refuses documents that are cheap to write and dear to look at, before anything looks at them.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Name, Request, ServerError};

use crate::graphql::too_much::too_much;

/// Brackets inside brackets: the parser goes one call deeper for each.
const NESTING: usize = 100;
/// Fields and fragments once every fragment is written out where it is used.
const SELECTIONS: usize = 10_000;
/// Deeper documents are refused later, by a rule that says so.
const DEPTH: usize = 40;

/// Parses the document, once it is known that parsing ends well.
pub(crate) fn refuse_explosive(request: &mut Request) -> Result<&ExecutableDocument, ServerError> {
    if nesting(&request.query) > NESTING {
        let message = format!("The document nests deeper than {NESTING} levels");
        return Err(too_much(ServerError::new(message, None)));
    }
    let document = request.parsed_query()?;
    if selections(document) > SELECTIONS {
        let message = format!(
            "The document selects more than {SELECTIONS} fields, or a fragment contains itself"
        );
        return Err(too_much(ServerError::new(message, None)));
    }
    Ok(document)
}

/// Brackets in texts count, too: nobody writes a hundred of them.
fn nesting(query: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in query.bytes() {
        match byte {
            b'{' | b'[' | b'(' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn selections(document: &ExecutableDocument) -> usize {
    let mut sizes = Sizes {
        document,
        known: HashMap::new(),
    };
    let operations = document.operations.iter();
    operations.fold(0, |sum, (_, operation)| {
        sum.saturating_add(sizes.of(&operation.node.selection_set.node, 0))
    })
}

struct Sizes<'a> {
    document: &'a ExecutableDocument,
    /// Each fragment is looked into once.
    known: HashMap<&'a Name, usize>,
}

impl<'a> Sizes<'a> {
    fn of(&mut self, set: &'a SelectionSet, depth: usize) -> usize {
        if depth > DEPTH {
            return usize::MAX;
        }
        let mut size = 0_usize;
        for selection in &set.items {
            let inner = match &selection.node {
                Selection::Field(field) => self.of(&field.node.selection_set.node, depth + 1),
                Selection::InlineFragment(inline) => {
                    self.of(&inline.node.selection_set.node, depth + 1)
                }
                Selection::FragmentSpread(spread) => {
                    self.of_fragment(&spread.node.fragment_name.node, depth + 1)
                }
            };
            size = size.saturating_add(1).saturating_add(inner);
        }
        size
    }

    fn of_fragment(&mut self, name: &'a Name, depth: usize) -> usize {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let size = match self.document.fragments.get(name) {
            // While it is being looked into, meeting it again means that it contains itself
            Some(fragment) => {
                self.known.insert(name, usize::MAX);
                self.of(&fragment.node.selection_set.node, depth)
            }
            None => 0,
        };
        self.known.insert(name, size);
        size
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn refused(query: &str) -> Option<String> {
        let mut request = Request::new(query);
        let refused = refuse_explosive(&mut request).err();
        refused.map(|error| error.message)
    }

    #[test]
    fn ordinary_documents_pass() {
        assert_eq!(
            refused("query A { me { ...F } } fragment F on Me { name role }"),
            None
        );
    }

    #[test]
    fn fragments_that_multiply_are_refused_at_once() {
        let mut query = "{ ...f0 }".to_owned();
        for n in 0..30 {
            let next = n + 1;
            write!(
                query,
                " fragment f{n} on Query {{ a: __typename ...f{next} ...f{next} }}"
            )
            .unwrap();
        }
        query.push_str(" fragment f30 on Query { __typename }");
        assert!(refused(&query).unwrap().contains("selects more than"));
    }

    #[test]
    fn fragments_that_contain_themselves_are_refused() {
        let query = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
        assert!(refused(query).unwrap().contains("contains itself"));
    }

    #[test]
    fn deep_nesting_never_reaches_the_parser() {
        let list = format!("{{ f(a: {}) }}", "[".repeat(100_000));
        assert!(refused(&list).unwrap().contains("nests deeper"));
        let fields = format!("{}{}", "{a".repeat(50_000), "}".repeat(50_000));
        assert!(refused(&fields).unwrap().contains("nests deeper"));
    }
}
