//! Legacy calls as people look through them: the latest day first.

use chrono::NaiveDate;

use super::UsageRow;
use super::store::{TABLE, read};
use crate::error::TablesError;
use crate::paging::Page;
use crate::sql::{Columns, Conditions, Use};
use crate::tables::Tables;

/// Which counts; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsageSearch {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub caller: Option<String>,
}

impl UsageSearch {
    fn conditions(&self) -> Conditions {
        let mut conditions = Conditions::default();
        if let Some(from) = self.from {
            conditions.at_least("day", &from.to_string());
        }
        if let Some(until) = self.until {
            conditions.at_most("day", &until.to_string());
        }
        if let Some(caller) = &self.caller {
            conditions.is(Use::Check, "caller", caller);
        }
        conditions
    }
}

/// `limit` counts after the first `skip`.
pub async fn page(
    tables: &Tables,
    search: &UsageSearch,
    skip: u32,
    limit: u32,
) -> Result<Page<UsageRow>, TablesError> {
    let conditions = search.conditions();
    let sql = TABLE.select(&format!(
        "{} ORDER BY day DESC, caller, endpoint LIMIT {} OFFSET {skip}",
        conditions.clause(),
        limit + 1,
    ));
    let rows = conditions
        .bind(sqlx::query(&sql))
        .fetch_all(tables.readers())
        .await?;
    let rows: Result<_, sqlx::Error> = rows.iter().map(|row| read(&Columns(row))).collect();
    Ok(Page::of_one_more(rows?, limit))
}

/// How many counts there are, and how many calls they count.
pub async fn totals(tables: &Tables, search: &UsageSearch) -> Result<(u64, u64), TablesError> {
    let conditions = search.conditions();
    // PostgreSQL sums to NUMERIC, which the common driver does not know
    let sql = format!(
        "SELECT count(*) AS found, CAST(coalesce(sum(calls), 0) AS BIGINT) AS calls \
         FROM legacy_usage {}",
        conditions.clause()
    );
    let row = conditions
        .bind(sqlx::query(&sql))
        .fetch_one(tables.readers())
        .await?;
    let columns = Columns(&row);
    Ok((columns.count("found")?, columns.count("calls")?))
}
