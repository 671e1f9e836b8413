//! Every projection there is.

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use super::error::ProjectorError;
use super::live;
use super::rebuild::{RebuildProgress, rebuild};
use super::run::Projector;
use crate::definitions::Definitions;
use crate::error::TablesError;
use crate::instance_moments::InstanceMoments;
use crate::instances::Instances;
use crate::legacy_usage::LegacyUsage;
use crate::projection::Projection;
use crate::sql::Table;
use crate::versions::Versions;

/// Those whose tables answers to commands are read from.
pub(crate) const STRATEGY_PROJECTIONS: [&str; 3] =
    [Definitions::NAME, Versions::NAME, Instances::NAME];

/// Those that instances of the past are looked up in.
pub(crate) const PAST_PROJECTIONS: [&str; 2] = [Instances::NAME, InstanceMoments::NAME];

/// The names of all projections.
pub fn names() -> [&'static str; 5] {
    [
        Definitions::NAME,
        Versions::NAME,
        Instances::NAME,
        InstanceMoments::NAME,
        LegacyUsage::NAME,
    ]
}

/// The aggregate types that any of them reads.
pub(super) fn reads() -> Vec<&'static str> {
    let mut types = [
        Definitions::READS,
        Versions::READS,
        Instances::READS,
        InstanceMoments::READS,
        LegacyUsage::READS,
    ]
    .concat();
    types.sort_unstable();
    types.dedup();
    types
}

pub(super) fn all() -> [Box<dyn AnyProjection>; 5] {
    [
        Box::new(Definitions),
        Box::new(Versions),
        Box::new(Instances),
        Box::new(InstanceMoments),
        Box::new(LegacyUsage),
    ]
}

/// The table that a projection keeps.
pub(crate) fn table_of(name: &str) -> Result<Table, TablesError> {
    let found = all()
        .into_iter()
        .find(|projection| projection.name() == name);
    found.map_or_else(
        || Err(TablesError::UnknownProjection(name.to_owned())),
        |projection| Ok(projection.table()),
    )
}

/// A projection whose row type does not matter.
#[async_trait]
pub(super) trait AnyProjection: Send + Sync {
    fn name(&self) -> &'static str;

    fn table(&self) -> Table;

    /// Follows the log until told to stop.
    async fn follow(&self, projector: &Projector, shutdown: &CancellationToken);

    /// Folds what there is.
    async fn catch_up(&self, projector: &Projector) -> Result<(), ProjectorError>;

    async fn rebuild(
        &self,
        projector: &Projector,
        progress: &(dyn Fn(RebuildProgress) + Send + Sync),
    ) -> Result<(), ProjectorError>;
}

#[async_trait]
impl<P: Projection> AnyProjection for P {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn table(&self) -> Table {
        P::TABLE
    }

    async fn follow(&self, projector: &Projector, shutdown: &CancellationToken) {
        live::follow::<P>(projector, shutdown).await;
    }

    async fn catch_up(&self, projector: &Projector) -> Result<(), ProjectorError> {
        live::catch_up::<P>(projector).await
    }

    async fn rebuild(
        &self,
        projector: &Projector,
        progress: &(dyn Fn(RebuildProgress) + Send + Sync),
    ) -> Result<(), ProjectorError> {
        rebuild::<P>(projector, progress).await
    }
}
