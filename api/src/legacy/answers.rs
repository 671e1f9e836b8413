//! Rows as legacy callers see them; the order of the keys is the original's.
//!
//! Times are shown to the millisecond. The original's database cut the times of new rows to whole
//! seconds; nothing can depend on digits that were always zero, so they are kept here.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::instance::InstanceStatus;
use domain::legacy_parameters::legacy_parameters;
use domain::money::Decimal;
use projections::definitions::DefinitionRow;
use projections::instances::InstanceRow;
use projections::versions::VersionRow;
use serde_json::{Map, Value, json};

pub(super) fn definition(row: &DefinitionRow) -> Value {
    json!({
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "description": row.description,
        "controllerType": row.executor_type,
        "executorType": row.executor_type,
        "configSchema": row.config_schema,
        "defaultConfig": row.default_config,
        "enabled": row.enabled,
        "visibility": row.visibility,
        "currentVersion": row.current_version,
        "createdBy": row.created_by,
        "createdAt": time(row.created_at),
        "updatedAt": time(row.updated_at),
    })
}

pub(super) fn version(row: &VersionRow) -> Value {
    json!({
        "id": row.id,
        "definitionId": row.definition_id,
        "version": row.version,
        "controllerType": row.executor_type,
        "executorType": row.executor_type,
        "configSchema": row.config_schema,
        "defaultConfig": row.default_config,
        "description": row.description,
        "createdAt": time(row.created_at),
    })
}

/// A line of the instance list; what it says of the definition is absent when it has none.
pub(super) fn listed_instance(row: &InstanceRow, linked: Option<&DefinitionRow>) -> Value {
    let mut answer = Map::new();
    let mut add = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    add("id", json!(row.id));
    add("strategyKey", json!(row.strategy_key));
    add("strategyType", json!(row.strategy_type));
    add("status", json!(status(row.status)));
    add("userId", json!(row.user_id));
    add("clientId", json!(row.client_id));
    add("marketMakingOrderId", json!(row.market_making_order_id));
    add("definitionId", json!(row.definition_id));
    if let Some(definition) = linked {
        add("definitionKey", json!(definition.key));
        add("definitionName", json!(definition.name));
        add("controllerType", json!(definition.executor_type));
        add("executorType", json!(definition.executor_type));
    }
    add("createdAt", json!(time(row.created_at)));
    add("updatedAt", json!(time(row.updated_at)));
    Value::Object(answer)
}

/// An instance as the type-based lists show it.
pub(super) fn strategy(row: &InstanceRow) -> Value {
    json!({
        "id": row.id,
        "strategyKey": row.strategy_key,
        "userId": row.user_id,
        "clientId": row.client_id,
        "strategyType": row.strategy_type,
        "definitionId": row.definition_id,
        // The original's column had this default, so a row without a definition showed it, too
        "definitionVersion": row.definition_version.as_ref().map_or("1.0.0", |version| version.as_str()),
        "marketMakingOrderId": row.market_making_order_id,
        "startPrice": whole(&row.start_price),
        "parameters": parameters(row),
        "status": status(row.status),
        "createdAt": time(row.created_at),
        "updatedAt": time(row.updated_at),
    })
}

/// An imported row keeps the parameters it came with, whatever has become of their names since; a
/// run of ours has its configuration there, and is shown the way the original stored it.
pub(crate) fn parameters(row: &InstanceRow) -> Map<String, Value> {
    match (&row.parameters, &row.executor_type) {
        (None, Some(executor_type)) => {
            legacy_parameters(executor_type, &row.config, row.executed_trades)
        }
        (None, None) => row.config.clone(),
        (Some(parameters), _) => parameters.clone(),
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The original knew two; one that could not go on is not running.
fn status(status: InstanceStatus) -> &'static str {
    match status {
        InstanceStatus::Running => "running",
        InstanceStatus::Stopped | InstanceStatus::Faulted => "stopped",
    }
}

/// Cut at the decimal point, as the original's ORM read an integer column.
fn whole(price: &Decimal) -> Value {
    let text = price.to_string();
    let integer = text.split('.').next().unwrap_or("0");
    let integer = if integer == "-0" { "0" } else { integer };
    serde_json::from_str(integer).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_prices_are_cut_not_rounded() {
        for (price, shown) in [
            ("100.5", "100"),
            ("0.00001234", "0"),
            ("-0.9", "0"),
            ("43000", "43000"),
        ] {
            assert_eq!(whole(&price.parse().unwrap()).to_string(), shown);
        }
    }
}
