//! What a start would run, and what refuses it.

use cqrs_es::Aggregate;
use serde_json::json;

use super::*;
use crate::config::schema_digest;
use crate::definition::{Definition, DefinitionEvent, DefinitionVersion};
use crate::examples::{at, catalogue, content, definition_id, object};
use crate::ids::DefinitionKey;

/// The definition `mm`, with another type and schema.
fn definition(executor_type: &str, config_schema: Value) -> Definition {
    let mut definition = Definition::default();
    let mut content = content();
    content.executor_type = ExecutorType::new(executor_type);
    content.config_schema = config_schema;
    definition.apply(DefinitionEvent::DefinitionCreated {
        definition_id: definition_id(1),
        key: DefinitionKey::new("mm"),
        content,
        version: DefinitionVersion::first(),
        created_by: None,
        created_at: at(0),
    });
    definition
}

fn market_making() -> Definition {
    definition("pureMarketMaking", content().config_schema)
}

fn request(overrides: Value) -> LaunchRequest {
    LaunchRequest {
        user_id: Some(UserId::new("u")),
        client_id: Some(ClientId::new("c")),
        market_making_order_id: None,
        overrides,
    }
}

fn launch(definition: &Definition, request: LaunchRequest) -> Result<LaunchPlan, InstanceError> {
    plan_launch(definition.live().unwrap(), request, catalogue().as_ref())
}

fn refusal(definition: &Definition, overrides: Value) -> String {
    launch(definition, request(overrides))
        .unwrap_err()
        .to_string()
}

#[test]
fn a_plan_holds_the_whole_effective_configuration() {
    let plan = launch(
        &market_making(),
        request(json!({"bidSpread": 0.2, "x": null})),
    )
    .unwrap();
    assert_eq!(
        Value::from(plan.config).to_string(),
        r#"{"pair":"BTC/USDT","bidSpread":0.2,"x":null,"userId":"u","clientId":"c","marketMakingOrderId":"c"}"#
    );
    assert_eq!(plan.strategy_key.as_str(), "u-c-pureMarketMaking");
    let pin = plan.definition.unwrap();
    assert_eq!(pin.version, DefinitionVersion::first());
    assert_eq!(pin.schema_digest, schema_digest(&content().config_schema));
    assert!(!pin.edited_since_publish);
}

#[test]
fn an_order_takes_the_clients_place_in_market_making_only() {
    let with_order = |definition: &Definition| {
        let market_making_order_id = Some("order".to_owned());
        let request = LaunchRequest {
            market_making_order_id,
            ..request(json!({}))
        };
        launch(definition, request).unwrap()
    };
    let plan = with_order(&market_making());
    assert_eq!(plan.strategy_key.as_str(), "u-order-pureMarketMaking");
    assert_eq!(plan.client_id.as_str(), "order");
    assert_eq!(plan.config["clientId"], "order");
    let plan = with_order(&definition("arbitrage", json!({})));
    assert_eq!(plan.strategy_key.as_str(), "u-c-arbitrage");
    assert_eq!(plan.market_making_order_id, None);
}

#[test]
fn refuses_a_disabled_definition() {
    let mut definition = market_making();
    definition.apply(DefinitionEvent::DefinitionDisabled { disabled_at: at(1) });
    assert_eq!(
        refusal(&definition, json!({})),
        "Strategy definition mm is disabled"
    );
}

#[test]
fn refuses_an_executor_that_is_not_there() {
    assert_eq!(
        refusal(&definition("timeIndicator", json!({})), json!({})),
        "Unsupported controllerType timeIndicator. Allowed: arbitrage, pureMarketMaking, volume"
    );
}

#[test]
fn users_and_clients_are_required() {
    for (user_id, client_id, message) in [
        (None, Some("c"), "userId is required"),
        (Some(""), Some("c"), "userId is required"),
        (Some("u"), None, "clientId is required"),
        (Some("u"), Some(""), "clientId is required"),
    ] {
        let request = || LaunchRequest {
            user_id: user_id.map(UserId::new),
            client_id: client_id.map(ClientId::new),
            ..request(json!({}))
        };
        let refused = launch(&market_making(), request()).unwrap_err();
        assert_eq!(refused.to_string(), message);
        let executor = ExecutorType::new("arbitrage");
        let direct = plan_direct_launch(&executor, request(), catalogue().as_ref());
        assert_eq!(direct.unwrap_err().to_string(), message);
    }
}

#[test]
fn keys_that_no_database_holds_are_refused() {
    let user = |user: String| {
        let user_id = Some(UserId::new(user));
        let request = LaunchRequest {
            user_id,
            ..request(json!({}))
        };
        launch(&market_making(), request).unwrap_err().to_string()
    };
    assert_eq!(
        user("u\0".to_owned()),
        "/userId: NUL characters are not allowed"
    );
    assert_eq!(
        user("u".repeat(600)),
        "userId and clientId together must not be longer than 512 bytes"
    );
}

