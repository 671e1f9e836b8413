//! Everything there was at one moment: the tables, and what the log says of each run.

mod members;
mod runs;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::guard::{RISK_GUARDS_ID, RiskGuards};
use domain::ids::StrategyKey;
use domain::installation::{INSTALLATION_ID, Installation};
use event_store::{CommandGateway, EventLog, PastLog, Position, StoredRows};
use projections::audit::{StoredTableRow, Value as Stored, rows_of};
use projections::instances::alone;
use serde_json::{Map, Value};

use crate::scratch::Scratch;
use crate::whole::require_whole;
pub(crate) use members::Members;
pub(crate) use runs::Orders;

const INSTANCES: &str = "strategy_instances";
const TABLES: [&str; 3] = [
    "strategy_definitions",
    "strategy_definition_versions",
    INSTANCES,
];

/// What has the same name at two moments is the same thing.
pub(crate) type Part = BTreeMap<String, Members>;

/// By the names of tables; `runs`, `positions`, `orders`, `installation` and `risk_guards` are kept in none.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) position: Position,
    pub(crate) parts: Vec<(&'static str, Part)>,
}

impl State {
    pub(crate) async fn at(
        log: Arc<dyn StoredRows>,
        position: Position,
        orders: Orders,
    ) -> anyhow::Result<Self> {
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
        let runs = runs::of_all(past.as_ref()).await?;
        parts.extend(runs::parts_of(past.as_ref(), runs, orders).await?);
        parts.push(("installation", installation(&past).await?));
        parts.push(("risk_guards", risk_guards(&past).await?));
        Ok(Self { position, parts })
    }

    /// Of one instance: only its streams are read.
    pub(crate) async fn of_instance(
        log: Arc<dyn StoredRows>,
        key: &StrategyKey,
        position: Position,
        orders: Orders,
    ) -> anyhow::Result<Self> {
        let past: Arc<dyn EventLog> = Arc::new(PastLog::new(log, position));
        let row = alone(past.as_ref(), key, position).await?;
        let mut instances = Part::new();
        let mut last_run = 0;
        if let Some(row) = row {
            last_run = row.get("run").and_then(Value::as_u64).unwrap_or_default();
            let row = row.into_iter().map(|(name, value)| (name, unfolded(value)));
            let row: Map<String, Value> = row.collect();
            instances.insert(key.to_string(), row.into());
        }
        let last_run = u32::try_from(last_run).unwrap_or_default();
        let runs = runs::of_instance(&past, key, last_run).await?;
        let mut parts = vec![(INSTANCES, instances)];
        parts.extend(runs::parts_of(past.as_ref(), runs, orders).await?);
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

fn members(row: StoredTableRow) -> Members {
    let columns = row.columns.into_iter();
    let columns = columns.map(|(name, value)| (name.to_owned(), value_of(value)));
    columns.collect::<Map<_, _>>().into()
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

async fn installation(past: &Arc<dyn EventLog>) -> anyhow::Result<Part> {
    let gateway = CommandGateway::<Installation>::new(past.clone(), ());
    let found = gateway.load(INSTALLATION_ID).await?.aggregate;
    let switches = object(serde_json::to_value(&found)?);
    Ok(Part::from([(INSTALLATION_ID.to_owned(), switches.into())]))
}

async fn risk_guards(past: &Arc<dyn EventLog>) -> anyhow::Result<Part> {
    let gateway = CommandGateway::<RiskGuards>::new(past.clone(), ());
    let guards = gateway.load(RISK_GUARDS_ID).await?.aggregate;
    let named = guards.all().map(|(name, guard)| {
        let members = object(serde_json::to_value(guard)?);
        anyhow::Ok((name.to_string(), members.into()))
    });
    named.collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
