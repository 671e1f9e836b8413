//! What readers may ask about instances.

use domain::ids::{DefinitionId, StrategyKey, UserId};
use domain::instance::InstanceStatus;
use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

use super::InstanceRow;
use super::store::{TABLE, read};
use crate::error::TablesError;
use crate::sql::Columns;
use crate::tables::Tables;

/// Which instances to list; the default lists them all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InstanceFilter {
    pub running_only: bool,
    pub user_id: Option<UserId>,
    pub definition_id: Option<DefinitionId>,
    /// Only ids above this one: the last id of the page before.
    pub after_id: Option<i64>,
    pub limit: Option<u32>,
}

/// The instances that fit the filter, by id.
pub async fn list(
    tables: &Tables,
    filter: &InstanceFilter,
) -> Result<Vec<InstanceRow>, TablesError> {
    let status = filter.running_only.then_some(InstanceStatus::Running);
    let mut conditions = vec!["id > $1".to_owned()];
    let mut wanted = vec![];
    for (column, value) in [
        ("status", status.map(|status| status.as_str().to_owned())),
        ("user_id", filter.user_id.as_ref().map(ToString::to_string)),
        (
            "definition_id",
            filter.definition_id.map(|id| id.to_string()),
        ),
    ] {
        if let Some(value) = value {
            wanted.push(value);
            conditions.push(format!("{column} = ${}", wanted.len() + 2));
        }
    }
    let conditions = conditions.join(" AND ");
    let sql = TABLE.select(&format!("WHERE {conditions} ORDER BY id LIMIT $2"));
    let query = sqlx::query(&sql)
        .bind(filter.after_id.unwrap_or(i64::MIN))
        .bind(filter.limit.map_or(i64::MAX, i64::from));
    rows(tables, wanted.into_iter().fold(query, Query::bind)).await
}

pub async fn find(tables: &Tables, key: &StrategyKey) -> Result<Option<InstanceRow>, TablesError> {
    let sql = TABLE.select("WHERE strategy_key = $1");
    let mut found = rows(tables, sqlx::query(&sql).bind(key.as_str())).await?;
    Ok(found.pop())
}

/// How many instances run, or ran, this definition, whatever their status.
pub async fn linked_to(tables: &Tables, definition_id: DefinitionId) -> Result<u64, TablesError> {
    let sql = "SELECT count(*) AS linked FROM strategy_instances WHERE definition_id = $1";
    let row = sqlx::query(sql)
        .bind(definition_id.to_string())
        .fetch_one(tables.readers())
        .await?;
    Ok(Columns(&row).count("linked")?)
}

/// Instances that name no definition, by id: what a backfill looks at.
pub async fn unlinked(tables: &Tables) -> Result<Vec<InstanceRow>, TablesError> {
    let sql = TABLE.select("WHERE definition_id IS NULL ORDER BY id");
    rows(tables, sqlx::query(&sql)).await
}

async fn rows<'a>(
    tables: &Tables,
    query: Query<'a, Any, AnyArguments<'a>>,
) -> Result<Vec<InstanceRow>, TablesError> {
    let rows = query.fetch_all(tables.readers()).await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(rows?)
}
