//! A new definition, with version 1.0.0 published.

use async_graphql::{Context, InputObject, Object, Result};
use domain::definition::{CreateDefinition as Command, DefinitionCommand, DefinitionContent};
use domain::event::aggregate_type;
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};
use event_store::{Position, StreamName};
use serde_json::Value;
use uuid::Uuid;

use super::payload::DefinitionPayload;
use crate::graphql::command::{Terms, Trouble, earlier, refused};
use crate::graphql::context::{app, asker};
use crate::graphql::scalars::Json;
use crate::graphql::user_error::{UserError, UserErrorCode, of_definition};

#[derive(Debug, Default)]
pub(crate) struct CreateDefinition;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct CreateDefinitionInput {
    key: String,
    name: String,
    description: Option<String>,
    executor_type: String,
    config_schema: Json,
    default_config: Json,
    #[graphql(default = "public")]
    visibility: String,
    idempotency_key: Option<String>,
    reason: Option<String>,
}

#[Object]
impl CreateDefinition {
    async fn create_definition(
        &self,
        ctx: &Context<'_>,
        input: CreateDefinitionInput,
    ) -> Result<DefinitionPayload> {
        let key = input.key.clone();
        let outcome = create(ctx, input).await;
        DefinitionPayload::of(ctx, &key, outcome).await
    }
}

async fn create(ctx: &Context<'_>, input: CreateDefinitionInput) -> Result<Position, Trouble> {
    let app = app(ctx);
    let terms = Terms {
        expected_revision: None,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let options = terms.options(ctx, "createDefinition", &input)?;
    if let Some(position) = earlier(app, &options).await? {
        return Ok(position);
    }
    let Json(Value::Object(default_config)) = input.default_config else {
        let error = UserError::new(
            UserErrorCode::InvalidInput,
            "defaultConfig must be an object",
        );
        return Err(error.at("/defaultConfig").into());
    };
    let command = DefinitionCommand::Create(Command {
        definition_id: DefinitionId(Uuid::new_v4()),
        key: DefinitionKey::new(&input.key),
        content: DefinitionContent {
            name: input.name,
            description: input.description,
            executor_type: ExecutorType::new(input.executor_type),
            config_schema: input.config_schema.0,
            default_config,
            visibility: input.visibility,
        },
        created_by: Some(asker(ctx)?.identity.name.clone()),
        created_at: app.clock.now(),
    });
    match app.definitions.execute(&input.key, command, options).await {
        Ok(receipt) => Ok(receipt.position),
        Err(error) => {
            let stream = StreamName::new(aggregate_type::DEFINITION, &input.key);
            Err(refused(app, &stream, error, of_definition).await)
        }
    }
}
