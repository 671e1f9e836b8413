//! Works out what a start would run: the merged configuration, checked, and the strategy key.
//!
//! Validate and start share this, so they can never disagree.

use serde_json::{Map, Value};

use super::{DefinitionPin, Identity, InstanceError};
use crate::config::{
    CENTRAL_ORDER_BOOK, CENTRAL_VENUE, ConfigSchema, EXECUTION_CATEGORY, EXECUTION_VENUE, VOLUME,
    Violation, first_legacy_failure, inject_ids, merge, overrides_from_json, refuse_hostile_object,
    refuse_hostile_text, system_members,
};
use crate::definition::{DefinitionContent, LiveDefinition};
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::{ClientId, ExecutorType, StrategyKey, UserId};

/// Fixes a volume strategy to one side of the book.
const POST_ONLY_SIDE: &str = "postOnlySide";

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

/// Plans a start from a definition: defaults, overrides, ids, schema, executor rules, in that
/// order.
pub fn plan_launch(
    definition: &LiveDefinition,
    request: LaunchRequest,
    catalogue: &dyn ExecutorCatalogue,
) -> Result<LaunchPlan, InstanceError> {
    if !definition.enabled {
        return Err(InstanceError::DefinitionDisabled(definition.key.clone()));
    }
    let content = &definition.content;
    let config = merged(content, &request.overrides);
    let plan = plan(&content.executor_type, config, request, catalogue)?;
    let schema_digest = check_schema(&content.config_schema, &plan)?;
    let violations = catalogue.validate_config(&plan.executor_type, &plan.config);
    if !violations.is_empty() {
        return Err(invalid(violations));
    }
    Ok(LaunchPlan {
        definition: Some(DefinitionPin {
            definition_id: definition.id,
            key: definition.key.clone(),
            name: content.name.clone(),
            version: definition.current_version.clone(),
            schema_digest,
            edited_since_publish: definition.edited_since_publish,
        }),
        ..plan
    })
}

pub(super) fn merged(content: &DefinitionContent, overrides: &Value) -> Map<String, Value> {
    merge(
        &defaults_for_a_start(content),
        overrides_from_json(overrides),
    )
}

/// The definition's defaults, but for the side of a volume strategy: it alternates unless whoever
/// starts it names a side.
pub fn defaults_for_a_start(content: &DefinitionContent) -> Map<String, Value> {
    let mut defaults = content.default_config.clone();
    if content.executor_type.as_str() == VOLUME {
        defaults.shift_remove(POST_ONLY_SIDE);
    }
    defaults
}

/// Plans a start by one of the type-based legacy endpoints: no definition, so no schema, but what its
/// executor could not run must not take the place of a run that goes well.
pub fn plan_direct_launch(
    executor_type: &ExecutorType,
    request: LaunchRequest,
    catalogue: &dyn ExecutorCatalogue,
) -> Result<LaunchPlan, InstanceError> {
    let config = overrides_from_json(&request.overrides);
    let plan = plan(executor_type, config, request, catalogue)?;
    let mut violations = catalogue.validate_config(&plan.executor_type, &plan.config);
    if executor_type.as_str() == VOLUME {
        // The original asked no exchange for a price here, so it never failed for want of one
        violations.retain(|violation| violation.keyword != "venue");
    }
    if violations.is_empty() {
        Ok(plan)
    } else {
        Err(invalid(violations))
    }
}

pub(super) fn plan(
    executor_type: &ExecutorType,
    config: Map<String, Value>,
    request: LaunchRequest,
    catalogue: &dyn ExecutorCatalogue,
) -> Result<LaunchPlan, InstanceError> {
    require_supported(executor_type.as_str(), catalogue)?;
    refuse_hostile_object("", &config).map_err(hostile)?;
    let user_id = required(request.user_id, UserId::as_str, "userId")?;
    let client_id = required(request.client_id, ClientId::as_str, "clientId")?;
    let Identity {
        strategy_key,
        client_id,
        market_making_order_id,
    } = Identity::of(
        executor_type,
        &user_id,
        client_id,
        request.market_making_order_id,
    );
    if strategy_key.as_str().len() > MAX_KEY_BYTES {
        let limit = MAX_KEY_BYTES;
        return Err(InstanceError::KeyTooLong { limit });
    }
    refuse_hostile_text("/userId", strategy_key.as_str()).map_err(hostile)?;
    let order = market_making_order_id.as_deref();
    let config = inject_ids(config, executor_type, &user_id, &client_id, order);
    refuse_other_markets(executor_type, &config)?;
    Ok(LaunchPlan {
        strategy_key,
        user_id,
        client_id,
        strategy_type: executor_type.as_str().to_owned(),
        executor_type: executor_type.clone(),
        definition: None,
        config,
        market_making_order_id,
    })
}

