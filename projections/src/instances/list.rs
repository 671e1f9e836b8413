//! Instances as people look through them: filtered, sorted, in pages, counted.

use std::collections::HashMap;

use domain::ids::{DefinitionId, StrategyKey};
use domain::instance::InstanceStatus;

use super::store::{TABLE, observed, read, status};
use super::{InstanceRow, Observed};
use crate::error::TablesError;
use crate::paging::Page;
use crate::sql::{Columns, Conditions, Direction, Tie, Use, time_text};
use crate::tables::Tables;

/// Which instances; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstanceSearch {
    pub statuses: Option<Vec<InstanceStatus>>,
    pub observed: Option<Vec<Observed>>,
    pub definition_id: Option<DefinitionId>,
    pub definition_version: Option<String>,
    pub executor_types: Option<Vec<String>>,
    pub user_id: Option<String>,
    pub client_id: Option<String>,
    /// Linked to a definition, or to none.
    pub linked: Option<bool>,
    /// Somewhere in the key, whatever its case.
    pub text: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InstanceOrder {
    /// As they were first started or imported.
    #[default]
    Created,
    UpdatedAt,
    Key,
}

/// Where a page ended: the row's value in the order, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceCursor {
    pub value: String,
    pub id: i64,
}

/// A page of a sorted list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstancePage {
    pub order: InstanceOrder,
    pub direction: Direction,
    pub after: Option<InstanceCursor>,
    pub limit: u32,
}

/// How many instances are in each pair of desired and observed state.
pub type StateCounts = Vec<(InstanceStatus, Observed, u64)>;

impl InstanceCursor {
    pub fn of(row: &InstanceRow, order: InstanceOrder) -> Self {
        Self {
            value: order.value(row),
            id: row.id,
        }
    }
}

impl InstanceOrder {
    fn column(self) -> &'static str {
        match self {
            Self::Created => "id",
            Self::UpdatedAt => "updated_at",
            Self::Key => "strategy_key",
        }
    }

    /// There is an index for the column, in this order or for so few rows that they are sorted.
    fn looks_up(self, column: &str) -> bool {
        match self {
            Self::Created => true,
            Self::UpdatedAt => !["observed", "executor_type"].contains(&column),
            Self::Key => ["user_id", "client_id", "definition_id"].contains(&column),
        }
    }

    fn value(self, row: &InstanceRow) -> String {
        match self {
            Self::Created => String::new(),
            Self::UpdatedAt => time_text(row.updated_at),
            Self::Key => row.strategy_key.as_str().to_owned(),
        }
    }
}

impl InstanceSearch {
    /// The condition that leaves the fewest rows is the one to look them up by; the others are
    /// checked on what is found. Many instances are in one state or of one executor: those are looked
    /// up only where an index then gives the order, too.
    pub(super) fn conditions(&self, order: InstanceOrder) -> Conditions {
        let mut conditions = Conditions::default();
        self.add_to(&mut conditions, order);
        conditions
    }

    fn add_to(&self, conditions: &mut Conditions, order: InstanceOrder) {
        let definition_id = self.definition_id.map(|id| id.to_string());
        let one = |wanted: &Option<String>| wanted.clone().map(|wanted| vec![wanted]);
        let named = |all: Option<Vec<&str>>| {
            all.map(|all| all.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let observed = self.observed.as_ref();
        let observed = observed.map(|all| all.iter().map(|one| one.as_str()).collect());
        let statuses = self.statuses.as_ref();
        let statuses = statuses.map(|all| all.iter().map(|one| one.as_str()).collect());
        let mut usage = Use::LookUp;
        for (column, wanted) in [
            ("user_id", one(&self.user_id)),
            ("client_id", one(&self.client_id)),
            ("definition_id", one(&definition_id)),
            ("observed", named(observed)),
            ("executor_type", self.executor_types.clone()),
            ("status", named(statuses)),
        ] {
            let Some(wanted) = wanted else { continue };
            // An index gives the order for one value, not for several
            let usage = if wanted.len() == 1 && order.looks_up(column) {
                std::mem::replace(&mut usage, Use::Check)
            } else {
                Use::Check
            };
            conditions.is_one_of(usage, column, wanted.iter().map(String::as_str));
        }
        self.add_checks(conditions);
    }

    fn add_checks(&self, conditions: &mut Conditions) {
        if let Some(version) = &self.definition_version {
            conditions.is(Use::Check, "definition_version", version);
        }
        match self.linked {
            Some(true) => conditions.holds("definition_id IS NOT NULL"),
            Some(false) => conditions.holds("definition_id IS NULL"),
            None => {}
        }
        if let Some(text) = &self.text {
            conditions.contains(&["strategy_key"], text);
        }
    }

    /// Says of a state what the tables' conditions say.
    pub fn admits_state(&self, status: InstanceStatus, observed: Observed) -> bool {
        let status_fits = |all: &Vec<InstanceStatus>| all.contains(&status);
        let observed_fits = |all: &Vec<Observed>| all.contains(&observed);
        self.statuses.as_ref().is_none_or(status_fits)
            && self.observed.as_ref().is_none_or(observed_fits)
    }
}

pub async fn page(
    tables: &Tables,
    search: &InstanceSearch,
    page: &InstancePage,
) -> Result<Page<InstanceRow>, TablesError> {
    let mut conditions = Conditions::default();
    let rest = selection(&mut conditions, search, page);
    let rows = rows(tables, &conditions, &TABLE.select(&rest)).await?;
    Ok(Page::of_one_more(rows, page.limit))
}

/// The rest of a statement that selects a page's rows and one more.
pub(crate) fn selection(
    conditions: &mut Conditions,
    search: &InstanceSearch,
    page: &InstancePage,
) -> String {
    search.add_to(conditions, page.order);
    let (column, direction) = (page.order.column(), page.direction);
    match (&page.after, page.order) {
        (None, _) => {}
        (Some(after), InstanceOrder::Created) => conditions.behind_id(direction, after.id),
        (Some(after), InstanceOrder::UpdatedAt | InstanceOrder::Key) => {
            let behind = (column, after.value.as_str());
            conditions.behind(direction, behind, ("id", Tie::Integer(after.id)));
        }
    }
    let (clause, order) = (conditions.take_clause(), page.sorting());
    format!("{clause} ORDER BY {order} LIMIT {}", page.limit + 1)
}

impl InstancePage {
    pub(super) fn sorting(&self) -> String {
        let (column, by) = (self.order.column(), self.direction.sql());
        match self.order {
            InstanceOrder::Created => format!("id {by}"),
            InstanceOrder::UpdatedAt | InstanceOrder::Key => format!("{column} {by}, id {by}"),
        }
    }
}

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

pub(super) fn state_count(
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

/// Those of the keys that exist.
pub async fn find_all(
    tables: &Tables,
    keys: &[StrategyKey],
) -> Result<Vec<InstanceRow>, TablesError> {
    let mut conditions = Conditions::default();
    let texts = keys.iter().map(StrategyKey::as_str);
    conditions.is_one_of(Use::LookUp, "strategy_key", texts);
    let sql = TABLE.select(&conditions.clause());
    rows(tables, &conditions, &sql).await
}

pub(super) async fn rows(
    tables: &Tables,
    conditions: &Conditions,
    sql: &str,
) -> Result<Vec<InstanceRow>, TablesError> {
    let rows = conditions
        .bind(sqlx::query(sql))
        .fetch_all(tables.readers())
        .await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(rows?)
}
