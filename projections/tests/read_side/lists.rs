//! Lists from the tables and lists of the past say the same, on both databases.

use std::collections::HashMap;

use domain::ids::DefinitionKey;
use domain::instance::InstanceStatus;
use projections::definitions::list::{
    self as definition_list, DefinitionCursor, DefinitionOrder, DefinitionPage, DefinitionSearch,
};
use projections::definitions::{DefinitionRow, definition_as_of, definitions_as_of};
use projections::instances::list::{
    self as instance_list, InstanceCursor, InstanceOrder, InstancePage, InstanceSearch, StateCounts,
};
use projections::instances::{InstanceRow, Observed, instance_as_of, instances_as_of};
use projections::legacy_usage::list::{UsageSearch, page as usage_page, totals};
use projections::versions::versions_as_of;
use projections::{Direction, Tables};

use crate::support::{definition_id, on_both_databases, strategy_key};

const DIRECTIONS: [Direction; 2] = [Direction::Ascending, Direction::Descending];

fn instance_searches() -> Vec<InstanceSearch> {
    let all = InstanceSearch::default;
    let running = || Some(vec![InstanceStatus::Running]);
    vec![
        all(),
        InstanceSearch {
            statuses: running(),
            ..all()
        },
        InstanceSearch {
            statuses: Some(vec![]),
            ..all()
        },
        InstanceSearch {
            statuses: Some(vec![InstanceStatus::Running, InstanceStatus::Stopped]),
            user_id: Some("two".to_owned()),
            ..all()
        },
        InstanceSearch {
            observed: Some(vec![Observed::Running]),
            statuses: running(),
            ..all()
        },
        InstanceSearch {
            executor_types: Some(vec!["volume".to_owned()]),
            ..all()
        },
        InstanceSearch {
            client_id: Some("client".to_owned()),
            linked: Some(false),
            ..all()
        },
        InstanceSearch {
            linked: Some(true),
            ..all()
        },
        InstanceSearch {
            definition_id: Some(definition_id(1)),
            ..all()
        },
        InstanceSearch {
            definition_version: Some("1.0.0".to_owned()),
            ..all()
        },
        InstanceSearch {
            text: Some("T".to_owned()),
            ..all()
        },
        InstanceSearch {
            text: Some("%_\\'".to_owned()),
            ..all()
        },
    ]
}

async fn instance_pages(
    tables: &Tables,
    search: &InstanceSearch,
    order: InstanceOrder,
    direction: Direction,
) -> Vec<InstanceRow> {
    let (mut rows, mut after) = (vec![], None);
    loop {
        let wanted = InstancePage {
            order,
            direction,
            after,
            limit: 2,
        };
        let page = instance_list::page(tables, search, &wanted).await.unwrap();
        after = page.rows.last().map(|row| InstanceCursor::of(row, order));
        rows.extend(page.rows);
        if !page.more {
            return rows;
        }
    }
}

fn sorted(mut counts: StateCounts) -> Vec<(&'static str, &'static str, u64)> {
    let mut all: Vec<_> = counts
        .drain(..)
        .map(|(status, observed, found)| (status.as_str(), observed.as_str(), found))
        .collect();
    all.sort_unstable();
    all
}

async fn definition_pages(
    tables: &Tables,
    search: &DefinitionSearch,
    order: DefinitionOrder,
    direction: Direction,
) -> Vec<DefinitionRow> {
    let (mut rows, mut after) = (vec![], None);
    loop {
        let wanted = DefinitionPage {
            order,
            direction,
            after,
            limit: 2,
        };
        let page = definition_list::page(tables, search, &wanted)
            .await
            .unwrap();
        after = page.rows.last().map(|row| DefinitionCursor::of(row, order));
        rows.extend(page.rows);
        if !page.more {
            return rows;
        }
    }
}

