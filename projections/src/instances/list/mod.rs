//! Instances as people look through them: filtered, sorted, in pages, counted.

mod counts;
mod search;

use domain::ids::StrategyKey;

pub(super) use self::counts::state_count;
pub use self::counts::{
    Linked, LinkedByVersion, StateCounts, count, counts, linked_by_version, running_by_executor,
};
pub(crate) use self::counts::{counts_in, linked_in};
pub use self::search::InstanceSearch;
use super::InstanceRow;
use super::store::{TABLE, read};
use crate::error::TablesError;
use crate::paging::Page;
use crate::sql::{Columns, Conditions, Direction, Tie, Use, time_text};
use crate::tables::Tables;

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
