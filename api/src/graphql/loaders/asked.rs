//! What resolvers may ask for, one by one.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Error;
use domain::execution::Execution;
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType, StrategyKey};
use event_store::{Loaded, Position, Recorded, StreamName};
use projections::Page;
use projections::definitions::DefinitionRow;
use projections::instances::InstanceRow;
use projections::instances::list::{InstanceSearch, StateCounts};
use projections::versions::VersionRow;
use uuid::Uuid;

use super::Loaders;
use super::batch::Batch;
use super::in_the_log::Each;
use super::in_the_tables::LinkedByVersion;
use super::instances_of::{OfDefinition, PageQuestion, SharedPage};
use super::load_failed::LoadFailed;

impl Loaders {
    pub(crate) async fn definition(
        &self,
        id: DefinitionId,
    ) -> Result<Option<Arc<DefinitionRow>>, Error> {
        load(&self.definitions, id).await
    }

    pub(crate) async fn definition_by_key(
        &self,
        key: DefinitionKey,
    ) -> Result<Option<Arc<DefinitionRow>>, Error> {
        load(&self.definitions_by_key, key).await
    }

    /// The first 200 that use it.
    pub(crate) async fn definitions_of(
        &self,
        executor_type: ExecutorType,
    ) -> Result<Arc<Vec<Arc<DefinitionRow>>>, Error> {
        let found = load(&self.of_executors, executor_type).await?;
        Ok(found.unwrap_or_default())
    }

    /// Running instances by executor type.
    pub(crate) async fn running(&self) -> Result<Arc<HashMap<String, u64>>, Error> {
        Ok(load(&self.running, ()).await?.unwrap_or_default())
    }

    pub(crate) async fn instance(
        &self,
        key: StrategyKey,
    ) -> Result<Option<Arc<InstanceRow>>, Error> {
        load(&self.instances, key).await
    }

    /// Now, or when that position was the last.
    pub(crate) async fn linked(
        &self,
        id: DefinitionId,
        as_of: Option<Position>,
    ) -> Result<LinkedByVersion, Error> {
        Ok(load(&self.linked, (id, as_of)).await?.unwrap_or_default())
    }

    pub(crate) async fn instances_of(
        &self,
        asked: OfDefinition<PageQuestion>,
    ) -> Result<SharedPage, Error> {
        let nothing = Page {
            rows: vec![],
            more: false,
        };
        Ok(load(&self.linked_pages, asked).await?.unwrap_or(nothing))
    }

    pub(crate) async fn counts_of(
        &self,
        asked: OfDefinition<InstanceSearch>,
    ) -> Result<Arc<StateCounts>, Error> {
        Ok(load(&self.linked_counts, asked).await?.unwrap_or_default())
    }

    /// A definition's versions, the latest first.
    pub(crate) async fn versions(&self, id: DefinitionId) -> Result<Arc<Vec<VersionRow>>, Error> {
        Ok(load(&self.versions, id).await?.unwrap_or_default())
    }

    /// As they were when that position was the last.
    pub(crate) async fn past_versions(
        &self,
        key: DefinitionKey,
        position: Position,
    ) -> Result<Arc<Vec<VersionRow>>, Error> {
        let found = load_each(&self.past_versions, (key, position)).await?;
        Ok(found.unwrap_or_default())
    }

    /// What was recorded of a run; of one that nobody took up, nothing.
    pub(crate) async fn recording(
        &self,
        key: StrategyKey,
        run: u32,
        as_of: Option<Position>,
    ) -> Result<Option<Arc<Loaded<Execution>>>, Error> {
        load_each(&self.recordings, (key, run, as_of)).await
    }

    /// All events of a stream.
    pub(crate) async fn history(
        &self,
        stream: StreamName,
        as_of: Option<Position>,
    ) -> Result<Arc<Vec<Recorded>>, Error> {
        let found = load_each(&self.histories, (stream, as_of)).await?;
        Ok(found.unwrap_or_default())
    }

    /// The event of a stream that has that version.
    pub(crate) async fn version_of_stream(
        &self,
        stream: StreamName,
        version: u64,
    ) -> Result<Option<Arc<Recorded>>, Error> {
        let found = load_each(&self.versions_of_streams, (stream, version)).await?;
        Ok(found.flatten())
    }

    /// The version of a stream's last event; 0 for one without events.
    pub(crate) async fn length(
        &self,
        stream: StreamName,
        as_of: Option<Position>,
    ) -> Result<u64, Error> {
        let found = load_each(&self.lengths, (stream, as_of)).await?;
        Ok(found.unwrap_or_default())
    }

    /// The log's last position.
    pub(crate) async fn head(&self) -> Result<Position, Error> {
        Ok(load(&self.head, ()).await?.unwrap_or_default())
    }

    pub(crate) async fn event(&self, id: Uuid) -> Result<Option<Arc<Recorded>>, Error> {
        load(&self.events, id).await
    }

    pub(crate) async fn event_at(
        &self,
        position: Position,
    ) -> Result<Option<Arc<Recorded>>, Error> {
        load_each(&self.events_at, position).await
    }
}

async fn load<K, V>(batch: &Batch<K, V>, key: K) -> Result<Option<V>, Error>
where
    K: Clone + Eq + std::hash::Hash,
    V: Clone,
{
    batch.load(key).await.map_err(LoadFailed::told)
}

async fn load_each<K, V>(batch: &Batch<K, Each<V>>, key: K) -> Result<Option<V>, Error>
where
    K: Clone + Eq + std::hash::Hash,
    V: Clone,
{
    let found = load(batch, key).await?;
    found.transpose().map_err(LoadFailed::told)
}
