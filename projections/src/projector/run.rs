//! What runs the projections.

use std::sync::Arc;

use domain::ErrorChain;
use domain::clock::Clock;
use event_store::EventLog;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::catalogue;
use super::error::ProjectorError;
use super::newest_page::NewestPage;
use super::rebuild::RebuildProgress;
use crate::error::TablesError;
use crate::tables::Tables;

/// Keeps the tables from the log. Cheap to clone.
///
/// Any number of processes may run one: a checkpoint moves only for the one that folded from where
/// it stood, the others stand by and take over when it stops.
#[derive(Debug, Clone)]
pub struct Projector {
    pub(super) tables: Tables,
    pub(super) log: Arc<dyn EventLog>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) newest: Arc<NewestPage>,
}

impl Projector {
    pub fn new(tables: Tables, log: Arc<dyn EventLog>, clock: Arc<dyn Clock>) -> Self {
        Self {
            tables,
            log,
            clock,
            newest: Arc::default(),
        }
    }

    /// Follows the log, each projection on its own, until `shutdown`. What is folded by then is
    /// kept; failures are logged and retried.
    pub async fn run(self, shutdown: CancellationToken) {
        let tables = self.tables.clone();
        let _followed_here = tables.progress().followed_here();
        let mut following = JoinSet::new();
        for projection in catalogue::all() {
            let (projector, shutdown) = (self.clone(), shutdown.clone());
            following.spawn(async move { projection.follow(&projector, &shutdown).await });
        }
        while let Some(ended) = following.join_next().await {
            if let Err(error) = ended {
                tracing::error!(error = %ErrorChain(&error), "a projection ended early");
            }
        }
    }

    /// Folds everything that is in the log by now. A parked projection stays parked; see
    /// [`super::status`].
    pub async fn catch_up_all(&self) -> Result<(), ProjectorError> {
        for projection in catalogue::all() {
            projection.catch_up(self).await?;
        }
        Ok(())
    }

    /// As [`Self::catch_up_all`], one projection.
    pub async fn catch_up(&self, name: &str) -> Result<(), ProjectorError> {
        let projection = catalogue::all().into_iter().find(|p| p.name() == name);
        let Some(projection) = projection else {
            return Err(TablesError::UnknownProjection(name.to_owned()).into());
        };
        projection.catch_up(self).await
    }

    /// Builds a projection's table anew beside the live one, then puts it in its place. Readers
    /// and followers go on meanwhile. A parked projection is parked no more.
    pub async fn rebuild(
        &self,
        name: &str,
        progress: &(dyn Fn(RebuildProgress) + Send + Sync),
    ) -> Result<(), ProjectorError> {
        let projection = catalogue::all().into_iter().find(|p| p.name() == name);
        let Some(projection) = projection else {
            return Err(TablesError::UnknownProjection(name.to_owned()).into());
        };
        projection.rebuild(self, progress).await
    }
}
