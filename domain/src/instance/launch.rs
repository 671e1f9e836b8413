//! Works out what a start would run: the merged configuration, checked, and the strategy key.
//!
//! Validate and start share this, so they can never disagree.

use serde_json::{Map, Value};

use super::{DefinitionPin, InstanceError};
use crate::config::{
    ConfigSchema, first_legacy_failure, inject_ids, merge, overrides_from_json, refuse_hostile,
    refuse_hostile_text, schema_digest,
};
use crate::definition::LiveDefinition;
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::{ClientId, ExecutorType, StrategyKey, UserId};

/// Executor type whose instances may serve a market-making order instead of a client account.
const PURE_MARKET_MAKING: &str = "pureMarketMaking";

/// Longer keys would not fit an index row in every database.
const MAX_KEY_BYTES: usize = 512;

/// What a caller asks to start, before it is known to be possible.
#[derive(Debug, Clone, PartialEq)]
pub struct LaunchRequest {
    pub user_id: Option<UserId>,
    pub client_id: Option<ClientId>,
    /// Takes the client id's place for pure market making.
    pub market_making_order_id: Option<String>,
    /// As sent: anything but an object is spread the way the original's language does.
    pub overrides: Value,
}

/// What a start will run.
#[derive(Debug, Clone, PartialEq)]
pub struct LaunchPlan {
    pub strategy_key: StrategyKey,
    pub user_id: UserId,
    pub client_id: ClientId,
    pub strategy_type: String,
    pub executor_type: ExecutorType,
    pub definition: Option<DefinitionPin>,
    pub config: Map<String, Value>,
    pub market_making_order_id: Option<String>,
}

/// Plans a start from a definition: defaults, overrides, schema, executor rules, ids, in that
/// order. System ids are added after validation, so a strict schema needn't name them.
pub fn plan_launch(
    definition: &LiveDefinition,
    request: LaunchRequest,
    catalogue: &dyn ExecutorCatalogue,
) -> Result<LaunchPlan, InstanceError> {
    if !definition.enabled {
        return Err(InstanceError::DefinitionDisabled(definition.key.clone()));
    }
    let executor_type = definition.content.executor_type.clone();
    require_supported(executor_type.as_str(), catalogue)?;
    let config = merge(
        &definition.content.default_config,
        overrides_from_json(&request.overrides),
    );
    refuse_hostile_config(&config)?;
    let user_id = required(request.user_id, UserId::as_str, "userId")?;
    let client_id = required(request.client_id, ClientId::as_str, "clientId")?;
    check_schema(&definition.content.config_schema, &config)?;
    let violations = catalogue.validate_config(&executor_type, &config);
    if let Some(first) = violations.first() {
        return Err(InstanceError::InvalidConfig {
            legacy: first.message.clone(),
            violations,
        });
    }
    let pin = DefinitionPin {
        definition_id: definition.id,
        key: definition.key.clone(),
        name: definition.content.name.clone(),
        version: definition.current_version.clone(),
        schema_digest: schema_digest(&definition.content.config_schema),
        edited_since_publish: definition.edited_since_publish,
    };
    plan(
        executor_type,
        Some(pin),
        config,
        (user_id, client_id),
        request.market_making_order_id,
    )
}

/// Plans a start by one of the type-based legacy endpoints, which never validated more than that
/// user and client are there.
pub fn plan_direct_launch(
    executor_type: &ExecutorType,
    request: LaunchRequest,
    catalogue: &dyn ExecutorCatalogue,
) -> Result<LaunchPlan, InstanceError> {
    require_supported(executor_type.as_str(), catalogue)?;
    let config = overrides_from_json(&request.overrides);
    refuse_hostile_config(&config)?;
    let user_id = required(request.user_id, UserId::as_str, "userId")?;
    let client_id = required(request.client_id, ClientId::as_str, "clientId")?;
    let ids = (user_id, client_id);
    plan(
        executor_type.clone(),
        None,
        config,
        ids,
        request.market_making_order_id,
    )
}

fn plan(
    executor_type: ExecutorType,
    definition: Option<DefinitionPin>,
    config: Map<String, Value>,
    (user_id, client_id): (UserId, ClientId),
    market_making_order_id: Option<String>,
) -> Result<LaunchPlan, InstanceError> {
    let order_id = (executor_type.as_str() == PURE_MARKET_MAKING).then(|| {
        market_making_order_id
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| client_id.as_str().to_owned())
    });
    let client_id = order_id.clone().map_or(client_id, ClientId::new);
    let strategy_key = StrategyKey::of(&user_id, &client_id, executor_type.as_str());
    if strategy_key.as_str().len() > MAX_KEY_BYTES {
        return Err(InstanceError::KeyTooLong {
            limit: MAX_KEY_BYTES,
        });
    }
    refuse_hostile_text("/userId", strategy_key.as_str()).map_err(hostile)?;
    let config = inject_ids(
        config,
        &executor_type,
        &user_id,
        &client_id,
        order_id.as_deref(),
    );
    Ok(LaunchPlan {
        strategy_key,
        user_id,
        client_id,
        strategy_type: executor_type.as_str().to_owned(),
        executor_type,
        definition,
        config,
        market_making_order_id: order_id,
    })
}

/// A stored schema was compiled when it was created; the original's were not.
fn check_schema(schema: &Value, config: &Map<String, Value>) -> Result<(), InstanceError> {
    let violations = match ConfigSchema::compile(schema) {
        Ok(compiled) => compiled.violations(config),
        Err(violations) => violations,
    };
    let legacy = first_legacy_failure(schema, config).or_else(|| {
        violations
            .first()
            .map(|violation| violation.message.clone())
    });
    match legacy {
        None => Ok(()),
        Some(legacy) => Err(InstanceError::InvalidConfig { legacy, violations }),
    }
}

fn refuse_hostile_config(config: &Map<String, Value>) -> Result<(), InstanceError> {
    for (key, value) in config {
        refuse_hostile_text("/config", key).map_err(hostile)?;
        refuse_hostile("/config", value).map_err(hostile)?;
    }
    Ok(())
}

fn hostile(violation: crate::config::Violation) -> InstanceError {
    InstanceError::InvalidConfig {
        legacy: violation.message.clone(),
        violations: vec![violation],
    }
}

pub(super) fn require_supported(
    executor_type: &str,
    catalogue: &dyn ExecutorCatalogue,
) -> Result<(), InstanceError> {
    if catalogue.knows(&ExecutorType::new(executor_type)) {
        return Ok(());
    }
    Err(InstanceError::UnsupportedExecutor {
        executor_type: executor_type.to_owned(),
        allowed: catalogue.allowed(),
    })
}

fn required<T>(
    id: Option<T>,
    text: impl Fn(&T) -> &str,
    name: &'static str,
) -> Result<T, InstanceError> {
    id.filter(|id| !text(id).is_empty())
        .ok_or(InstanceError::Missing(name))
}
