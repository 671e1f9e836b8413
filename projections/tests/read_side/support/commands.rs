//! The commands tests send, with the parts that do not matter filled in.

use chrono::{DateTime, Utc};
use domain::definition::{
    CreateDefinition, DefinitionCommand, DefinitionContent, PublishDefinition,
};
use domain::execution::{ExecutionCommand, ExecutionId, OpenExecution};
use domain::ids::{ClientId, DefinitionId, DefinitionKey, ExecutorType, StrategyKey, UserId};
use domain::instance::{
    ImportLegacyInstance, InstanceCommand, InstanceStatus, LaunchPlan, LegacyInstanceRow,
    StartInstance, StopInstance, StopMode,
};
use domain::legacy_usage::{CountLegacyUsage, UsageCount};
use event_store::Position;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::world::{World, metadata};

/// A time that many seconds after the tests' beginning.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    let beginning: DateTime<Utc> = "2026-11-22T08:00:00.123456Z".parse().unwrap();
    beginning + chrono::TimeDelta::seconds(seconds)
}

pub(crate) fn definition_id(number: u128) -> DefinitionId {
    DefinitionId(Uuid::from_u128(number))
}

pub(crate) fn content(name: &str) -> DefinitionContent {
    DefinitionContent {
        name: name.to_owned(),
        description: Some("quotes \"both\" sides".to_owned()),
        executor_type: ExecutorType::new("volume"),
        config_schema: json!({"type": "object", "properties": {"amount": {"minimum": 0.10}}}),
        default_config: object(json!({"amount": 0.10, "pair": "BTC/USDT"})),
        visibility: "system".to_owned(),
    }
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("{other} is not an object"),
    }
}

pub(crate) fn strategy_key(user: &str) -> StrategyKey {
    StrategyKey::of(&UserId::new(user), &ClientId::new("client"), "volume")
}

pub(crate) fn plan(user: &str) -> LaunchPlan {
    LaunchPlan {
        strategy_key: strategy_key(user),
        user_id: UserId::new(user),
        client_id: ClientId::new("client"),
        strategy_type: "volume".to_owned(),
        executor_type: ExecutorType::new("volume"),
        definition: None,
        config: object(json!({"pair": "BTC/USDT", "amount": 1.50, "userId": user})),
        market_making_order_id: None,
    }
}

pub(crate) fn legacy_row(user: &str, legacy_id: i64) -> LegacyInstanceRow {
    LegacyInstanceRow {
        legacy_id,
        user_id: UserId::new(user),
        client_id: ClientId::new("client"),
        strategy_type: "volume".to_owned(),
        executor_type: Some(ExecutorType::new("volume")),
        start_price: "0.00001234".parse().unwrap(),
        parameters: object(json!({"baseTradeAmount": 0.001, "executedTrades": 3})),
        config: object(json!({"tradeAmount": 0.001})),
        executed_trades: 3,
        status: InstanceStatus::Running,
        note: None,
        definition: None,
        market_making_order_id: None,
        created_at: at(-1_000),
        updated_at: at(-500),
    }
}

impl World {
    pub(crate) async fn create_definition(&self, key: &str, id: u128, seconds: i64) -> Position {
        let create = DefinitionCommand::Create(CreateDefinition {
            definition_id: definition_id(id),
            key: DefinitionKey::new(key),
            content: content(key),
            created_by: Some("alice".to_owned()),
            created_at: at(seconds),
        });
        let receipt = self.definitions.execute(key, create, metadata()).await;
        receipt.unwrap().position
    }

    pub(crate) async fn publish(&self, key: &str, id: u128, seconds: i64) -> Position {
        let publish = DefinitionCommand::Publish(PublishDefinition {
            definition_id: definition_id(id),
            changes: domain::definition::DefinitionChanges::default(),
            version: None,
            published_at: at(seconds),
        });
        let receipt = self.definitions.execute(key, publish, metadata()).await;
        receipt.unwrap().position
    }

    /// Starts the user's instance, or starts it again.
    pub(crate) async fn start(&self, user: &str, seconds: i64) -> Position {
        let start = InstanceCommand::Start(Box::new(StartInstance {
            plan: plan(user),
            start_price: Some("3021.57".parse().unwrap()),
            started_at: at(seconds),
        }));
        self.instance(user, start).await
    }

    pub(crate) async fn stop(&self, user: &str, seconds: i64) -> Position {
        let stop = InstanceCommand::Stop(StopInstance {
            reason: Some("enough".to_owned()),
            only_run: None,
            mode: StopMode::Cancel,
            stopped_at: at(seconds),
        });
        self.instance(user, stop).await
    }

    pub(crate) async fn import(&self, user: &str, legacy_id: i64) -> Position {
        let import = InstanceCommand::ImportLegacy(Box::new(ImportLegacyInstance {
            strategy_key: strategy_key(user),
            row: legacy_row(user, legacy_id),
        }));
        self.instance(user, import).await
    }

    async fn instance(&self, user: &str, command: InstanceCommand) -> Position {
        let key = strategy_key(user);
        let receipt = self.instances.execute(key.as_str(), command, metadata());
        receipt.await.unwrap().position
    }

    pub(crate) async fn open_execution(&self, user: &str, run: u32) -> Position {
        let open = ExecutionCommand::Open(OpenExecution {
            strategy_key: strategy_key(user),
            run,
            executor_type: ExecutorType::new("volume"),
            executed_trades: 0,
            trading: std::collections::BTreeMap::new(),
            opened_at: at(0),
        });
        let id = ExecutionId::of(&strategy_key(user), run);
        let receipt = self.executions.execute(id.as_str(), open, metadata());
        receipt.await.unwrap().position
    }

    pub(crate) async fn count_usage(&self, caller: &str, calls: u32) -> Position {
        let count = CountLegacyUsage {
            counts: vec![UsageCount {
                caller: caller.to_owned(),
                endpoint: "GET /strategy/running".to_owned(),
                calls,
            }],
            from: at(0),
            until: at(60),
        };
        let day = count.stream_id();
        let receipt = self.usage.execute(&day, count, metadata());
        receipt.await.unwrap().position
    }
}
