//! All projections.

use async_graphql::{Context, Object, Result};

use super::projection::{Projection, all};
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct ProjectionsQuery;

#[Object]
impl ProjectionsQuery {
    #[graphql(complexity = "5 + 4 * child_complexity")]
    async fn projections(&self, ctx: &Context<'_>) -> Result<Vec<Projection>> {
        all(app(ctx)).await
    }
}
