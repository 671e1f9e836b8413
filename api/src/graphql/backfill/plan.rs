//! What a backfill would do.

use async_graphql::{Context, Object, Result};

use super::report::BackfillReport;
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::operations::plan_backfill;

#[derive(Debug, Default)]
pub(crate) struct BackfillPlanQuery;

#[Object]
impl BackfillPlanQuery {
    /// What a backfill would do now, and why each instance would be skipped. Nothing is changed.
    #[graphql(complexity = "50 + child_complexity")]
    async fn backfill_plan(&self, ctx: &Context<'_>) -> Result<BackfillReport> {
        let plan = plan_backfill(app(ctx)).await.map_err(internal)?;
        Ok(plan.into())
    }
}
