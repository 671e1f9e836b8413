//! One instance.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use domain::ids::StrategyKey;
use projections::instances::{instance_as_of, query};

use super::Instance;
use crate::graphql::as_of::AsOfInput;
use crate::graphql::context::app;
use crate::graphql::failure::{internal, past};
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;

#[derive(Debug, Default)]
pub(crate) struct InstanceQuery;

#[Object]
impl InstanceQuery {
    async fn instance(
        &self,
        ctx: &Context<'_>,
        key: String,
        as_of: Option<AsOfInput>,
        min_position: Option<Place>,
    ) -> Result<Option<Instance>> {
        let app = app(ctx);
        let key = StrategyKey::new(key);
        let reading = Reading::begin(app, as_of, min_position).await?;
        let now = query::find(&app.tables, &key).await.map_err(internal)?;
        let row = match reading.as_of {
            None => now,
            Some(position) => {
                let then = instance_as_of(app.log.as_ref(), &key, position).await;
                let mut then = then.map_err(past)?;
                if let (Some(then), Some(now)) = (&mut then, now) {
                    then.id = now.id;
                }
                then
            }
        };
        Ok(row.map(|row| Instance::new(Arc::new(row), reading)))
    }
}
