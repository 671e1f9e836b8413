//! Lists from the tables and lists of the past say the same, on both databases.

use std::collections::{BTreeMap, HashMap};

use domain::definition::DefinitionVersion;
use domain::ids::{DefinitionKey, ExecutorType};
use domain::instance::InstanceStatus;
use event_store::Position;
use projections::definitions::list::{
    self as definition_list, DefinitionCursor, DefinitionOrder, DefinitionPage, DefinitionSearch,
};
use projections::definitions::{DefinitionRow, definition_as_of, definitions_as_of};
use projections::instance_moments::query as moments;
use projections::instances::list::{
    self as instance_list, InstanceCursor, InstanceOrder, InstancePage, InstanceSearch, StateCounts,
};
use projections::instances::{InstanceRow, Observed};
use projections::legacy_usage::list::{UsageSearch, page as usage_page, totals};
use projections::versions::versions_as_of;
use projections::{Direction, Tables};

use crate::support::{World, definition_id, on_both_databases, strategy_key};

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

/// As they are now, or as they were.
async fn instance_pages(
    world: &World,
    until: Option<Position>,
    search: &InstanceSearch,
    (order, direction): (InstanceOrder, Direction),
) -> Vec<InstanceRow> {
    let (tables, log) = (&world.tables, world.log.as_ref());
    let (mut rows, mut after) = (vec![], None);
    loop {
        let wanted = InstancePage {
            order,
            direction,
            after,
            limit: 2,
        };
        let page = match until {
            None => instance_list::page(tables, search, &wanted).await.unwrap(),
            Some(until) => moments::page(tables, log, search, &wanted, until)
                .await
                .unwrap(),
        };
        after = page.rows.last().map(|row| InstanceCursor::of(row, order));
        rows.extend(page.rows);
        if !page.more {
            return rows;
        }
    }
}

fn instances_in_order(
    rows: &[InstanceRow],
    search: &InstanceSearch,
    (order, direction): (InstanceOrder, Direction),
) -> Vec<InstanceRow> {
    let wanted = rows.iter().filter(|row| is_wanted(search, row));
    let mut wanted: Vec<InstanceRow> = wanted.cloned().collect();
    wanted.sort_by_key(|row| match order {
        InstanceOrder::Created => (String::new(), row.id),
        InstanceOrder::UpdatedAt => (row.updated_at.to_rfc3339(), row.id),
        InstanceOrder::Key => (row.strategy_key.to_string(), row.id),
    });
    if direction == Direction::Descending {
        wanted.reverse();
    }
    wanted
}

fn is_wanted(search: &InstanceSearch, row: &InstanceRow) -> bool {
    let one_of = |all: &Option<Vec<String>>, value: Option<&str>| {
        let is = |wanted: &String| Some(wanted.as_str()) == value;
        all.as_ref().is_none_or(|all| all.iter().any(is))
    };
    let is = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|w| w == value);
    let version = row.definition_version.as_ref();
    let version = version.map(DefinitionVersion::as_str);
    let key = row.strategy_key.as_str().to_lowercase();
    let text = search.text.as_ref().map(|text| text.to_lowercase());
    search.admits_state(row.status, row.observed)
        && (search.definition_id.is_none() || search.definition_id == row.definition_id)
        && (search.definition_version.is_none() || search.definition_version.as_deref() == version)
        && one_of(
            &search.executor_types,
            row.executor_type.as_ref().map(ExecutorType::as_str),
        )
        && is(&search.user_id, row.user_id.as_str())
        && is(&search.client_id, row.client_id.as_str())
        && search
            .linked
            .is_none_or(|linked| linked == row.definition_id.is_some())
        && text.is_none_or(|text| key.contains(&text))
}

fn counted(rows: &[InstanceRow]) -> Vec<(&'static str, &'static str, u64)> {
    let mut counts = BTreeMap::new();
    for row in rows {
        let state = (row.status.as_str(), row.observed.as_str());
        *counts.entry(state).or_default() += 1;
    }
    let counts = counts.into_iter();
    counts
        .map(|((status, observed), found)| (status, observed, found))
        .collect()
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
    async fn instances_are_listed_as_they_are_and_as_they_were(world) {
        for (user, seconds) in [("one", 3), ("two", 1), ("three", 2), ("Four", 2), ("five", 9)] {
            world.start(user, seconds).await;
        }
        world.stop("two", 4).await;
        world.open_execution("one", 1).await;
        world.open_execution("two", 1).await;
        world.import("old", 3).await;
        world.projector.catch_up_all().await.unwrap();
        let (then, until) = (world.everything().await.instances, world.head().await);
        world.stop("one", 11).await;
        world.start("two", 12).await;
        world.start("six", 13).await;
        world.projector.catch_up_all().await.unwrap();
        let now = world.everything().await.instances;
        assert!(now.iter().zip(&then).any(|(now, then)| now != then));
        for search in instance_searches() {
            for direction in DIRECTIONS {
                for order in [InstanceOrder::Created, InstanceOrder::UpdatedAt, InstanceOrder::Key] {
                    for (rows, until) in [(&now, None), (&then, Some(until))] {
                        let listed = instance_pages(&world, until, &search, (order, direction)).await;
                        let expected = instances_in_order(rows, &search, (order, direction));
                        assert_eq!(listed, expected, "{until:?} {search:?} {order:?} {direction:?}");
                    }
                }
            }
            let fitting = |rows: &[InstanceRow]| {
                rows.iter().filter(|row| is_wanted(&search, row)).cloned().collect::<Vec<_>>()
            };
            let total = instance_list::count(&world.tables, &search).await.unwrap();
            assert_eq!(total, fitting(&now).len() as u64, "{search:?}");
            let counts = instance_list::counts(&world.tables, &search).await.unwrap();
            assert_eq!(sorted(counts), counted(&fitting(&now)));
            let counts = moments::counts(&world.tables, &search, until).await.unwrap();
            assert_eq!(sorted(counts), counted(&fitting(&then)));
        }
        let keys = ["one", "nobody"].map(strategy_key);
        let found = instance_list::find_all(&world.tables, &keys).await.unwrap();
        let (tables, log) = (&world.tables, world.log.as_ref());
        let one = moments::find(tables, log, &keys[0], world.head().await).await.unwrap();
        assert_eq!((found.len(), found.first()), (1, one.as_ref()));
        assert_eq!(moments::find(tables, log, &keys[1], until).await.unwrap(), None);
        let six = moments::find(tables, log, &strategy_key("six"), until).await.unwrap();
        assert_eq!(six, None);
        let running = instance_list::running_by_executor(&world.tables).await.unwrap();
        let is_running = |row: &&InstanceRow| row.status == InstanceStatus::Running;
        let expected = now.iter().filter(is_running).count();
        assert_eq!(running.values().sum::<u64>(), expected as u64);
        let linked = instance_list::linked_by_version(&world.tables, &[definition_id(1)]).await;
        assert_eq!(linked.unwrap(), HashMap::new());
        let linked = moments::linked_by_version(&world.tables, &[definition_id(1)], until).await;
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
        let by_id = definition_list::find_all(&world.tables, &[definition_id(2)]).await.unwrap();
        assert_eq!(by_id.first(), one.as_ref());
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
