//! What readers may ask about definitions.

use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};

use super::DefinitionRow;
use super::store::{TABLE, read};
use crate::error::TablesError;
use crate::sql::Columns;
use crate::tables::Tables;

/// All definitions, by key.
pub async fn list(tables: &Tables) -> Result<Vec<DefinitionRow>, TablesError> {
    let sql = TABLE.select("ORDER BY key");
    let rows = sqlx::query(&sql).fetch_all(tables.readers()).await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(rows?)
}

pub async fn find(tables: &Tables, id: DefinitionId) -> Result<Option<DefinitionRow>, TablesError> {
    first(tables, "WHERE id = $1", &id.to_string()).await
}

pub async fn find_by_key(
    tables: &Tables,
    key: &DefinitionKey,
) -> Result<Option<DefinitionRow>, TablesError> {
    first(tables, "WHERE key = $1", key.as_str()).await
}

/// What a type-based start or a backfill uses when several definitions could serve.
pub async fn oldest_enabled(
    tables: &Tables,
    executor_type: &ExecutorType,
) -> Result<Option<DefinitionRow>, TablesError> {
    let condition = "WHERE executor_type = $1 AND enabled = 1 \
                     ORDER BY created_at, created_position LIMIT 1";
    first(tables, condition, executor_type.as_str()).await
}

async fn first(
    tables: &Tables,
    condition: &str,
    argument: &str,
) -> Result<Option<DefinitionRow>, TablesError> {
    let sql = TABLE.select(condition);
    let row = sqlx::query(&sql)
        .bind(argument)
        .fetch_optional(tables.readers())
        .await?;
    Ok(row.map(|row| read(&Columns(&row))).transpose()?)
}
