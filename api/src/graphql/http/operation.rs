//! Which of a document's operations is meant.

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};

/// `None` where that is unclear: execution refuses it.
pub(crate) fn operation_type(
    document: &ExecutableDocument,
    name: Option<&str>,
) -> Option<OperationType> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(only), _) => Some(only),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        (DocumentOperations::Multiple(all), None) => match all.len() {
            1 => all.values().next(),
            _ => None,
        },
    };
    operation.map(|operation| operation.node.ty)
}
