//! Which columns a version has.

use domain::definition::DefinitionVersion;
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};

use super::VersionRow;
use crate::sql::{Columns, Format, Record, Table, integer, text};

pub(super) const TABLE: Table = Table {
    name: "strategy_definition_versions",
    group: "definition_key",
    newest: None,
    primary_key: &["definition_key", "version"],
    columns: &[
        text("id"),
        text("definition_key"),
        text("definition_id"),
        text("version"),
        text("executor_type"),
        text("config_schema"),
        text("default_config"),
        text("name"),
        text("description"),
        text("visibility"),
        text("published_by"),
        text("reason"),
        text("created_at"),
        integer("last_position"),
    ],
};

pub(super) fn write(row: &VersionRow, record: &mut Record<impl Format>) {
    record.displayed("id", row.id);
    record.text("definition_key", row.definition_key.as_str());
    record.displayed("definition_id", row.definition_id);
    record.text("version", row.version.as_str());
    record.text("executor_type", row.executor_type.as_str());
    record.json("config_schema", &row.config_schema);
    record.json("default_config", &row.default_config);
    record.text("name", &row.name);
    record.optional_text("description", row.description.as_ref());
    record.text("visibility", &row.visibility);
    record.text("published_by", &row.published_by);
    record.optional_text("reason", row.reason.as_ref());
    record.time("created_at", row.created_at);
    record.position("last_position", row.last_position);
}

pub(super) fn read(columns: &Columns<'_>) -> Result<VersionRow, sqlx::Error> {
    Ok(VersionRow {
        id: columns.parsed("id")?,
        definition_id: columns.parsed("definition_id").map(DefinitionId)?,
        definition_key: columns.text("definition_key").map(DefinitionKey::new)?,
        version: columns.text("version").map(DefinitionVersion::imported)?,
        executor_type: columns.text("executor_type").map(ExecutorType::new)?,
        config_schema: columns.json("config_schema")?,
        default_config: columns.json("default_config")?,
        name: columns.text("name")?,
        description: columns.optional_text("description")?,
        visibility: columns.text("visibility")?,
        published_by: columns.text("published_by")?,
        reason: columns.optional_text("reason")?,
        created_at: columns.time("created_at")?,
        last_position: columns.position("last_position")?,
    })
}
