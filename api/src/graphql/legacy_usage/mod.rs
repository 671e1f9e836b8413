//! Who still calls legacy endpoints.

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use projections::legacy_usage::UsageRow;
use projections::legacy_usage::list::{UsageSearch, page, totals};

use super::connection::{List, PageArgs, count, cursor, rows_cost};
use super::context::app;
use super::failure::internal;
use super::scalars::Day;

#[derive(Debug, Default)]
pub(crate) struct LegacyUsageQuery;

#[derive(Debug, Default, InputObject)]
pub(crate) struct LegacyUsageFilter {
    from: Option<Day>,
    until: Option<Day>,
    caller: Option<String>,
}

/// Calls of one endpoint by one caller on one day.
#[derive(Debug, SimpleObject)]
struct LegacyUsage {
    day: Day,
    /// The token's name and the client's address.
    caller: String,
    /// Method and route: `POST /strategy/execute-arbitrage`.
    endpoint: String,
    calls: i64,
}

#[derive(Debug, SimpleObject)]
struct LegacyUsageFields {
    total_count: i64,
    total_calls: i64,
}

#[Object]
impl LegacyUsageQuery {
    /// Calls of legacy endpoints, by UTC day, latest first.
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn legacy_usage(
        &self,
        ctx: &Context<'_>,
        filter: Option<LegacyUsageFilter>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<List<LegacyUsage, LegacyUsageFields>> {
        let args = PageArgs::try_new(first, after)?;
        let filter = filter.unwrap_or_default();
        let search = UsageSearch {
            from: filter.from.map(|day| day.0),
            until: filter.until.map(|day| day.0),
            caller: filter.caller,
        };
        let tables = &app(ctx).tables;
        let skip = args
            .after::<u32>()?
            .map_or(0, |last| last.saturating_add(1));
        let found = page(tables, &search, skip, args.limit)
            .await
            .map_err(internal)?;
        let (rows, calls) = totals(tables, &search).await.map_err(internal)?;
        let fields = LegacyUsageFields {
            total_count: count(rows),
            total_calls: count(calls),
        };
        let mut connection = Connection::with_additional_fields(skip > 0, found.more, fields);
        let numbered = (skip..).zip(found.rows);
        let edge = |(number, row): (u32, UsageRow)| {
            let node = LegacyUsage {
                day: Day(row.day),
                caller: row.caller,
                endpoint: row.endpoint,
                calls: count(row.calls),
            };
            Edge::new(cursor(&number), node)
        };
        connection.edges.extend(numbered.map(edge));
        Ok(connection)
    }
}
