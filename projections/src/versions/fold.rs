//! What each event does to the versions of one definition key.

use chrono::{DateTime, Utc};
use domain::definition::{DefinitionContent, DefinitionEvent, DefinitionVersion};
use domain::ids::{DefinitionId, DefinitionKey};
use event_store::Recorded;
use uuid::Uuid;

use super::VersionRow;
use crate::projection::FoldError;

/// Pure: the rows before and the event give the rows after.
pub(super) fn fold(
    mut rows: Vec<VersionRow>,
    event: &DefinitionEvent,
    recorded: &Recorded,
) -> Result<Vec<VersionRow>, FoldError> {
    let (definition, snapshots) = match event {
        DefinitionEvent::DefinitionCreated {
            definition_id,
            key,
            content,
            version,
            created_at,
            ..
        } => {
            let definition = (*definition_id, key.clone());
            (definition, vec![(version, content, *created_at)])
        }
        DefinitionEvent::DefinitionPublished {
            version,
            content,
            published_at: frozen_at,
        }
        | DefinitionEvent::DefinitionVersionAdded {
            version,
            content,
            added_at: frozen_at,
        } => {
            let definition = definition_of(&rows, recorded)?;
            (definition, vec![(version, content, *frozen_at)])
        }
        DefinitionEvent::DefinitionImported {
            definition_id,
            key,
            content,
            current_version,
            versions,
            created_at,
            ..
        } => {
            // The original's table may lack the current version's snapshot
            let mut snapshots = vec![(current_version, content, *created_at)];
            snapshots.extend(
                versions
                    .iter()
                    .map(|v| (&v.version, &v.content, v.created_at)),
            );
            ((*definition_id, key.clone()), snapshots)
        }
        DefinitionEvent::DefinitionRemoved { .. } => return Ok(vec![]),
        DefinitionEvent::DefinitionUpdated { .. }
        | DefinitionEvent::DefinitionEnabled { .. }
        | DefinitionEvent::DefinitionDisabled { .. } => return Ok(rows),
    };
    for snapshot in snapshots {
        freeze(&mut rows, &definition, snapshot, recorded)?;
    }
    Ok(rows)
}

/// Every definition is born with a version, so there is always a row that knows.
fn definition_of(
    rows: &[VersionRow],
    recorded: &Recorded,
) -> Result<(DefinitionId, DefinitionKey), FoldError> {
    rows.first()
        .map(|row| (row.definition_id, row.definition_key.clone()))
        .ok_or_else(|| FoldError::NoBeginning(recorded.stream.clone()))
}

fn freeze(
    rows: &mut Vec<VersionRow>,
    (definition_id, definition_key): &(DefinitionId, DefinitionKey),
    (version, content, created_at): (&DefinitionVersion, &DefinitionContent, DateTime<Utc>),
    recorded: &Recorded,
) -> Result<(), FoldError> {
    let metadata = recorded.metadata().map_err(FoldError::Metadata)?;
    let content = content.clone();
    // An original's table may hold a version twice; here it is one row, the later one
    rows.retain(|row| row.version != *version);
    rows.push(VersionRow {
        id: Uuid::new_v5(&definition_id.0, version.as_str().as_bytes()),
        definition_id: *definition_id,
        definition_key: definition_key.clone(),
        version: version.clone(),
        executor_type: content.executor_type,
        config_schema: content.config_schema,
        default_config: content.default_config,
        name: content.name,
        description: content.description,
        visibility: content.visibility,
        published_by: metadata.actor.name,
        reason: metadata.reason,
        created_at,
        last_position: recorded.position,
    });
    Ok(())
}

#[cfg(test)]
mod tests;
