//! Content that was not saved yet.

use async_graphql::{Context, InputObject, Object, Result};
use domain::definition::DefinitionContent;
use domain::ids::ExecutorType;
use serde_json::Value;

use super::checks::{Finding, findings};
use crate::graphql::context::app;
use crate::graphql::failure::bad_input;
use crate::graphql::scalars::Json;

#[derive(Debug, Default)]
pub(crate) struct LintDefinitionQuery;

#[derive(Debug, InputObject)]
pub(crate) struct LintDefinitionInput {
    executor_type: String,
    config_schema: Json,
    default_config: Json,
}

#[Object]
impl LintDefinitionQuery {
    /// What is wrong with content that was not saved yet, or merely odd.
    #[graphql(complexity = "20 + child_complexity")]
    #[expect(clippy::unused_async, reason = "every field of GraphQL is async")]
    async fn lint_definition(
        &self,
        ctx: &Context<'_>,
        input: LintDefinitionInput,
    ) -> Result<Vec<Finding>> {
        let Json(Value::Object(default_config)) = input.default_config else {
            return Err(bad_input("defaultConfig must be an object"));
        };
        let content = DefinitionContent {
            name: String::new(),
            description: None,
            executor_type: ExecutorType::new(input.executor_type),
            config_schema: input.config_schema.0,
            default_config,
            visibility: String::new(),
        };
        Ok(findings(app(ctx), &content))
    }
}
