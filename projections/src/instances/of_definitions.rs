//! The same question about the instances of many definitions, in one statement.

use std::collections::HashMap;

use domain::ids::DefinitionId;

use super::InstanceRow;
use super::list::{
    InstanceOrder, InstancePage, InstanceSearch, StateCounts, rows, selection, state_count,
};
use super::store::TABLE;
use crate::error::TablesError;
use crate::paging::Page;
use crate::sql::{Columns, Conditions, Use};
use crate::tables::Tables;

/// SQLite puts no more than 500 selections together.
pub(crate) const AT_ONCE: usize = 200;

/// By definition; those that nothing is linked to are left out.
pub type OfDefinitions<T> = HashMap<DefinitionId, T>;

/// The same page of each definition's instances. The search says nothing of definitions.
pub async fn pages(
    tables: &Tables,
    definitions: &[DefinitionId],
    search: &InstanceSearch,
    page: &InstancePage,
) -> Result<OfDefinitions<Page<InstanceRow>>, TablesError> {
    let mut found = Vec::new();
    for definitions in definitions.chunks(AT_ONCE) {
        let (columns, source) = (TABLE.column_list(), TABLE.name);
        let (conditions, sql) = selections(&columns, source, definitions, search, page);
        found.extend(rows(tables, &conditions, &sql).await?);
    }
    let of = |row: InstanceRow| row.definition_id.map(|id| (id, row));
    Ok(by_definition(found.into_iter().filter_map(of), page.limit))
}

/// How many of each definition's instances are in which state. The search says nothing of
/// definitions.
pub async fn counts(
    tables: &Tables,
    definitions: &[DefinitionId],
    search: &InstanceSearch,
) -> Result<OfDefinitions<StateCounts>, TablesError> {
    counts_in(tables, TABLE.name, definitions, search).await
}

/// A statement that selects a page's rows and one more, for each of the definitions.
pub(crate) fn selections(
    columns: &str,
    source: &str,
    definitions: &[DefinitionId],
    search: &InstanceSearch,
    page: &InstancePage,
) -> (Conditions, String) {
    let mut conditions = Conditions::default();
    let selections: Vec<String> = definitions
        .iter()
        .map(|id| {
            let of_one = InstanceSearch {
                definition_id: Some(*id),
                ..search.clone()
            };
            let rest = selection(&mut conditions, &of_one, page);
            format!("SELECT * FROM (SELECT {columns} FROM {source} {rest}) AS page")
        })
        .collect();
    let (selections, order) = (selections.join(" UNION ALL "), page.sorting());
    let sql = format!("SELECT * FROM ({selections}) AS pages ORDER BY definition_id, {order}");
    (conditions, sql)
}

pub(crate) fn by_definition<R>(
    rows: impl IntoIterator<Item = (DefinitionId, R)>,
    limit: u32,
) -> OfDefinitions<Page<R>> {
    let mut all: OfDefinitions<Vec<R>> = HashMap::new();
    for (id, row) in rows {
        all.entry(id).or_default().push(row);
    }
    let page = |(id, rows)| (id, Page::of_one_more(rows, limit));
    all.into_iter().map(page).collect()
}

/// Of a table, or of a selection with its columns.
pub(crate) async fn counts_in(
    tables: &Tables,
    source: &str,
    definitions: &[DefinitionId],
    search: &InstanceSearch,
) -> Result<OfDefinitions<StateCounts>, TablesError> {
    let mut conditions = search.conditions(InstanceOrder::Created);
    let ids: Vec<String> = definitions.iter().map(ToString::to_string).collect();
    let ids = ids.iter().map(String::as_str);
    conditions.is_one_of(Use::LookUp, "definition_id", ids);
    let sql = format!(
        "SELECT definition_id, status, observed, count(*) AS found FROM {source} {} \
         GROUP BY definition_id, status, observed ORDER BY definition_id, status, observed",
        conditions.clause()
    );
    let rows = conditions
        .bind(sqlx::query(&sql))
        .fetch_all(tables.readers())
        .await?;
    let mut counts: OfDefinitions<StateCounts> = HashMap::new();
    for row in &rows {
        let columns = Columns(row);
        let id = DefinitionId(columns.parsed("definition_id")?);
        let found = state_count(&columns)?;
        counts.entry(id).or_default().push(found);
    }
    Ok(counts)
}
