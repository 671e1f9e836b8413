//! Which columns a definition has.

use domain::definition::DefinitionVersion;
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};

use super::DefinitionRow;
use crate::sql::{Columns, Format, Record, Table, integer, text};

pub(super) const TABLE: Table = Table {
    name: "strategy_definitions",
    group: "key",
    newest: None,
    primary_key: &["key"],
    columns: &[
        text("key"),
        text("id"),
        text("name"),
        text("description"),
        text("executor_type"),
        text("config_schema"),
        text("default_config"),
        integer("enabled"),
        text("visibility"),
        text("current_version"),
        text("published_content"),
        integer("edited_since_publish"),
        text("created_by"),
        text("last_changed_by"),
        text("created_at"),
        text("updated_at"),
        integer("revision"),
        integer("created_position"),
        integer("last_position"),
    ],
};

pub(super) fn write(row: &DefinitionRow, record: &mut Record<impl Format>) {
    record.text("key", row.key.as_str());
    record.displayed("id", row.id);
    record.text("name", &row.name);
    record.optional_text("description", row.description.as_ref());
    record.text("executor_type", row.executor_type.as_str());
    record.json("config_schema", &row.config_schema);
    record.json("default_config", &row.default_config);
    record.flag("enabled", row.enabled);
    record.text("visibility", &row.visibility);
    record.text("current_version", row.current_version.as_str());
    record.json("published_content", &row.published_content);
    record.flag("edited_since_publish", row.edited_since_publish);
    record.optional_text("created_by", row.created_by.as_ref());
    record.text("last_changed_by", &row.last_changed_by);
    record.time("created_at", row.created_at);
    record.time("updated_at", row.updated_at);
    record.count("revision", row.revision);
    record.position("created_position", row.created_position);
    record.position("last_position", row.last_position);
}

pub(super) fn read(columns: &Columns<'_>) -> Result<DefinitionRow, sqlx::Error> {
    Ok(DefinitionRow {
        id: columns.parsed("id").map(DefinitionId)?,
        key: columns.text("key").map(DefinitionKey::new)?,
        name: columns.text("name")?,
        description: columns.optional_text("description")?,
        executor_type: columns.text("executor_type").map(ExecutorType::new)?,
        config_schema: columns.json("config_schema")?,
        default_config: columns.json("default_config")?,
        enabled: columns.flag("enabled")?,
        visibility: columns.text("visibility")?,
        current_version: columns
            .text("current_version")
            .map(DefinitionVersion::imported)?,
        published_content: columns.json("published_content")?,
        edited_since_publish: columns.flag("edited_since_publish")?,
        created_by: columns.optional_text("created_by")?,
        last_changed_by: columns.text("last_changed_by")?,
        created_at: columns.time("created_at")?,
        updated_at: columns.time("updated_at")?,
        revision: columns.count("revision")?,
        created_position: columns.position("created_position")?,
        last_position: columns.position("last_position")?,
    })
}