/// What a schema has against a whole configuration, such as one that runs already. The error is what
/// is wrong with the schema itself.
pub fn config_violations(
    schema: &Value,
    executor_type: &ExecutorType,
    config: &Map<String, Value>,
) -> Result<Vec<Violation>, Vec<Violation>> {
    let compiled = ConfigSchema::compile(schema)?;
    let config = as_the_schema_sees_it(schema, executor_type, config);
    Ok(compiled.violations(&config))
}

/// Answers the schema's digest. A stored schema was compiled when it was created; the original's
/// were not.
pub(super) fn check_schema(schema: &Value, plan: &LaunchPlan) -> Result<String, InstanceError> {
    check_run_schema(schema, &plan.executor_type, &plan.config)
}

/// The same for the configuration of a run.
pub(super) fn check_run_schema(
    schema: &Value,
    executor_type: &ExecutorType,
    config: &Map<String, Value>,
) -> Result<String, InstanceError> {
    let compiled = ConfigSchema::compile(schema).map_err(invalid)?;
    let config = as_the_schema_sees_it(schema, executor_type, config);
    let mut violations = compiled.violations(&config);
    let first = match first_legacy_failure(schema, &config) {
        Some(failure) => failure,
        None if violations.is_empty() => return Ok(compiled.digest().to_owned()),
        None => violations.remove(0),
    };
    // What legacy callers are told is among what everybody else is told, and comes first
    violations.retain(|violation| *violation != first);
    violations.insert(0, first);
    Err(invalid(violations))
}

/// Members the system adds are there for a schema that asks for them, and nobody's business
/// otherwise: a strict schema needn't name them.
fn as_the_schema_sees_it(
    schema: &Value,
    executor_type: &ExecutorType,
    config: &Map<String, Value>,
) -> Value {
    let declares = |name: &str| {
        let required = schema.get("required").and_then(Value::as_array);
        schema.pointer(&format!("/properties/{name}")).is_some()
            || required.is_some_and(|required| required.iter().any(|field| field == name))
    };
    let mut config = config.clone();
    for name in system_members(executor_type) {
        if !declares(name) {
            config.shift_remove(*name);
        }
    }
    Value::Object(config)
}

/// Volume may ask for markets that only the original traded on: refused by name rather than sent
/// to another market.
pub(super) fn refuse_other_markets(
    executor_type: &ExecutorType,
    config: &Map<String, Value>,
) -> Result<(), InstanceError> {
    if executor_type.as_str() != VOLUME {
        return Ok(());
    }
    for (field, allowed) in [
        (EXECUTION_CATEGORY, CENTRAL_ORDER_BOOK),
        (EXECUTION_VENUE, CENTRAL_VENUE),
    ] {
        let given = config.get(field).filter(|given| !given.is_null());
        if let Some(given) = given.filter(|given| *given != allowed) {
            let text = given.as_str().map(str::to_owned);
            return Err(InstanceError::UnsupportedMarket {
                field,
                given: text.unwrap_or_else(|| given.to_string()),
                allowed,
            });
        }
    }
    Ok(())
}

fn hostile(violation: Violation) -> InstanceError {
    invalid(vec![violation])
}

pub(super) fn invalid(violations: Vec<Violation>) -> InstanceError {
    let first = violations.first();
    InstanceError::InvalidConfig {
        legacy: first.map_or_else(String::new, |first| first.message.clone()),
        violations,
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

#[cfg(test)]
mod tests;
