//! What one request looks up.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use domain::execution::Execution;
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType, StrategyKey};
use event_store::{Loaded, Position, Recorded, StreamName};
use futures::FutureExt;
use projections::definitions::DefinitionRow;
use projections::instances::InstanceRow;
use projections::instances::list::{InstanceSearch, StateCounts};
use projections::versions::VersionRow;
use uuid::Uuid;

use super::batch::{Advance, Batch};
use super::in_the_log as log;
use super::in_the_log::Each;
use super::in_the_tables::{self as tables, LinkedByVersion};
use super::instances_of::{self, OfDefinition, PageQuestion, SharedPage};
use super::load_failed::LoadFailed;
use super::serve::serve;
use crate::state::AppState;

/// Now, or when that position was the last.
type Then = Option<Position>;

/// A run as it was then.
type RunThen = (StrategyKey, u32, Then);
type SharedRun = Arc<Loaded<Execution>>;

/// One set per request: what is remembered is as old as the request. Only what runs inside
/// [`Loaders::serve`] gets answers.
pub(crate) struct Loaders {
    pub(super) definitions: Batch<DefinitionId, Arc<DefinitionRow>>,
    pub(super) definitions_by_key: Batch<DefinitionKey, Arc<DefinitionRow>>,
    pub(super) of_executors: Batch<ExecutorType, Arc<Vec<Arc<DefinitionRow>>>>,
    pub(super) running: Batch<(), Arc<HashMap<String, u64>>>,
    pub(super) instances: Batch<StrategyKey, Arc<InstanceRow>>,
    pub(super) linked: Batch<(DefinitionId, Then), LinkedByVersion>,
    pub(super) linked_pages: Batch<OfDefinition<PageQuestion>, SharedPage>,
    pub(super) linked_counts: Batch<OfDefinition<InstanceSearch>, Arc<StateCounts>>,
    pub(super) versions: Batch<DefinitionId, Arc<Vec<VersionRow>>>,
    pub(super) past_versions: Batch<(DefinitionKey, Position), Each<Arc<Vec<VersionRow>>>>,
    pub(super) recordings: Batch<RunThen, Each<SharedRun>>,
    pub(super) histories: Batch<(StreamName, Then), Each<Arc<Vec<Recorded>>>>,
    pub(super) versions_of_streams: Batch<(StreamName, u64), Each<Option<Arc<Recorded>>>>,
    pub(super) lengths: Batch<(StreamName, Then), Each<u64>>,
    pub(super) head: Batch<(), Position>,
    pub(super) events: Batch<Uuid, Arc<Recorded>>,
    pub(super) events_at: Batch<Position, Each<Arc<Recorded>>>,
}

impl fmt::Debug for Loaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loaders")
    }
}

impl Loaders {
    pub(crate) fn new(app: &AppState) -> Self {
        Self {
            definitions: batch(app, tables::find_definitions),
            definitions_by_key: batch(app, tables::find_definitions_by_key),
            of_executors: batch(app, tables::find_definitions_of_executors),
            running: batch(app, |app, _| tables::find_running(app)),
            instances: batch(app, tables::find_instances),
            linked: batch(app, tables::find_linked),
            linked_pages: batch(app, instances_of::find_pages),
            linked_counts: batch(app, instances_of::find_counts),
            versions: batch(app, tables::find_versions),
            past_versions: batch(app, log::find_past_versions),
            recordings: batch(app, log::find_recordings),
            histories: batch(app, log::find_histories),
            versions_of_streams: batch(app, log::find_versions_of_streams),
            lengths: batch(app, log::find_lengths),
            head: batch(app, |app, _| log::find_head(app)),
            events: batch(app, log::find_events),
            events_at: batch(app, log::find_events_at),
        }
    }

    /// Does the work, and looks up what it asks for whenever it can go no further.
    pub(crate) fn serve<Work: Future>(&self, work: Work) -> impl Future<Output = Work::Output> {
        serve(work, |context| {
            // Each of them: they run side by side
            let all = self.all().map(|batch| batch.advance(context));
            all.contains(&true)
        })
    }

    /// For requests that last: the next answer must not be as old as the first.
    pub(crate) fn forget(&self) {
        for batch in self.all() {
            batch.forget();
        }
    }

    fn all(&self) -> [&dyn Advance; 17] {
        let Self {
            definitions,
            definitions_by_key,
            of_executors,
            running,
            instances,
            linked,
            linked_pages,
            linked_counts,
            versions,
            past_versions,
            recordings,
            histories,
            versions_of_streams,
            lengths,
            head,
            events,
            events_at,
        } = self;
        [
            definitions,
            definitions_by_key,
            of_executors,
            running,
            instances,
            linked,
            linked_pages,
            linked_counts,
            versions,
            past_versions,
            recordings,
            histories,
            versions_of_streams,
            lengths,
            head,
            events,
            events_at,
        ]
    }
}

fn batch<K, V, LookUp>(
    app: &AppState,
    look_up: impl Fn(AppState, Vec<K>) -> LookUp + Send + Sync + 'static,
) -> Batch<K, V>
where
    K: Clone + Eq + Hash,
    V: Clone,
    LookUp: Future<Output = Result<HashMap<K, V>, LoadFailed>> + Send + 'static,
{
    let app = app.clone();
    Batch::new(move |keys| look_up(app.clone(), keys).boxed())
}
