//! Everything there was at one moment: the tables, and what the log says of each run.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::execution::{Execution, ExecutionId, LiveOrder};
use domain::ids::StrategyKey;
use event_store::{CommandGateway, EventLog, PastLog, Position};
use projections::audit::{StoredTableRow, Value as Stored, rows_of};
use serde_json::{Map, Value, json};

use crate::scratch::Scratch;

const INSTANCES: &str = "strategy_instances";
const TABLES: [&str; 3] = [
    "strategy_definitions",
    "strategy_definition_versions",
    INSTANCES,
];

/// What has the same name at two moments is the same thing.
pub(crate) type Part = BTreeMap<String, Map<String, Value>>;

/// By the names of tables; `runs` and `orders` are kept in none.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) position: Position,
    pub(crate) parts: Vec<(&'static str, Part)>,
}

impl State {
    pub(crate) async fn at(log: Arc<dyn EventLog>, position: Position) -> anyhow::Result<Self> {
        let scratch = Scratch::as_of(log.clone(), position, &TABLES).await?;
        let mut parts = Vec::new();
        for table in TABLES {
            let mut part = Part::new();
            rows_of(&scratch.tables, table, |row| {
                part.insert(name_of(&row), members(row));
            })
            .await?;
            parts.push((table, part));
        }
        let instances = parts.iter().find(|(table, _)| *table == INSTANCES);
        let runs = instances.map(|(_, part)| current_runs(part));
        let (runs, orders) = runs_at(log, position, runs.unwrap_or_default()).await?;
        parts.push(("runs", runs));
        parts.push(("orders", orders));
        Ok(Self { position, parts })
    }
}

fn name_of(row: &StoredTableRow) -> String {
    let parts: Vec<String> = row.key.iter().map(plain).collect();
    parts.join(" ")
}

fn plain(value: &Stored) -> String {
    match value {
        Stored::Text(text) => text.clone(),
        Stored::Integer(number) => number.to_string(),
        Stored::Null => String::new(),
    }
}

fn members(row: StoredTableRow) -> Map<String, Value> {
    let columns = row.columns.into_iter();
    columns
        .map(|(name, value)| (name.to_owned(), value_of(value)))
        .collect()
}

/// Configurations and schemas are kept as texts; they are shown as what they are.
fn value_of(value: Stored) -> Value {
    match value {
        Stored::Null => Value::Null,
        Stored::Integer(number) => number.into(),
        Stored::Text(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        Stored::Text(text) => Value::String(text),
    }
}

/// Each instance's key and the number of its current run.
fn current_runs(instances: &Part) -> Vec<(StrategyKey, u32)> {
    let run = |(key, row): (&String, &Map<String, Value>)| {
        let number = row.get("run")?.as_u64()?;
        Some((StrategyKey::new(key.as_str()), u32::try_from(number).ok()?))
    };
    instances.iter().filter_map(run).collect()
}

async fn runs_at(
    log: Arc<dyn EventLog>,
    position: Position,
    current: Vec<(StrategyKey, u32)>,
) -> anyhow::Result<(Part, Part)> {
    let past = Arc::new(PastLog::new(log, position));
    let (mut runs, mut orders) = (Part::new(), Part::new());
    for (key, run) in current {
        let id = ExecutionId::of(&key, run);
        // One after the other, each forgotten again: a gateway would remember many
        let gateway = CommandGateway::<Execution>::new(past.clone(), ());
        let execution = gateway.load(id.as_str()).await?.aggregate;
        if !execution.opened {
            continue;
        }
        for (order_id, order) in &execution.live_orders {
            orders.insert(order_id.to_string(), order_members(&id, order));
        }
        runs.insert(id.to_string(), run_members(&execution));
    }
    Ok((runs, orders))
}

fn run_members(execution: &Execution) -> Map<String, Value> {
    object(json!({
        "state": if execution.closed { "closed" } else { "open" },
        "orders_intended": execution.intended,
        "orders_live": execution.live_orders.len(),
        "fills": execution.fills,
        "net_base": execution.net_base,
        "net_quote": execution.net_quote,
    }))
}

fn order_members(run: &ExecutionId, order: &LiveOrder) -> Map<String, Value> {
    object(json!({
        "run": run.to_string(),
        "state": order.state,
        "exchange": order.intent.exchange,
        "pair": order.intent.pair,
        "side": order.intent.side,
        "price": order.intent.price,
        "quantity": order.intent.quantity,
        "filled": order.filled,
        "slot": order.intent.slot,
        "venue_order_id": order.venue_order_id,
    }))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
