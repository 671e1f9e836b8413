//! One statement each, for many keys.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::Error;
use domain::ids::DefinitionId;
use event_store::Position;
use projections::definitions::{self, DefinitionRow};
use projections::instance_moments::query as moments;
use projections::instances::list::{Linked, linked_by_version};
use projections::versions::{self, VersionRow};
use projections::{Tables, TablesError};

use crate::graphql::failure::internal;

/// Instances of a definition, by version.
pub(super) type LinkedByVersion = Arc<Vec<(String, Linked)>>;

/// Everybody who waited for a load gets its error.
#[derive(Debug, Clone)]
pub(super) struct LoadFailed(Arc<TablesError>);

impl LoadFailed {
    pub(super) fn told(self) -> Error {
        internal(WaitedFor(self.0))
    }
}

impl From<TablesError> for LoadFailed {
    fn from(error: TablesError) -> Self {
        Self(Arc::new(error))
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a list's rows could not be completed")]
struct WaitedFor(#[source] Arc<TablesError>);

pub(super) async fn find_definitions(
    tables: Tables,
    ids: Vec<DefinitionId>,
) -> Result<HashMap<DefinitionId, Arc<DefinitionRow>>, LoadFailed> {
    let rows = definitions::list::find_all(&tables, &ids).await?;
    let by_id = rows.into_iter().map(|row| (row.id, Arc::new(row)));
    Ok(by_id.collect())
}

/// One statement for each moment: a request hardly ever looks at two.
pub(super) async fn find_linked(
    tables: Tables,
    asked: Vec<(DefinitionId, Option<Position>)>,
) -> Result<HashMap<(DefinitionId, Option<Position>), LinkedByVersion>, LoadFailed> {
    let mut by_moment: BTreeMap<Option<Position>, Vec<DefinitionId>> = BTreeMap::new();
    for (id, as_of) in asked {
        by_moment.entry(as_of).or_default().push(id);
    }
    let mut found = HashMap::new();
    for (as_of, ids) in by_moment {
        let linked = match as_of {
            None => linked_by_version(&tables, &ids).await?,
            Some(position) => moments::linked_by_version(&tables, &ids, position).await?,
        };
        let linked = linked.into_iter();
        found.extend(linked.map(|(id, all)| ((id, as_of), Arc::new(all))));
    }
    Ok(found)
}

pub(super) async fn find_versions(
    tables: Tables,
    ids: Vec<DefinitionId>,
) -> Result<HashMap<DefinitionId, Arc<Vec<VersionRow>>>, LoadFailed> {
    let mut versions: HashMap<DefinitionId, Vec<VersionRow>> = HashMap::new();
    for row in versions::list::of_all(&tables, &ids).await? {
        versions.entry(row.definition_id).or_default().push(row);
    }
    let by_id = versions.into_iter().map(|(id, all)| (id, Arc::new(all)));
    Ok(by_id.collect())
}
