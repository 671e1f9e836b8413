//! What the log makes of any moment, long afterwards, is what was shown then.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::execution::{Execution, ExecutionId};
use domain::ids::StrategyKey;
use event_store::{CommandGateway, EventLog, PastLog, Position};
use projections::audit::{self, StoredTableRow, rows_of};
use projections::instance_moments::query as moments;
use projections::instances::list::{InstancePage, InstanceSearch};
use projections::instances::{InstanceRow, alone};
use projections::{Projector, Tables, projector};
use serde_json::{Map, Value};

use crate::support::{Everything, World, clock, empty_tables, of_any_history};

/// Every column of every table, and the current runs of all instances.
#[derive(Debug, PartialEq)]
struct Shown {
    rows: Vec<StoredTableRow>,
    runs: Vec<Execution>,
    instances: Vec<InstanceRow>,
}

impl Shown {
    async fn by(tables: &Tables, log: Arc<dyn EventLog>) -> Self {
        let mut rows = vec![];
        for name in projector::names() {
            rows_of(tables, name, |row| rows.push(row)).await.unwrap();
        }
        let executions = CommandGateway::<Execution>::new(log, ());
        let mut runs = vec![];
        let instances = Everything::of(tables).await.instances;
        for row in &instances {
            let id = ExecutionId::of(&row.strategy_key, row.run);
            runs.push(executions.load(id.as_str()).await.unwrap().aggregate);
        }
        Self {
            rows,
            runs,
            instances,
        }
    }

    async fn at(log: &Arc<dyn EventLog>, position: Position) -> Self {
        let (_database, tables) = empty_tables().await;
        let past = Arc::new(PastLog::new(log.clone(), position));
        let projector = Projector::new(tables.clone(), past.clone(), clock());
        projector.catch_up_all().await.unwrap();
        Self::by(&tables, past).await
    }
}

/// The instances' rows as they stood in their table, without the ids that the order of all of them gives.
fn stored(shown: &Shown) -> BTreeMap<String, Map<String, Value>> {
    let of_instances = shown.rows.iter().filter(|row| {
        let mut names = row.columns.iter().map(|(name, _)| *name);
        names.any(|name| name == "market_making_order_id")
    });
    let columns = |row: &StoredTableRow| {
        let columns = row.columns.iter().filter(|(name, _)| *name != "id");
        let columns: Map<String, Value> = columns
            .map(|(name, value)| ((*name).to_owned(), json_of(value)))
            .collect();
        let key = columns["strategy_key"].as_str().unwrap().to_owned();
        (key, columns)
    };
    of_instances.map(columns).collect()
}

fn json_of(value: &audit::Value) -> Value {
    match value {
        audit::Value::Null => Value::Null,
        audit::Value::Integer(number) => Value::from(*number),
        audit::Value::Text(text) => Value::from(text.as_str()),
    }
}

/// In the table of moments, as it stands at the end.
async fn looked_up(world: &World, position: Position) -> Vec<InstanceRow> {
    let (all, whole) = (
        InstanceSearch::default(),
        InstancePage {
            limit: 100,
            ..InstancePage::default()
        },
    );
    let (tables, log) = (&world.tables, world.log.as_ref());
    let page = moments::page(tables, log, &all, &whole, position).await;
    page.unwrap().rows
}

fn every_moment_is_made_again_as_it_was(cases: u32, world: impl AsyncFn() -> World) {
    of_any_history(cases, async |steps| {
        let world = world().await;
        let mut moments: Vec<(Position, Shown)> = vec![];
        for (number, step) in (1..).zip(&steps) {
            world.take(number, step).await;
            world.projector.catch_up_all().await.unwrap();
            let head = world.head().await;
            // A step that was refused changed nothing
            if moments.last().is_none_or(|(last, _)| *last != head) {
                let shown = Shown::by(&world.tables, world.log.clone()).await;
                moments.push((head, shown));
            }
        }
        for (position, shown) in moments {
            let made_again = Shown::at(&world.log, position).await;
            assert_eq!(made_again, shown, "at {position}");
            assert_eq!(looked_up(&world, position).await, shown.instances);
            for (key, columns) in stored(&shown) {
                let key = StrategyKey::new(key);
                let found = alone(world.log.as_ref(), &key, position).await.unwrap();
                assert_eq!(found, Some(columns), "{key} at {position}");
            }
        }
    });
}

#[test]
fn every_moment_is_made_again_as_it_was_on_sqlite() {
    every_moment_is_made_again_as_it_was(6, World::on_sqlite);
}

#[test]
fn every_moment_is_made_again_as_it_was_on_postgres() {
    every_moment_is_made_again_as_it_was(3, World::on_postgres);
}
