//! What a start would run, and everything that speaks against it.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::ids::{ClientId, DefinitionKey, UserId};
use domain::instance::{LaunchRequest, preview_launch};
use projections::instances::query;

use super::Instance;
use super::config_fields::{ConfigField, config_fields};
use crate::graphql::context::app;
use crate::graphql::definitions::{content_of, version_in_log};
use crate::graphql::failure::internal;
use crate::graphql::scalars::Json;
use crate::graphql::trading::Trading;
use crate::graphql::user_error::{UserError, UserErrorCode, of_instance};

#[derive(Debug, Default)]
pub(crate) struct ValidateConfigQuery;

#[derive(Debug, InputObject)]
pub(crate) struct ValidateConfigInput {
    definition_key: String,
    /// A published version; without one, the draft, as a start would run it.
    version: Option<String>,
    user_id: Option<String>,
    client_id: Option<String>,
    market_making_order_id: Option<String>,
    /// Overrides of the defaults.
    #[graphql(default_with = "Json::nothing()")]
    config: Json,
}

#[derive(Debug, SimpleObject)]
struct ConfigValidation {
    valid: bool,
    definition_key: String,
    version: String,
    strategy_key: Option<String>,
    /// The instance that a start would start anew.
    existing: Option<Instance>,
    effective_config: Json,
    fields: Vec<ConfigField>,
    errors: Vec<UserError>,
    trading: Trading,
}

#[Object]
impl ValidateConfigQuery {
    /// What a start would run, and everything that speaks against it. Nothing is started. Null when
    /// there is no such definition or version.
    #[graphql(complexity = "10 + child_complexity")]
    async fn validate_config(
        &self,
        ctx: &Context<'_>,
        input: ValidateConfigInput,
    ) -> Result<Option<ConfigValidation>> {
        let app = app(ctx);
        let loaded = app.definitions.load(&input.definition_key).await;
        let loaded = loaded.map_err(internal)?;
        let Some(live) = loaded.aggregate.live() else {
            return Ok(None);
        };
        let definition = match &input.version {
            None => live.clone(),
            Some(version) => {
                let key = DefinitionKey::new(&input.definition_key);
                let Some(row) = version_in_log(app, &key, version).await? else {
                    return Ok(None);
                };
                live.on_version(row.version.clone(), content_of(&row))
            }
        };
        let request = LaunchRequest {
            user_id: input.user_id.map(UserId::new),
            client_id: input.client_id.map(ClientId::new),
            market_making_order_id: input.market_making_order_id,
            overrides: input.config.0,
        };
        let preview = preview_launch(&definition, request, app.catalogue.as_ref());
        let mut errors: Vec<UserError> = Vec::new();
        if !app.switches.current().dynamic_flow {
            let message = "Starting from strategy definitions is switched off";
            errors.push(UserError::new(UserErrorCode::DynamicFlowOff, message));
        }
        for error in preview.refusals.into_iter().flat_map(of_instance) {
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
        let existing = match &preview.strategy_key {
            Some(key) => query::find(&app.tables, key).await.map_err(internal)?,
            None => None,
        };
        let content = &definition.content;
        let trading = app
            .catalogue
            .trading_with(&content.executor_type, &preview.config);
        Ok(Some(ConfigValidation {
            valid: errors.is_empty(),
            definition_key: definition.key.to_string(),
            version: definition.current_version.to_string(),
            strategy_key: preview.strategy_key.map(String::from),
            existing: existing.map(Instance::now),
            fields: config_fields(&preview.config, Some(&content.executor_type), Some(content)),
            effective_config: preview.config.into(),
            errors,
            trading: trading.into(),
        }))
    }
}
