//! What readers may ask about legacy calls.

use super::UsageRow;
use super::store::{TABLE, read};
use crate::error::TablesError;
use crate::sql::Columns;
use crate::tables::Tables;

/// All counts, by day, caller and endpoint.
pub async fn list(tables: &Tables) -> Result<Vec<UsageRow>, TablesError> {
    let sql = TABLE.select("ORDER BY day, caller, endpoint");
    let rows = sqlx::query(&sql).fetch_all(tables.readers()).await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(rows?)
}
