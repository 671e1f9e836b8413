//! The catalogue as people look through it: filtered, sorted, in pages.

use std::cmp::Ordering;

use domain::ids::{DefinitionId, DefinitionKey};

use super::DefinitionRow;
use super::store::{TABLE, read};
use crate::error::TablesError;
use crate::paging::Page;
use crate::sql::{Columns, Conditions, Direction, Tie, Use, time_text};
use crate::tables::Tables;

/// Which definitions; the default is all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DefinitionSearch {
    pub enabled: Option<bool>,
    pub executor_types: Option<Vec<String>>,
    pub edited_since_publish: Option<bool>,
    /// Somewhere in key or name, whatever its case.
    pub text: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DefinitionOrder {
    #[default]
    Key,
    Name,
    CreatedAt,
    UpdatedAt,
}

/// Where a page ended: the row's value in the order, and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionCursor {
    pub value: String,
    pub key: String,
}

/// A page of a sorted list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DefinitionPage {
    pub order: DefinitionOrder,
    pub direction: Direction,
    pub after: Option<DefinitionCursor>,
    pub limit: u32,
}

impl DefinitionCursor {
    pub fn of(row: &DefinitionRow, order: DefinitionOrder) -> Self {
        Self {
            value: order.value(row),
            key: row.key.as_str().to_owned(),
        }
    }
}

impl DefinitionOrder {
    fn column(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Name => "name",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }

    fn value(self, row: &DefinitionRow) -> String {
        match self {
            Self::Key => row.key.as_str().to_owned(),
            Self::Name => row.name.clone(),
            Self::CreatedAt => time_text(row.created_at),
            Self::UpdatedAt => time_text(row.updated_at),
        }
    }
}

impl DefinitionSearch {
    fn conditions(&self) -> Conditions {
        let mut conditions = Conditions::default();
        if let Some(enabled) = self.enabled {
            conditions.flag("enabled", enabled);
        }
        if let Some(edited) = self.edited_since_publish {
            conditions.flag("edited_since_publish", edited);
        }
        if let Some(types) = &self.executor_types {
            let types = types.iter().map(String::as_str);
            conditions.is_one_of(Use::LookUp, "executor_type", types);
        }
        if let Some(text) = &self.text {
            conditions.contains(&["key", "name"], text);
        }
        conditions
    }

    /// Says of a row what the tables' conditions say.
    pub fn admits(&self, row: &DefinitionRow) -> bool {
        let types = self.executor_types.as_ref();
        let type_fits =
            types.is_none_or(|types| types.iter().any(|one| one == row.executor_type.as_str()));
        let text_fits = self.text.as_ref().is_none_or(|text| {
            let text = text.to_lowercase();
            let found = |in_text: &str| in_text.to_lowercase().contains(&text);
            found(row.key.as_str()) || found(&row.name)
        });
        self.enabled.is_none_or(|enabled| enabled == row.enabled)
            && self
                .edited_since_publish
                .is_none_or(|edited| edited == row.edited_since_publish)
            && type_fits
            && text_fits
    }
}

pub async fn page(
    tables: &Tables,
    search: &DefinitionSearch,
    page: &DefinitionPage,
) -> Result<Page<DefinitionRow>, TablesError> {
    let mut conditions = search.conditions();
    let column = page.order.column();
    if let Some(after) = &page.after {
        let behind = (column, after.value.as_str());
        conditions.behind(page.direction, behind, ("key", Tie::Text(&after.key)));
    }
    let sql = TABLE.select(&format!(
        "{} ORDER BY {column} {direction}, key {direction} LIMIT {}",
        conditions.clause(),
        page.limit + 1,
        direction = page.direction.sql(),
    ));
    let rows = conditions
        .bind(sqlx::query(&sql))
        .fetch_all(tables.readers())
        .await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(Page::of_one_more(rows?, page.limit))
}

/// The same page of rows that are at hand already.
pub fn page_of(
    rows: Vec<DefinitionRow>,
    search: &DefinitionSearch,
    page: &DefinitionPage,
) -> Page<DefinitionRow> {
    let rows = rows.into_iter().filter(|row| search.admits(row)).collect();
    let place = |row: &DefinitionRow| (page.order.value(row), row.key.as_str().to_owned());
    let compare =
        |a: &DefinitionRow, b: &DefinitionRow| page.direction.apply(place(a).cmp(&place(b)));
    let after = page
        .after
        .as_ref()
        .map(|after| (after.value.clone(), after.key.clone()));
    let is_behind = |row: &DefinitionRow| {
        let behind = |after| page.direction.apply(place(row).cmp(after)) == Ordering::Greater;
        after.as_ref().is_none_or(behind)
    };
    Page::cut(rows, compare, is_behind, page.limit)
}

pub async fn count(tables: &Tables, search: &DefinitionSearch) -> Result<u64, TablesError> {
    let conditions = search.conditions();
    let clause = conditions.clause();
    let sql = format!("SELECT count(*) AS found FROM strategy_definitions {clause}");
    let row = conditions
        .bind(sqlx::query(&sql))
        .fetch_one(tables.readers())
        .await?;
    Ok(Columns(&row).count("found")?)
}

/// Those of the ids that are in the catalogue.
pub async fn find_all(
    tables: &Tables,
    ids: &[DefinitionId],
) -> Result<Vec<DefinitionRow>, TablesError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    find_where(tables, "id", ids.iter().map(String::as_str)).await
}

/// Those of the keys that are in the catalogue.
pub async fn find_all_by_key(
    tables: &Tables,
    keys: &[DefinitionKey],
) -> Result<Vec<DefinitionRow>, TablesError> {
    find_where(tables, "key", keys.iter().map(DefinitionKey::as_str)).await
}

async fn find_where<'v>(
    tables: &Tables,
    column: &str,
    values: impl Iterator<Item = &'v str>,
) -> Result<Vec<DefinitionRow>, TablesError> {
    let mut conditions = Conditions::default();
    conditions.is_one_of(Use::LookUp, column, values);
    let sql = TABLE.select(&format!("{} ORDER BY key", conditions.clause()));
    let rows = conditions
        .bind(sqlx::query(&sql))
        .fetch_all(tables.readers())
        .await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(rows?)
}
