//! What one request looks up.

use std::fmt;
use std::sync::Arc;

use async_graphql::Error;
use domain::ids::DefinitionId;
use event_store::Position;
use futures::FutureExt;
use projections::Tables;
use projections::definitions::DefinitionRow;
use projections::versions::VersionRow;

use super::batch::Batch;
use super::look_ups::{LinkedByVersion, LoadFailed, find_definitions, find_linked, find_versions};
use super::serve::serve;

/// One set per request: what is remembered is as old as the request. Only what runs inside
/// [`Loaders::serve`] gets answers.
pub(crate) struct Loaders {
    definitions: Batch<DefinitionId, Arc<DefinitionRow>>,
    linked: Batch<(DefinitionId, Option<Position>), LinkedByVersion>,
    versions: Batch<DefinitionId, Arc<Vec<VersionRow>>>,
}

impl fmt::Debug for Loaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loaders")
    }
}

impl Loaders {
    pub(crate) fn new(tables: &Tables) -> Self {
        let (definitions, linked, versions) = (tables.clone(), tables.clone(), tables.clone());
        Self {
            definitions: Batch::new(move |ids| find_definitions(definitions.clone(), ids).boxed()),
            linked: Batch::new(move |ids| find_linked(linked.clone(), ids).boxed()),
            versions: Batch::new(move |ids| find_versions(versions.clone(), ids).boxed()),
        }
    }

    pub(crate) async fn definition(
        &self,
        id: DefinitionId,
    ) -> Result<Option<Arc<DefinitionRow>>, Error> {
        self.definitions.load(id).await.map_err(LoadFailed::told)
    }

    /// Now, or when that position was the last.
    pub(crate) async fn linked(
        &self,
        id: DefinitionId,
        as_of: Option<Position>,
    ) -> Result<LinkedByVersion, Error> {
        let linked = self.linked.load((id, as_of)).await;
        Ok(linked.map_err(LoadFailed::told)?.unwrap_or_default())
    }

    /// A definition's versions, the latest first.
    pub(crate) async fn versions(&self, id: DefinitionId) -> Result<Arc<Vec<VersionRow>>, Error> {
        let versions = self.versions.load(id).await.map_err(LoadFailed::told)?;
        Ok(versions.unwrap_or_default())
    }

    /// Does the work, and looks up what it asks for whenever it can go no further.
    pub(crate) fn serve<Work: Future>(&self, work: Work) -> impl Future<Output = Work::Output> {
        serve(work, |context| {
            // Each of them: they run side by side
            let all = [
                self.definitions.advance(context),
                self.linked.advance(context),
                self.versions.advance(context),
            ];
            all.contains(&true)
        })
    }

    /// For requests that last: the next answer must not be as old as the first.
    pub(crate) fn forget(&self) {
        self.definitions.forget();
        self.linked.forget();
        self.versions.forget();
    }
}
