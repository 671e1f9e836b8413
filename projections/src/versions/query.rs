//! What readers may ask about versions.

use domain::ids::DefinitionId;

use super::VersionRow;
use super::store::{TABLE, read};
use crate::error::TablesError;
use crate::sql::Columns;
use crate::tables::Tables;

/// A definition's versions, the latest first.
pub async fn list(
    tables: &Tables,
    definition_id: DefinitionId,
) -> Result<Vec<VersionRow>, TablesError> {
    // Versions of one import share a position: then the version's text decides, so that the order
    // is the same every time
    let sql = TABLE.select(
        "WHERE definition_id = $1 ORDER BY created_at DESC, last_position DESC, version DESC",
    );
    let rows = sqlx::query(&sql)
        .bind(definition_id.to_string())
        .fetch_all(tables.readers())
        .await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(rows?)
}
