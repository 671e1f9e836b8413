//! Starts an instance from a definition, or starts it anew.

use async_graphql::{Context, InputObject, Object, Result};
use domain::event::aggregate_type;
use domain::ids::{ClientId, StrategyKey, UserId};
use domain::instance::{Identity, LaunchRequest};
use event_store::{Position, StreamName};

use super::payload::{InstancePayload, stream};
use crate::definition_keys::DefinitionRef;
use crate::graphql::command::{Terms, Trouble, conflict, earlier};
use crate::graphql::context::app;
use crate::graphql::definitions::not_found;
use crate::graphql::failure::internal;
use crate::graphql::scalars::Json;
use crate::operations::{self, OperationError, StartTerms};

#[derive(Debug, Default)]
pub(crate) struct StartInstance;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct StartInstanceInput {
    definition_key: String,
    user_id: String,
    client_id: String,
    market_making_order_id: Option<String>,
    /// Overrides of the defaults.
    #[graphql(default_with = "Json::nothing()")]
    config: Json,
    /// Of the instance; 0 when it must not exist yet.
    expected_revision: Option<i32>,
    /// Of the definition that `config` was checked against: what was shown is what runs.
    expected_definition_revision: Option<i32>,
    idempotency_key: Option<String>,
    reason: Option<String>,
}

#[Object]
impl StartInstance {
    /// An instance that runs already is started anew.
    async fn start_instance(
        &self,
        ctx: &Context<'_>,
        input: StartInstanceInput,
    ) -> Result<InstancePayload> {
        let (key, outcome) = match start(ctx, input).await {
            Ok((key, position)) => (Some(key), Ok(position)),
            Err((key, trouble)) => (key, Err(trouble)),
        };
        InstancePayload::of(ctx, key.as_ref(), outcome).await
    }
}

/// The key is known as soon as the definition is.
type Failed = (Option<StrategyKey>, Trouble);

async fn start(
    ctx: &Context<'_>,
    input: StartInstanceInput,
) -> Result<(StrategyKey, Position), Failed> {
    let app = app(ctx);
    let terms = Terms {
        expected_revision: input.expected_revision,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let unknown = |trouble: Trouble| (None, trouble);
    let options = terms
        .options(ctx, "startInstance", &input)
        .map_err(unknown)?;
    let loaded = app.definitions.load(&input.definition_key).await;
    let loaded = loaded.map_err(|error| unknown(internal(error).into()))?;
    let Some(live) = loaded.aggregate.live() else {
        return Err(unknown(
            not_found(&input.definition_key, "/definitionKey").into(),
        ));
    };
    let identity = Identity::of(
        &live.content.executor_type,
        &UserId::new(&input.user_id),
        ClientId::new(&input.client_id),
        input.market_making_order_id.clone(),
    );
    let key = identity.strategy_key;
    let known = |trouble: Trouble| (Some(key.clone()), trouble);
    if let Some(position) = earlier(app, &options).await.map_err(known)? {
        return Ok((key, position));
    }
    let definition = DefinitionRef {
        id: live.id,
        key: live.key.clone(),
    };
    let request = LaunchRequest {
        user_id: Some(UserId::new(input.user_id)),
        client_id: Some(ClientId::new(input.client_id)),
        market_making_order_id: input.market_making_order_id,
        overrides: input.config.0,
    };
    let expected = input.expected_definition_revision.map(i64::from);
    let terms = StartTerms {
        // No definition has a negative revision
        definition_revision: expected.map(|expected| u64::try_from(expected).unwrap_or(u64::MAX)),
        options,
    };
    match operations::start(app, &definition, &request, terms).await {
        Ok(started) => Ok((started.strategy_key, started.position)),
        Err(OperationError::DefinitionChanged { expected, actual }) => {
            let stream = StreamName::new(aggregate_type::DEFINITION, definition.key.as_str());
            let field = "/expectedDefinitionRevision";
            let trouble = conflict(app, &stream, (expected, actual), field).await;
            Err((Some(key), trouble))
        }
        Err(error) => {
            let trouble = Trouble::of(app, &stream(&key), error).await;
            Err((Some(key), trouble))
        }
    }
}
