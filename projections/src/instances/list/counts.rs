//! How many instances there are of a kind.

use std::collections::HashMap;

use domain::ids::DefinitionId;
use domain::instance::InstanceStatus;

use super::{InstanceOrder, InstanceSearch};
use crate::error::TablesError;
use crate::instances::Observed;
use crate::instances::store::{TABLE, observed, status};
use crate::sql::{Columns, Conditions, Use};
use crate::tables::Tables;

/// How many instances are in each pair of desired and observed state.
pub type StateCounts = Vec<(InstanceStatus, Observed, u64)>;

pub async fn count(tables: &Tables, search: &InstanceSearch) -> Result<u64, TablesError> {
    let conditions = search.conditions(InstanceOrder::Created);
    let clause = conditions.clause();
    let sql = format!("SELECT count(*) AS found FROM strategy_instances {clause}");
    let row = conditions
        .bind(sqlx::query(&sql))
        .fetch_one(tables.readers())
        .await?;
    Ok(Columns(&row).count("found")?)
}

pub async fn counts(tables: &Tables, search: &InstanceSearch) -> Result<StateCounts, TablesError> {
    counts_in(tables, TABLE.name, search).await
}

/// Of a table, or of a selection with its columns.
pub(crate) async fn counts_in(
    tables: &Tables,
    source: &str,
    search: &InstanceSearch,
) -> Result<StateCounts, TablesError> {
    let conditions = search.conditions(InstanceOrder::Created);
    let clause = conditions.clause();
    let sql = format!(
        "SELECT status, observed, count(*) AS found FROM {source} {clause} \
         GROUP BY status, observed ORDER BY status, observed"
    );
    let rows = conditions
        .bind(sqlx::query(&sql))
        .fetch_all(tables.readers())
        .await?;
    let counts: Result<_, sqlx::Error> =
        rows.iter().map(|row| state_count(&Columns(row))).collect();
    Ok(counts?)
}

pub(in crate::instances) fn state_count(
    columns: &Columns<'_>,
) -> Result<(InstanceStatus, Observed, u64), sqlx::Error> {
    let status = status(&columns.text("status")?)?;
    let observed = observed(&columns.text("observed")?)?;
    Ok((status, observed, columns.count("found")?))
}

/// Instances of a definition, or of one of its versions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Linked {
    pub running: u64,
    /// Whatever their status.
    pub all: u64,
}

/// By definition and version.
pub type LinkedByVersion = HashMap<DefinitionId, Vec<(String, Linked)>>;

/// Definitions that nothing is linked to are left out.
pub async fn linked_by_version(
    tables: &Tables,
    ids: &[DefinitionId],
) -> Result<LinkedByVersion, TablesError> {
    linked_in(tables, TABLE.name, ids).await
}

/// Of a table, or of a selection with its columns.
pub(crate) async fn linked_in(
    tables: &Tables,
    source: &str,
    ids: &[DefinitionId],
) -> Result<LinkedByVersion, TablesError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut conditions = Conditions::default();
    conditions.is_one_of(Use::LookUp, "definition_id", ids.iter().map(String::as_str));
    let sql = format!(
        "SELECT definition_id, definition_version, status, count(*) AS found \
         FROM {source} {} GROUP BY definition_id, status, definition_version",
        conditions.clause()
    );
    let rows = conditions
        .bind(sqlx::query(&sql))
        .fetch_all(tables.readers())
        .await?;
    let mut linked = LinkedByVersion::new();
    for row in &rows {
        let columns = Columns(row);
        let id = DefinitionId(columns.parsed("definition_id")?);
        let version = columns
            .optional_text("definition_version")?
            .unwrap_or_default();
        let found: u64 = columns.count("found")?;
        let running = status(&columns.text("status")?)? == InstanceStatus::Running;
        let versions = linked.entry(id).or_default();
        let known = versions.iter().position(|(known, _)| *known == version);
        let at = known.unwrap_or(versions.len());
        if at == versions.len() {
            versions.push((version, Linked::default()));
        }
        versions[at].1.all += found;
        versions[at].1.running += if running { found } else { 0 };
    }
    Ok(linked)
}

/// Running instances by executor type.
pub async fn running_by_executor(tables: &Tables) -> Result<HashMap<String, u64>, TablesError> {
    let sql = "SELECT executor_type, count(*) AS found FROM strategy_instances \
               WHERE status = 'running' AND executor_type IS NOT NULL GROUP BY executor_type";
    let rows = sqlx::query(sql).fetch_all(tables.readers()).await?;
    let counts: Result<_, sqlx::Error> = rows
        .iter()
        .map(|row| {
            let columns = Columns(row);
            Ok((columns.text("executor_type")?, columns.count("found")?))
        })
        .collect();
    Ok(counts?)
}
