//! Names the refusals of requests that ask for too much: the library says them in words only.

use std::sync::Arc;

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextValidation,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{ErrorExtensionValues, ServerError, ServerResult, ValidationResult, Variables};

/// How the library's sentences about its limits begin.
const LIMITS: [&str; 4] = [
    "Query is too complex",
    "Query is nested too deep",
    "The number of directives on the field",
    "The recursion depth of the query",
];

/// An extension of the schema, so that HTTP and sockets say the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct TooMuch;

impl ExtensionFactory for TooMuch {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for TooMuch {
    async fn parse_query(
        &self,
        context: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        next.run(context, query, variables).await.map_err(named)
    }

    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let validated = next.run(context).await;
        validated.map_err(|errors| errors.into_iter().map(named).collect())
    }
}

fn named(error: ServerError) -> ServerError {
    if LIMITS.iter().any(|limit| error.message.starts_with(limit)) {
        too_much(error)
    } else {
        error
    }
}

/// The request could be carried out if it asked for less.
pub(crate) fn too_much(mut error: ServerError) -> ServerError {
    let extensions = error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", "TOO_MUCH");
    error
}
