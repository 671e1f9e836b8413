//! One statement each, for many keys.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::ids::{DefinitionId, DefinitionKey, ExecutorType, StrategyKey};
use event_store::Position;
use projections::definitions::list::{DefinitionPage, DefinitionSearch};
use projections::definitions::{self, DefinitionRow};
use projections::instance_moments::query as moments;
use projections::instances::InstanceRow;
use projections::instances::list::{self, Linked, linked_by_version, running_by_executor};
use projections::versions::{self, VersionRow};

use super::load_failed::LoadFailed;
use crate::state::AppState;

/// Instances of a definition, by version.
pub(super) type LinkedByVersion = Arc<Vec<(String, Linked)>>;

pub(super) async fn find_definitions(
    app: AppState,
    ids: Vec<DefinitionId>,
) -> Result<HashMap<DefinitionId, Arc<DefinitionRow>>, LoadFailed> {
    let rows = definitions::list::find_all(&app.tables, &ids).await?;
    let by_id = rows.into_iter().map(|row| (row.id, Arc::new(row)));
    Ok(by_id.collect())
}

pub(super) async fn find_definitions_by_key(
    app: AppState,
    keys: Vec<DefinitionKey>,
) -> Result<HashMap<DefinitionKey, Arc<DefinitionRow>>, LoadFailed> {
    let rows = definitions::list::find_all_by_key(&app.tables, &keys).await?;
    let by_key = rows.into_iter().map(|row| (row.key.clone(), Arc::new(row)));
    Ok(by_key.collect())
}

/// The first so many definitions of each executor. One statement each: the catalogue is short.
pub(super) async fn find_definitions_of_executors(
    app: AppState,
    types: Vec<ExecutorType>,
) -> Result<HashMap<ExecutorType, Arc<Vec<Arc<DefinitionRow>>>>, LoadFailed> {
    let wanted = DefinitionPage {
        limit: 200,
        ..DefinitionPage::default()
    };
    let mut found = HashMap::new();
    for one in types {
        let search = DefinitionSearch {
            executor_types: Some(vec![one.to_string()]),
            ..DefinitionSearch::default()
        };
        let page = definitions::list::page(&app.tables, &search, &wanted).await?;
        let rows = page.rows.into_iter().map(Arc::new).collect();
        found.insert(one, Arc::new(rows));
    }
    Ok(found)
}

/// Running instances of every executor.
pub(super) async fn find_running(
    app: AppState,
) -> Result<HashMap<(), Arc<HashMap<String, u64>>>, LoadFailed> {
    let running = running_by_executor(&app.tables).await?;
    Ok(HashMap::from([((), Arc::new(running))]))
}

pub(super) async fn find_instances(
    app: AppState,
    keys: Vec<StrategyKey>,
) -> Result<HashMap<StrategyKey, Arc<InstanceRow>>, LoadFailed> {
    let rows = list::find_all(&app.tables, &keys).await?.into_iter();
    let by_key = rows.map(|row| (row.strategy_key.clone(), Arc::new(row)));
    Ok(by_key.collect())
}

/// One statement for each moment: a request hardly ever looks at two.
pub(super) async fn find_linked(
    app: AppState,
    asked: Vec<(DefinitionId, Option<Position>)>,
) -> Result<HashMap<(DefinitionId, Option<Position>), LinkedByVersion>, LoadFailed> {
    let mut by_moment: BTreeMap<Option<Position>, Vec<DefinitionId>> = BTreeMap::new();
    for (id, as_of) in asked {
        by_moment.entry(as_of).or_default().push(id);
    }
    let mut found = HashMap::new();
    for (as_of, ids) in by_moment {
        let linked = match as_of {
            None => linked_by_version(&app.tables, &ids).await?,
            Some(position) => moments::linked_by_version(&app.tables, &ids, position).await?,
        };
        let linked = linked.into_iter();
        found.extend(linked.map(|(id, all)| ((id, as_of), Arc::new(all))));
    }
    Ok(found)
}

pub(super) async fn find_versions(
    app: AppState,
    ids: Vec<DefinitionId>,
) -> Result<HashMap<DefinitionId, Arc<Vec<VersionRow>>>, LoadFailed> {
    let mut versions: HashMap<DefinitionId, Vec<VersionRow>> = HashMap::new();
    for row in versions::list::of_all(&app.tables, &ids).await? {
        versions.entry(row.definition_id).or_default().push(row);
    }
    let by_id = versions.into_iter().map(|(id, all)| (id, Arc::new(all)));
    Ok(by_id.collect())
}
