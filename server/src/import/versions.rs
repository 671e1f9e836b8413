//! The original's version snapshots, by the definition they belong to.

use std::collections::BTreeMap;

use domain::definition::{DefinitionContent, DefinitionVersion, ImportedVersion};
use domain::ids::ExecutorType;
use futures::TryStreamExt;

use super::ImportError;
use super::cell::{CellError, SourceRow};
use super::source::{FoundTable, LegacySource};
use super::tables::columns;

/// Snapshot rows, oldest first, under the definition's id.
pub(super) type VersionRows = BTreeMap<String, Vec<SourceRow>>;

/// Definitions are few, and so are their versions: all of them fit in memory.
pub(super) async fn read_versions(
    source: &mut LegacySource,
    found: Option<&FoundTable>,
) -> Result<VersionRows, ImportError> {
    let mut versions = VersionRows::new();
    let Some(found) = found else {
        return Ok(versions);
    };
    let mut rows = source.rows(found);
    while let Some(mut row) = rows.try_next().await? {
        row.take_secrets();
        let definition = row.find_text(columns::DEFINITION).unwrap_or_default();
        versions.entry(definition).or_default().push(row);
    }
    for snapshots in versions.values_mut() {
        snapshots.sort_by_key(|row| row.time("createdAt").ok());
    }
    Ok(versions)
}

/// The snapshot kept neither name nor visibility; the definition's own stand in for them.
pub(super) fn snapshot(
    row: &SourceRow,
    live: &DefinitionContent,
) -> Result<ImportedVersion, CellError> {
    Ok(ImportedVersion {
        version: DefinitionVersion::imported(row.text(&["version"])?),
        content: DefinitionContent {
            name: live.name.clone(),
            description: row.find_text(&["description"]),
            executor_type: ExecutorType::new(row.text(columns::EXECUTOR)?),
            config_schema: row.json("configSchema")?,
            default_config: row.object("defaultConfig")?,
            visibility: live.visibility.clone(),
        },
        created_at: row.time("createdAt")?,
    })
}
