//! Rows of `strategy_definitions`, with their snapshots, as definitions of ours.

use domain::ExecutorCatalogue;
use domain::config::{ConfigSchema, refuse_hostile, refuse_hostile_text};
use domain::definition::{DefinitionContent, DefinitionVersion, ImportDefinition, ImportedVersion};
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};
use serde_json::Value;
use uuid::Uuid;

use super::cell::{CellError, SourceRow};
use super::tables::columns;
use super::versions::snapshot;

/// Longer keys would not fit an index row in every database.
const MAX_KEY_BYTES: usize = 255;

/// A definition and what had to be decided about it.
#[derive(Debug)]
pub(super) struct ReadDefinition {
    pub(super) import: ImportDefinition,
    pub(super) notes: Vec<String>,
}

pub(super) fn read_definition(
    row: &SourceRow,
    snapshots: &[SourceRow],
    catalogue: &dyn ExecutorCatalogue,
) -> Result<ReadDefinition, CellError> {
    let content = DefinitionContent {
        name: row.text(&["name"])?,
        description: row.find_text(&["description"]),
        executor_type: ExecutorType::new(row.text(columns::EXECUTOR)?),
        config_schema: row.json("configSchema")?,
        default_config: row.object("defaultConfig")?,
        visibility: row
            .find_text(&["visibility"])
            .unwrap_or("system".to_owned()),
    };
    let current_version = row.find_text(&["currentVersion"]);
    let updated_at = row.time("updatedAt")?;
    let mut import = ImportDefinition {
        definition_id: definition_id(row)?,
        key: definition_key(row)?,
        enabled: row.find_boolean("enabled")?.unwrap_or(true),
        current_version: current_version
            .map_or_else(DefinitionVersion::first, DefinitionVersion::imported),
        versions: snapshots
            .iter()
            .map(|row| snapshot(row, &content))
            .collect::<Result<_, _>>()?,
        created_by: row.find_text(&["createdBy"]),
        created_at: row.time("createdAt")?,
        updated_at,
        content,
    };
    let mut notes = doubts(&import.content, catalogue);
    let current = import.current_version.clone();
    if !import.versions.iter().any(|known| known.version == current) {
        // Before the original's second migration there were no snapshots at all
        notes.push(format!(
            "version {current} had no snapshot; its live content became one"
        ));
        import.versions.push(ImportedVersion {
            version: current,
            content: import.content.clone(),
            created_at: updated_at,
        });
    }
    Ok(ReadDefinition { import, notes })
}

fn definition_id(row: &SourceRow) -> Result<DefinitionId, CellError> {
    let text = row.text(&["id"])?;
    Uuid::parse_str(&text)
        .map(DefinitionId)
        .map_err(|_| CellError::Unreadable {
            column: "id",
            expected: "a UUID",
        })
}

fn definition_key(row: &SourceRow) -> Result<DefinitionKey, CellError> {
    let key = row.text(&["key"])?;
    if key.is_empty() || key.len() > MAX_KEY_BYTES || refuse_hostile_text("/key", &key).is_err() {
        return Err(CellError::Unreadable {
            column: "key",
            expected: "a key of 1 to 255 bytes",
        });
    }
    let hostile = ["configSchema", "defaultConfig"]
        .into_iter()
        .find(|&column| {
            let value = row.json(column).unwrap_or(Value::Null);
            refuse_hostile(column, &value).is_err()
        });
    match hostile {
        None => Ok(DefinitionKey::new(key)),
        Some(column) => Err(CellError::Unreadable {
            column,
            expected: "JSON that can be kept safely",
        }),
    }
}

/// What the original accepted and no start here will.
fn doubts(content: &DefinitionContent, catalogue: &dyn ExecutorCatalogue) -> Vec<String> {
    let mut doubts = Vec::new();
    if !catalogue.knows(&content.executor_type) {
        doubts.push(format!(
            "no executor runs {}, so starts will be refused until its type is changed",
            content.executor_type
        ));
    }
    if let Err(violations) = ConfigSchema::compile(&content.config_schema) {
        let first = violations.first().map(|first| first.message.clone());
        doubts.push(format!(
            "its configSchema is not a valid JSON Schema ({}), so starts will be refused until it is",
            first.unwrap_or_default()
        ));
    }
    doubts
}
