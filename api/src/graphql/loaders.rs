//! Looks things up for many rows at once: one statement per kind, however long the list.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use async_graphql::Error;
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use domain::ids::DefinitionId;
use futures::future::BoxFuture;
use projections::definitions::{self, DefinitionRow};
use projections::instances::list::{Linked, linked_by_version};
use projections::versions::{self, VersionRow};
use projections::{Tables, TablesError};
use tracing::Instrument;

use super::failure::internal;

type Cached<L> = DataLoader<L, HashMapCache>;

/// One set per request: what is remembered is as old as the request.
pub(crate) struct Loaders {
    definitions: Cached<Definitions>,
    linked: Cached<LinkedInstances>,
    versions: Cached<Versions>,
}

impl fmt::Debug for Loaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loaders")
    }
}

impl Loaders {
    pub(crate) fn new(tables: &Tables) -> Self {
        let tables = tables.clone();
        Self {
            definitions: cached(Definitions(tables.clone())),
            linked: cached(LinkedInstances(tables.clone())),
            versions: cached(Versions(tables)),
        }
    }

    pub(crate) async fn definition(
        &self,
        id: DefinitionId,
    ) -> Result<Option<Arc<DefinitionRow>>, Error> {
        self.definitions
            .load_one(id)
            .await
            .map_err(LoadFailed::told)
    }

    /// Instances of a definition, by version.
    pub(crate) async fn linked(
        &self,
        id: DefinitionId,
    ) -> Result<Arc<Vec<(String, Linked)>>, Error> {
        let linked = self.linked.load_one(id).await.map_err(LoadFailed::told)?;
        Ok(linked.unwrap_or_default())
    }

    /// A definition's versions, the latest first.
    pub(crate) async fn versions(&self, id: DefinitionId) -> Result<Arc<Vec<VersionRow>>, Error> {
        let versions = self.versions.load_one(id).await.map_err(LoadFailed::told)?;
        Ok(versions.unwrap_or_default())
    }
}

fn cached<L>(loader: L) -> Cached<L> {
    // What is loaded belongs to the request that asked first
    let spawn = |load: BoxFuture<'static, ()>| tokio::spawn(load.in_current_span());
    DataLoader::with_cache(loader, spawn, HashMapCache::default())
}

/// Everybody who waited for a load gets its error.
#[derive(Debug, Clone)]
struct LoadFailed(Arc<TablesError>);

impl LoadFailed {
    fn told(self) -> Error {
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

struct Definitions(Tables);

impl Loader<DefinitionId> for Definitions {
    type Value = Arc<DefinitionRow>;
    type Error = LoadFailed;

    async fn load(
        &self,
        ids: &[DefinitionId],
    ) -> Result<HashMap<DefinitionId, Self::Value>, LoadFailed> {
        let rows = definitions::list::find_all(&self.0, ids).await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.id, Arc::new(row)))
            .collect())
    }
}

struct LinkedInstances(Tables);

impl Loader<DefinitionId> for LinkedInstances {
    type Value = Arc<Vec<(String, Linked)>>;
    type Error = LoadFailed;

    async fn load(
        &self,
        ids: &[DefinitionId],
    ) -> Result<HashMap<DefinitionId, Self::Value>, LoadFailed> {
        let mut linked = linked_by_version(&self.0, ids).await?;
        let each = ids.iter();
        Ok(each
            .map(|id| (*id, Arc::new(linked.remove(id).unwrap_or_default())))
            .collect())
    }
}

struct Versions(Tables);

impl Loader<DefinitionId> for Versions {
    type Value = Arc<Vec<VersionRow>>;
    type Error = LoadFailed;

    async fn load(
        &self,
        ids: &[DefinitionId],
    ) -> Result<HashMap<DefinitionId, Self::Value>, LoadFailed> {
        let mut all: HashMap<DefinitionId, Vec<VersionRow>> = HashMap::new();
        for row in versions::list::of_all(&self.0, ids).await? {
            all.entry(row.definition_id).or_default().push(row);
        }
        Ok(all
            .into_iter()
            .map(|(id, rows)| (id, Arc::new(rows)))
            .collect())
    }
}
