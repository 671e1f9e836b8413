//! Instances, filtered and sorted.

use std::sync::Arc;

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Object, Result};
use domain::ids::DefinitionId;
use projections::Page;
use projections::instance_moments::query as moments;
use projections::instances::InstanceRow;
use projections::instances::list::{
    self, InstanceCursor, InstanceOrder as Order, InstancePage, InstanceSearch,
};
use tokio::sync::OnceCell;

use super::Instance;
use super::filter::{InstanceFilter, InstanceOrder};
use super::list_fields::InstanceListFields;
use crate::graphql::as_of::AsOfInput;
use crate::graphql::connection::{List, PageArgs, cursor, rows_cost};
use crate::graphql::context::{app, loaders};
use crate::graphql::direction::Direction;
use crate::graphql::failure::{internal, past};
use crate::graphql::loaders::OfDefinition;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;

pub(crate) type InstanceList = List<Instance, InstanceListFields>;

#[derive(Debug, Default)]
pub(crate) struct InstancesQuery;

#[Object]
impl InstancesQuery {
    #[expect(clippy::too_many_arguments, reason = "GraphQL's arguments are named")]
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn instances(
        &self,
        ctx: &Context<'_>,
        filter: Option<InstanceFilter>,
        order_by: Option<InstanceOrder>,
        as_of: Option<AsOfInput>,
        min_position: Option<Place>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<InstanceList> {
        let app = app(ctx);
        let page = PageArgs::try_new(first, after)?;
        let reading = Reading::of_instances(app, as_of, min_position).await?;
        let search = filter.unwrap_or_default().search(app).await?;
        instance_list(ctx, search, order_by, &page, reading).await
    }
}

async fn instance_list(
    ctx: &Context<'_>,
    search: InstanceSearch,
    order_by: Option<InstanceOrder>,
    args: &PageArgs,
    reading: Reading,
) -> Result<InstanceList> {
    let app = app(ctx);
    let page = instance_page(order_by, args)?;
    let found = match reading.as_of {
        None => list::page(&app.tables, &search, &page)
            .await
            .map_err(internal)?,
        Some(position) => {
            let (tables, log) = (&app.tables, app.log.as_ref());
            let found = moments::page(tables, log, &search, &page, position);
            found.await.map_err(past)?
        }
    };
    let found = Page {
        rows: found.rows.into_iter().map(Arc::new).collect(),
        more: found.more,
    };
    Ok(listed(ctx, found, &page, search, None, reading))
}

/// Those of a definition. The search says nothing of definitions.
pub(crate) async fn instances_of(
    ctx: &Context<'_>,
    definition: DefinitionId,
    search: InstanceSearch,
    order_by: Option<InstanceOrder>,
    args: &PageArgs,
    reading: Reading,
) -> Result<InstanceList> {
    let page = instance_page(order_by, args)?;
    let asked = OfDefinition {
        definition,
        as_of: reading.as_of,
        question: (search.clone(), page.clone()),
    };
    let found = loaders(ctx).instances_of(asked).await?;
    Ok(listed(ctx, found, &page, search, Some(definition), reading))
}

fn instance_page(order_by: Option<InstanceOrder>, args: &PageArgs) -> Result<InstancePage> {
    let (order, direction) = order_by.map_or((Order::default(), Direction::Asc), |by| {
        (by.field.into(), by.direction)
    });
    let after: Option<(String, i64)> = args.after()?;
    Ok(InstancePage {
        order,
        direction: direction.into(),
        after: after.map(|(value, id)| InstanceCursor { value, id }),
        limit: args.limit,
    })
}

fn listed(
    ctx: &Context<'_>,
    found: Page<Arc<InstanceRow>>,
    page: &InstancePage,
    search: InstanceSearch,
    definition: Option<DefinitionId>,
    reading: Reading,
) -> InstanceList {
    let fields = InstanceListFields {
        search,
        reading,
        counted: ctx.look_ahead().field("counts").exists(),
        definition,
        counts: OnceCell::new(),
    };
    let mut connection =
        Connection::with_additional_fields(page.after.is_some(), found.more, fields);
    let edge = |row: Arc<InstanceRow>| {
        let place = InstanceCursor::of(&row, page.order);
        let node = Instance::new(row, reading);
        Edge::new(cursor(&(place.value, place.id)), node)
    };
    connection.edges.extend(found.rows.into_iter().map(edge));
    connection
}