on_both_databases! {
    async fn instances_of_the_tables_are_those_of_the_past(world) {
        for (user, seconds) in [("one", 3), ("two", 1), ("three", 2), ("Four", 2), ("five", 9)] {
            world.start(user, seconds).await;
        }
        world.stop("two", 4).await;
        world.open_execution("one", 1).await;
        world.open_execution("two", 1).await;
        world.import("old", 3).await;
        world.projector.catch_up_all().await.unwrap();
        let then = instances_as_of(world.log.as_ref(), world.head().await).await.unwrap();
        for search in instance_searches() {
            for direction in DIRECTIONS {
                for order in [InstanceOrder::Created, InstanceOrder::UpdatedAt, InstanceOrder::Key] {
                    let now = instance_pages(&world.tables, &search, order, direction).await;
                    let whole = InstancePage { order, direction, after: None, limit: 100 };
                    let past = instance_list::page_of(then.clone(), &search, &whole);
                    assert_eq!(now, past.rows, "{search:?} {order:?} {direction:?}");
                    let total = instance_list::count(&world.tables, &search).await.unwrap();
                    assert_eq!(total, now.len() as u64, "{search:?}");
                }
            }
            let counts = instance_list::counts(&world.tables, &search).await.unwrap();
            assert_eq!(sorted(counts), sorted(instance_list::counts_of(&then, &search)));
        }
        let keys = ["one", "nobody"].map(strategy_key);
        let found = instance_list::find_all(&world.tables, &keys).await.unwrap();
        let log = world.log.as_ref();
        let one = instance_as_of(log, &keys[0], world.head().await).await.unwrap();
        let one = one.map(|row| InstanceRow { id: found[0].id, ..row });
        assert_eq!((found.len(), found.first()), (1, one.as_ref()));
        let running = instance_list::running_by_executor(&world.tables).await.unwrap();
        let is_running = |row: &&InstanceRow| row.status == InstanceStatus::Running;
        let expected = then.iter().filter(is_running).count();
        assert_eq!(running.values().sum::<u64>(), expected as u64);
        let linked = instance_list::linked_by_version(&world.tables, &[definition_id(1)]).await;
        assert_eq!(linked.unwrap(), HashMap::new());
    }

    async fn definitions_of_the_tables_are_those_of_the_past(world) {
        for (key, id, seconds) in [("b", 1, 3), ("a", 2, 1), ("B", 3, 1), ("c", 4, 2)] {
            world.create_definition(key, id, seconds).await;
        }
        world.publish("a", 2, 10).await;
        world.projector.catch_up_all().await.unwrap();
        let log = world.log.as_ref();
        let head = world.head().await;
        let then = definitions_as_of(log, head).await.unwrap();
        let all = DefinitionSearch::default;
        for search in [
            all(),
            DefinitionSearch { enabled: Some(false), ..all() },
            DefinitionSearch { edited_since_publish: Some(false), ..all() },
            DefinitionSearch { executor_types: Some(vec!["volume".to_owned()]), ..all() },
            DefinitionSearch { text: Some("B".to_owned()), ..all() },
        ] {
            for direction in DIRECTIONS {
                for order in [
                    DefinitionOrder::Key, DefinitionOrder::Name, DefinitionOrder::CreatedAt,
                    DefinitionOrder::UpdatedAt,
                ] {
                    let now = definition_pages(&world.tables, &search, order, direction).await;
                    let whole = DefinitionPage { order, direction, after: None, limit: 100 };
                    let past = definition_list::page_of(then.clone(), &search, &whole);
                    assert_eq!(now, past.rows, "{search:?} {order:?} {direction:?}");
                }
            }
            let total = definition_list::count(&world.tables, &search).await.unwrap();
            let fitting = then.iter().filter(|row| search.admits(row)).count();
            assert_eq!(total, fitting as u64, "{search:?}");
        }
        let key = DefinitionKey::new("a");
        let one = definition_as_of(log, &key, head).await.unwrap();
        let by_key = definition_list::find_by_keys(&world.tables, std::slice::from_ref(&key)).await.unwrap();
        let by_id = definition_list::find_all(&world.tables, &[definition_id(2)]).await.unwrap();
        assert_eq!((by_key.first(), by_id.first()), (one.as_ref(), one.as_ref()));
        let past = versions_as_of(log, &key, head).await.unwrap();
        let now = projections::versions::list::of_all(&world.tables, &[definition_id(2)]).await;
        assert_eq!(now.unwrap(), past);
    }

    async fn legacy_calls_are_listed_and_summed(world) {
        world.count_usage("ana", 3).await;
        world.count_usage("bob", 4).await;
        world.count_usage("ana", 5).await;
        world.projector.catch_up_all().await.unwrap();
        let all = UsageSearch::default();
        let page = usage_page(&world.tables, &all, 1, 1).await.unwrap();
        assert_eq!((page.rows[0].caller.as_str(), page.rows[0].calls, page.more), ("bob", 4, false));
        assert_eq!(totals(&world.tables, &all).await.unwrap(), (2, 12));
        let ana = UsageSearch { caller: Some("ana".to_owned()), ..all.clone() };
        assert_eq!(totals(&world.tables, &ana).await.unwrap(), (1, 8));
        let before = UsageSearch { until: "2000-01-01".parse().ok(), ..all };
        assert_eq!(totals(&world.tables, &before).await.unwrap(), (0, 0));
    }
}
