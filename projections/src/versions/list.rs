//! The versions of several definitions at once.

use domain::ids::DefinitionId;

use super::VersionRow;
use super::store::{TABLE, read};
use crate::error::TablesError;
use crate::sql::{Columns, Conditions, Use};
use crate::tables::Tables;

/// Each definition's versions, the latest first.
pub async fn of_all(tables: &Tables, ids: &[DefinitionId]) -> Result<Vec<VersionRow>, TablesError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut conditions = Conditions::default();
    conditions.is_one_of(Use::LookUp, "definition_id", ids.iter().map(String::as_str));
    let sql = TABLE.select(&format!(
        "{} ORDER BY definition_id, created_at DESC, last_position DESC, version DESC",
        conditions.clause()
    ));
    let rows = conditions
        .bind(sqlx::query(&sql))
        .fetch_all(tables.readers())
        .await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(rows?)
}
