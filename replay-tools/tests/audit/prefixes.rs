//! `at` on every prefix of random histories, held against what the tables showed when it was the whole.

use std::collections::BTreeMap;
use std::process::Command;

use domain::execution::{Execution, ExecutionId};
use event_store::{CommandGateway, Position};
use projections::audit::{StoredTableRow, Value as Stored, rows_of};
use serde_json::{Map, Value, json};

use crate::support::{World, of_any_history};

const TABLES: [&str; 3] = [
    "strategy_definitions",
    "strategy_definition_versions",
    "strategy_instances",
];

/// What a server showed: its tables as they stood, and its runs.
async fn shown(world: &World) -> Map<String, Value> {
    let mut parts = Map::new();
    for table in TABLES {
        let mut part = Map::new();
        let take = |row: StoredTableRow| {
            let key: Vec<String> = row.key.iter().map(text).collect();
            let columns = row.columns.into_iter();
            let columns = columns.map(|(name, value)| (name.to_owned(), json_of(value)));
            part.insert(key.join(" "), Value::Object(columns.collect()));
        };
        rows_of(&world.tables, table, take).await.unwrap();
        parts.insert(table.to_owned(), Value::Object(part));
    }
    parts
}

/// Live orders and fills of every run there was.
async fn runs(world: &World, instances: &Value) -> BTreeMap<String, (u64, u64)> {
    let executions = CommandGateway::<Execution>::new(world.log.clone(), ());
    let mut runs = BTreeMap::new();
    for (key, row) in instances.as_object().unwrap() {
        for run in 1..=row["run"].as_u64().unwrap() {
            let key = domain::ids::StrategyKey::new(key.as_str());
            let id = ExecutionId::of(&key, u32::try_from(run).unwrap());
            let execution = executions.load(id.as_str()).await.unwrap().aggregate;
            if execution.opened {
                let live = execution.live_orders.len() as u64;
                runs.insert(id.to_string(), (live, execution.intended));
            }
        }
    }
    runs
}

fn text(value: &Stored) -> String {
    match value {
        Stored::Text(text) => text.clone(),
        Stored::Integer(number) => number.to_string(),
        Stored::Null => String::new(),
    }
}

/// Configurations are kept as texts and shown as what they are.
fn json_of(value: Stored) -> Value {
    match value {
        Stored::Null => Value::Null,
        Stored::Integer(number) => json!(number),
        Stored::Text(text) if text.starts_with(['{', '[']) => text.parse().unwrap(),
        Stored::Text(text) => Value::String(text),
    }
}

fn at(world: &World, position: Position) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_strategos-replay"))
        .args(["--database", &world.log_url])
        .args(["at", "--position", &position.to_string()])
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn every_prefix_is_shown_as_it_was(cases: u32, world: impl AsyncFn() -> World) {
    of_any_history(cases, async |steps| {
        let world = world().await;
        let mut moments = BTreeMap::new();
        for (number, step) in (1..).zip(&steps) {
            world.take(number, step).await;
            world.projector.catch_up_all().await.unwrap();
            let parts = shown(&world).await;
            let runs = runs(&world, &parts["strategy_instances"]).await;
            moments.insert(world.head().await, (parts, runs));
        }
        for (position, (parts, runs)) in moments {
            let told = at(&world, position);
            for (table, part) in parts {
                assert_eq!(told[&table], part, "{table} at {position}");
            }
            let shown = told["runs"].as_object().unwrap().iter();
            let number = |run: &Value, name: &str| run[name].as_u64().unwrap();
            let shown = shown.map(|(id, run)| {
                let counts = (number(run, "orders_live"), number(run, "orders_intended"));
                (id.clone(), counts)
            });
            assert_eq!(shown.collect::<BTreeMap<_, _>>(), runs, "at {position}");
        }
    });
}

#[test]
fn every_prefix_is_shown_as_it_was_on_sqlite() {
    every_prefix_is_shown_as_it_was(4, World::on_sqlite);
}

#[test]
fn every_prefix_is_shown_as_it_was_on_postgres() {
    every_prefix_is_shown_as_it_was(2, World::on_postgres);
}
