//! The catalogue, filtered and sorted.

use std::sync::Arc;

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Enum, InputObject, Object, Result};
use projections::definitions::list::{
    self, DefinitionCursor, DefinitionOrder as Order, DefinitionPage, DefinitionSearch,
};
use projections::definitions::{DefinitionRow, definitions_as_of};

use super::Definition;
use crate::graphql::as_of::AsOfInput;
use crate::graphql::connection::{List, PageArgs, count, cursor, rows_cost};
use crate::graphql::context::app;
use crate::graphql::direction::Direction;
use crate::graphql::failure::{internal, past};
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;

#[derive(Debug, Default)]
pub(crate) struct DefinitionsQuery;

#[derive(Debug, Default, InputObject)]
pub(crate) struct DefinitionFilter {
    enabled: Option<bool>,
    executor_type: Option<Vec<String>>,
    edited_since_publish: Option<bool>,
    /// Part of the key or the name, whatever its case.
    text: Option<String>,
}

#[derive(Debug, Clone, Copy, InputObject)]
pub(crate) struct DefinitionOrder {
    field: DefinitionOrderField,
    #[graphql(default)]
    direction: Direction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Order")]
enum DefinitionOrderField {
    Key,
    Name,
    CreatedAt,
    UpdatedAt,
}

/// What a list of definitions has besides its rows.
#[derive(Debug)]
pub(crate) struct DefinitionListFields {
    search: DefinitionSearch,
    reading: Reading,
    /// The past is all at hand.
    total: Option<usize>,
}

#[Object]
impl DefinitionListFields {
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        if let Some(total) = self.total {
            return Ok(count(total));
        }
        let total = list::count(&app(ctx).tables, &self.search).await;
        Ok(count(total.map_err(internal)?))
    }

    async fn as_of(&self) -> Option<Place> {
        self.reading.position()
    }

    async fn stale(&self) -> bool {
        self.reading.stale
    }
}

#[Object]
impl DefinitionsQuery {
    #[expect(clippy::too_many_arguments, reason = "GraphQL's arguments are named")]
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn definitions(
        &self,
        ctx: &Context<'_>,
        filter: Option<DefinitionFilter>,
        order_by: Option<DefinitionOrder>,
        as_of: Option<AsOfInput>,
        min_position: Option<Place>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<List<Definition, DefinitionListFields>> {
        let app = app(ctx);
        let args = PageArgs::try_new(first, after)?;
        let (order, direction) = order_by.map_or((Order::default(), Direction::Asc), |by| {
            (by.field.into(), by.direction)
        });
        let after: Option<(String, String)> = args.after()?;
        let begun = after.is_some();
        let page = DefinitionPage {
            order,
            direction: direction.into(),
            after: after.map(|(value, key)| DefinitionCursor { value, key }),
            limit: args.limit,
        };
        let filter = filter.unwrap_or_default();
        let search = DefinitionSearch {
            enabled: filter.enabled,
            executor_types: filter.executor_type,
            edited_since_publish: filter.edited_since_publish,
            text: filter.text,
        };
        let reading = Reading::begin(app, as_of, min_position).await?;
        let (found, total) = match reading.as_of {
            None => {
                let found = list::page(&app.tables, &search, &page).await;
                (found.map_err(internal)?, None)
            }
            Some(position) => {
                let rows = definitions_as_of(app.log.as_ref(), position).await;
                let rows = rows.map_err(past)?;
                let total = rows.iter().filter(|row| search.admits(row)).count();
                (list::page_of(rows, &search, &page), Some(total))
            }
        };
        let fields = DefinitionListFields {
            search,
            reading,
            total,
        };
        let mut connection = Connection::with_additional_fields(begun, found.more, fields);
        let edge = |row: DefinitionRow| {
            let place = DefinitionCursor::of(&row, order);
            let node = Definition::new(Arc::new(row), reading);
            Edge::new(cursor(&(place.value, place.key)), node)
        };
        connection.edges.extend(found.rows.into_iter().map(edge));
        Ok(connection)
    }
}
