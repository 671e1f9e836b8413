//! How often each projection was rebuilt.

use std::collections::BTreeMap;

use crate::error::TablesError;
use crate::projector::Checkpoint;
use crate::tables::Tables;

/// By projection; one that never folded is left out.
pub async fn generations(tables: &Tables) -> Result<BTreeMap<&'static str, i64>, TablesError> {
    let checkpoints = Checkpoint::read_all(tables).await?;
    let generations = checkpoints
        .into_iter()
        .map(|(name, checkpoint)| (name, checkpoint.generation));
    Ok(generations.collect())
}
