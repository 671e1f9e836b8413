//! What the log makes of any moment, long afterwards, is what was shown then.

use std::sync::Arc;

use domain::execution::{Execution, ExecutionId};
use event_store::{CommandGateway, EventLog, PastLog, Position};
use projections::audit::{StoredTableRow, rows_of};
use projections::instance_moments::query as moments;
use projections::instances::InstanceRow;
use projections::instances::list::{InstancePage, InstanceSearch};
use projections::{Projector, Tables, projector};
use proptest::test_runner::{Config, TestRunner};

use crate::support::{Everything, World, clock, empty_tables, steps};

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
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&steps(), |steps| {
        runtime.block_on(async {
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
            }
        });
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

#[test]
fn every_moment_is_made_again_as_it_was_on_sqlite() {
    every_moment_is_made_again_as_it_was(6, World::on_sqlite);
}

#[test]
fn every_moment_is_made_again_as_it_was_on_postgres() {
    every_moment_is_made_again_as_it_was(3, World::on_postgres);
}
