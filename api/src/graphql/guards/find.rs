//! All guards.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::guard::RISK_GUARDS_ID;

use super::guard::Guard;
use crate::graphql::connection::count;
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::scalars::Place;
use crate::state::App;

#[derive(Debug, Default)]
pub(crate) struct GuardsQuery;

#[derive(Debug, SimpleObject)]
#[graphql(name = "Guards")]
pub(super) struct AllGuards {
    /// By name.
    guards: Vec<Guard>,
    /// Of all guards together, for `expectedRevision`.
    revision: i64,
    position: Place,
}

#[Object]
impl GuardsQuery {
    /// There are at most 200.
    async fn guards(&self, ctx: &Context<'_>) -> Result<AllGuards> {
        guards(app(ctx)).await
    }
}

pub(super) async fn guards(app: &App) -> Result<AllGuards> {
    let loaded = app.guards.load(RISK_GUARDS_ID).await.map_err(internal)?;
    let guards = loaded.aggregate.all().map(|(name, guard)| {
        let measure = app.guard_measures.of(name, guard.arming);
        Guard::of(name, guard, measure)
    });
    Ok(AllGuards {
        guards: guards.collect(),
        revision: count(loaded.version),
        position: loaded.position.into(),
    })
}
