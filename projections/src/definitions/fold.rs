//! What each event does to a definition's row.

use chrono::{DateTime, Utc};
use domain::definition::{DefinitionContent, DefinitionEvent, DefinitionVersion};
use domain::ids::{DefinitionId, DefinitionKey};
use event_store::Recorded;

use super::DefinitionRow;
use crate::projection::FoldError;

/// Pure: the row before and the event give the row after.
pub(super) fn fold(
    row: Option<DefinitionRow>,
    event: &DefinitionEvent,
    recorded: &Recorded,
) -> Result<Option<DefinitionRow>, FoldError> {
    match event {
        DefinitionEvent::DefinitionCreated {
            definition_id,
            key,
            content,
            version,
            created_by,
            created_at,
        } => Ok(Some(DefinitionRow {
            created_by: created_by.clone(),
            created_at: *created_at,
            updated_at: *created_at,
            ..first_row(*definition_id, key, content, version, recorded)?
        })),
        DefinitionEvent::DefinitionImported {
            definition_id,
            key,
            content,
            enabled,
            current_version,
            versions,
            created_by,
            created_at,
            updated_at,
        } => {
            let mut published = versions.iter().filter(|v| v.version == *current_version);
            let published = published.next().map_or(content, |version| &version.content);
            Ok(Some(DefinitionRow {
                enabled: *enabled,
                published_content: published.clone(),
                edited_since_publish: published.differs_in_run(content),
                created_by: created_by.clone(),
                created_at: *created_at,
                updated_at: *updated_at,
                ..first_row(*definition_id, key, content, current_version, recorded)?
            }))
        }
        DefinitionEvent::DefinitionUpdated {
            content,
            updated_at,
        } => change(row, recorded, *updated_at, |row| edit(row, content)),
        DefinitionEvent::DefinitionPublished {
            version,
            content,
            published_at,
        } => change(row, recorded, *published_at, |row| {
            publish(row, version, content);
        }),
        DefinitionEvent::DefinitionEnabled { enabled_at } => {
            change(row, recorded, *enabled_at, |row| row.enabled = true)
        }
        DefinitionEvent::DefinitionDisabled { disabled_at } => {
            change(row, recorded, *disabled_at, |row| row.enabled = false)
        }
        // Beside what the row shows
        DefinitionEvent::DefinitionVersionAdded { .. } => stay(row, recorded),
        DefinitionEvent::DefinitionRemoved { .. } => Ok(None),
    }
}

/// The first row of a key, or the first after a removal: enabled, with its content published.
fn first_row(
    id: DefinitionId,
    key: &DefinitionKey,
    content: &DefinitionContent,
    version: &DefinitionVersion,
    recorded: &Recorded,
) -> Result<DefinitionRow, FoldError> {
    let mut row = DefinitionRow {
        id,
        key: key.clone(),
        name: String::new(),
        description: None,
        executor_type: content.executor_type.clone(),
        config_schema: serde_json::Value::Null,
        default_config: serde_json::Map::new(),
        enabled: true,
        visibility: String::new(),
        current_version: version.clone(),
        published_content: content.clone(),
        edited_since_publish: false,
        created_by: None,
        last_changed_by: actor(recorded)?,
        created_at: recorded.recorded_at,
        updated_at: recorded.recorded_at,
        revision: recorded.version,
        created_position: recorded.position,
        last_position: recorded.position,
    };
    show(&mut row, content);
    Ok(row)
}

/// Shows the same as before, as of this event.
fn stay(
    row: Option<DefinitionRow>,
    recorded: &Recorded,
) -> Result<Option<DefinitionRow>, FoldError> {
    let mut row = row.ok_or_else(|| FoldError::NoBeginning(recorded.stream.clone()))?;
    row.revision = recorded.version;
    row.last_position = recorded.position;
    Ok(Some(row))
}

fn change(
    row: Option<DefinitionRow>,
    recorded: &Recorded,
    at: DateTime<Utc>,
    change: impl FnOnce(&mut DefinitionRow),
) -> Result<Option<DefinitionRow>, FoldError> {
    let mut row = row.ok_or_else(|| FoldError::NoBeginning(recorded.stream.clone()))?;
    change(&mut row);
    row.last_changed_by = actor(recorded)?;
    row.updated_at = at;
    row.revision = recorded.version;
    row.last_position = recorded.position;
    Ok(Some(row))
}

fn edit(row: &mut DefinitionRow, content: &DefinitionContent) {
    row.edited_since_publish = row.published_content.differs_in_run(content);
    show(row, content);
}

fn publish(row: &mut DefinitionRow, version: &DefinitionVersion, content: &DefinitionContent) {
    row.current_version = version.clone();
    row.published_content = content.clone();
    row.edited_since_publish = false;
    show(row, content);
}

fn show(row: &mut DefinitionRow, content: &DefinitionContent) {
    let DefinitionContent {
        name,
        description,
        executor_type,
        config_schema,
        default_config,
        visibility,
    } = content.clone();
    row.name = name;
    row.description = description;
    row.executor_type = executor_type;
    row.config_schema = config_schema;
    row.default_config = default_config;
    row.visibility = visibility;
}

fn actor(recorded: &Recorded) -> Result<String, FoldError> {
    let metadata = recorded.metadata().map_err(FoldError::Metadata)?;
    Ok(metadata.actor.name)
}

#[cfg(test)]
mod tests;
