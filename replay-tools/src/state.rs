//! Everything there was at one moment: the tables, and what the log says of each run.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::execution::{Execution, ExecutionId, LiveOrder, Position as Held};
use domain::guard::{RISK_GUARDS_ID, RiskGuards};
use domain::ids::StrategyKey;
use domain::installation::{INSTALLATION_ID, Installation};
use domain::money::Decimal;
use event_store::{CommandGateway, EventLog, PastLog, Position, StoredRows};
use projections::audit::{StoredTableRow, Value as Stored, rows_of};
use projections::instances::alone;
use serde_json::{Map, Value, json};

use crate::scratch::Scratch;
use crate::whole::require_whole;

const INSTANCES: &str = "strategy_instances";
const TABLES: [&str; 3] = [
    "strategy_definitions",
    "strategy_definition_versions",
    INSTANCES,
];

/// What has the same name at two moments is the same thing.
pub(crate) type Part = BTreeMap<String, Map<String, Value>>;

/// By the names of tables; `runs`, `positions`, `orders`, `installation` and `risk_guards` are kept in none.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) position: Position,
    pub(crate) parts: Vec<(&'static str, Part)>,
}

impl State {
    pub(crate) async fn at(log: Arc<dyn StoredRows>, position: Position) -> anyhow::Result<Self> {
        require_whole(log.as_ref(), position.0).await?;
        let log: Arc<dyn EventLog> = log;
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
        let past: Arc<dyn EventLog> = Arc::new(PastLog::new(log, position));
        let instances = parts.iter().find(|(table, _)| *table == INSTANCES);
        let runs = instances.map(|(_, part)| all_runs(part));
        parts.extend(runs_at(&past, runs.unwrap_or_default()).await?);
        parts.push(("installation", installation(&past).await?));
        parts.push(("risk_guards", risk_guards(&past).await?));
        Ok(Self { position, parts })
    }

    /// Of one instance: only its streams are read.
    pub(crate) async fn of_instance(
        log: Arc<dyn StoredRows>,
        key: &StrategyKey,
        position: Position,
    ) -> anyhow::Result<Self> {
        let past: Arc<dyn EventLog> = Arc::new(PastLog::new(log, position));
        let row = alone(past.as_ref(), key, position).await?;
        let mut instances = Part::new();
        if let Some(row) = row {
            let row = row.into_iter().map(|(name, value)| (name, unfolded(value)));
            instances.insert(key.to_string(), row.collect());
        }
        let runs = runs_at(&past, all_runs(&instances)).await?;
        let mut parts = vec![(INSTANCES, instances)];
        parts.extend(runs);
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

fn value_of(value: Stored) -> Value {
    match value {
        Stored::Null => Value::Null,
        Stored::Integer(number) => number.into(),
        Stored::Text(text) => unfolded(Value::String(text)),
    }
}

/// Configurations and schemas are kept as texts; they are shown as what they are.
fn unfolded(value: Value) -> Value {
    match value {
        Value::String(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        other => other,
    }
}

/// Each instance's key and the numbers of its runs.
fn all_runs(instances: &Part) -> Vec<(StrategyKey, u32)> {
    let runs = |(key, row): (&String, &Map<String, Value>)| {
        let last = row.get("run").and_then(Value::as_u64).unwrap_or_default();
        let last = u32::try_from(last).unwrap_or_default();
        let key = StrategyKey::new(key.as_str());
        (1..=last).map(move |run| (key.clone(), run))
    };
    instances.iter().flat_map(runs).collect()
}

/// The runs, what they hold and earned, and the orders that may still be at their venues.
async fn runs_at(
    past: &Arc<dyn EventLog>,
    all: Vec<(StrategyKey, u32)>,
) -> anyhow::Result<[(&'static str, Part); 3]> {
    let (mut runs, mut positions, mut orders) = (Part::new(), Part::new(), Part::new());
    for (key, run) in all {
        let id = ExecutionId::of(&key, run);
        // One after the other, each forgotten again: a gateway would remember many
        let gateway = CommandGateway::<Execution>::new(past.clone(), ());
        let execution = gateway.load(id.as_str()).await?.aggregate;
        if !execution.opened {
            continue;
        }
        for held in &execution.ledger.positions {
            let name = format!("{id} {} {}", held.exchange, held.pair);
            positions.insert(name, position_members(&id, held));
        }
        for (order_id, order) in &execution.live_orders {
            orders.insert(order_id.to_string(), order_members(&id, order));
        }
        runs.insert(id.to_string(), run_members(&execution));
    }
    Ok([("runs", runs), ("positions", positions), ("orders", orders)])
}

async fn installation(past: &Arc<dyn EventLog>) -> anyhow::Result<Part> {
    let gateway = CommandGateway::<Installation>::new(past.clone(), ());
    let found = gateway.load(INSTALLATION_ID).await?.aggregate;
    let switches = object(serde_json::to_value(&found)?);
    Ok(Part::from([(INSTALLATION_ID.to_owned(), switches)]))
}

async fn risk_guards(past: &Arc<dyn EventLog>) -> anyhow::Result<Part> {
    let gateway = CommandGateway::<RiskGuards>::new(past.clone(), ());
    let guards = gateway.load(RISK_GUARDS_ID).await?.aggregate;
    let named = guards.all().map(|(name, guard)| {
        let members = object(serde_json::to_value(guard)?);
        anyhow::Ok((name.to_string(), members))
    });
    named.collect()
}

/// With the names and the sums that the API has.
fn position_members(run: &ExecutionId, held: &Held) -> Map<String, Value> {
    let zero = Decimal::zero();
    let mark = held.mark.as_ref().unwrap_or(&zero);
    object(json!({
        "run": run.to_string(),
        "exchange": held.exchange,
        "pair": held.pair,
        "base": held.base,
        "average_cost": held.average_cost(),
        "mark_price": held.mark,
        "profit": held.profit_at(mark),
        "realised": held.realised,
        "unrealised": held.unrealised_at(mark),
        "fees": held.fees,
        "other_fees": held.other_fees,
        "volume": held.volume(),
        "trade_count": held.trades,
    }))
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