#[test]
fn legacy_callers_get_the_first_failure_and_others_all_of_them() {
    let request = request(json!({"bidSpread": -1, "pair": 7}));
    let refused = launch(&market_making(), request).unwrap_err();
    let InstanceError::InvalidConfig { legacy, violations } = refused else {
        panic!("another refusal");
    };
    assert_eq!(legacy, "Config field pair must be string");
    let messages: Vec<_> = violations.iter().map(|v| v.message.as_str()).collect();
    let expected = [
        "Config field pair must be string",
        "Config field bidSpread must be >= 0",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn keywords_the_original_ignored_count() {
    let schema = json!({"properties": {"bidSpread": {"maximum": 0.05}}});
    assert_eq!(
        refusal(&definition("pureMarketMaking", schema), json!({})),
        "Config field bidSpread must be <= 0.05"
    );
}

#[test]
fn a_required_null_is_missing() {
    assert_eq!(
        refusal(&market_making(), json!({"pair": null})),
        "Missing required config field: pair"
    );
}

#[test]
fn numeric_strings_are_no_numbers_for_a_schema() {
    assert_eq!(
        refusal(&market_making(), json!({"bidSpread": "0.1"})),
        "Config field bidSpread must be number"
    );
}

#[test]
fn strict_schemas_need_not_name_what_the_system_adds() {
    let strict = |executor_type, extra: Value| {
        let mut properties = object(json!({"pair": {}, "bidSpread": {}}));
        properties.extend(object(extra));
        let schema = json!({"properties": properties, "additionalProperties": false});
        definition(executor_type, schema)
    };
    for executor_type in ["arbitrage", "pureMarketMaking", "volume"] {
        assert!(launch(&strict(executor_type, json!({})), request(json!({}))).is_ok());
    }
    // A schema that names them sees them
    let naming = strict("arbitrage", json!({"userId": {"const": "someone"}}));
    assert_eq!(
        refusal(&naming, json!({})),
        "Config field userId must be someone"
    );
    let user_field = strict("arbitrage", json!({}));
    assert_eq!(
        refusal(&user_field, json!({"a": 1})),
        "Config field a is not allowed"
    );
}

#[test]
fn schemas_that_require_ids_get_them() {
    let schema = json!({"required": ["userId", "clientId", "marketMakingOrderId"]});
    let definition = definition("pureMarketMaking", schema);
    assert!(launch(&definition, request(json!({}))).is_ok());
}

#[test]
fn executors_have_the_last_word() {
    assert_eq!(
        refusal(&market_making(), json!({"exchangeName": "nowhere"})),
        "Exchange nowhere is unknown"
    );
}

#[test]
fn hostile_overrides_are_refused() {
    let overrides = serde_json::from_str(r#"{"a": [{"__proto__": 1}]}"#).unwrap();
    assert_eq!(
        refusal(&market_making(), overrides),
        "/a/0/__proto__: this member name is not allowed"
    );
}

#[test]
fn a_stored_schema_that_is_invalid_refuses_every_start() {
    let imported = definition("pureMarketMaking", json!({"$ref": "https://example.com/s"}));
    assert_eq!(
        refusal(&imported, json!({})),
        "a schema may only refer to itself"
    );
}

#[test]
fn volume_trades_in_central_order_books_only() {
    let volume = definition("volume", json!({}));
    let plan = launch(&volume, request(json!({"executionCategory": "cex"}))).unwrap();
    assert_eq!(plan.config["executionCategory"], "clob_cex");
    for (overrides, message) in [
        (
            json!({"executionCategory": "clob_dex"}),
            "Unsupported executionCategory clob_dex. Allowed: clob_cex",
        ),
        (
            json!({"executionVenue": "dex"}),
            "Unsupported executionCategory amm_dex. Allowed: clob_cex",
        ),
        (
            json!({"executionCategory": "clob_cex", "executionVenue": "dex"}),
            "Unsupported executionVenue dex. Allowed: cex",
        ),
        (
            json!({"executionCategory": 5}),
            "Unsupported executionCategory 5. Allowed: clob_cex",
        ),
    ] {
        assert_eq!(refusal(&volume, overrides.clone()), message);
        let executor = ExecutorType::new("volume");
        let direct = plan_direct_launch(&executor, request(overrides), catalogue().as_ref());
        assert_eq!(direct.unwrap_err().to_string(), message);
    }
    let elsewhere = json!({"executionCategory": "amm_dex"});
    let arbitrage = definition("arbitrage", json!({}));
    assert!(launch(&arbitrage, request(elsewhere)).is_ok());
}

#[test]
fn a_direct_launch_runs_what_was_sent() {
    let executor = ExecutorType::new("arbitrage");
    let overrides = json!({"amountToTrade": "1", "userId": "other"});
    let plan = plan_direct_launch(&executor, request(overrides), catalogue().as_ref());
    let plan = plan.unwrap();
    assert_eq!(plan.definition, None);
    let expected = json!({"amountToTrade": "1", "userId": "u", "clientId": "c"});
    assert_eq!(Value::from(plan.config), expected);
    let unknown = ExecutorType::new("timeIndicator");
    let refused = plan_direct_launch(&unknown, request(json!({})), catalogue().as_ref());
    assert!(matches!(
        refused,
        Err(InstanceError::UnsupportedExecutor { .. })
    ));
}
