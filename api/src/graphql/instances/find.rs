//! One instance.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use domain::ids::StrategyKey;
use projections::instance_moments::query as moments;
use projections::instances::query;

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
        let reading = Reading::of_instances(app, as_of, min_position).await?;
        let row = match reading.as_of {
            None => query::find(&app.tables, &key).await.map_err(internal)?,
            Some(position) => {
                let then = moments::find(&app.tables, app.log.as_ref(), &key, position);
                then.await.map_err(past)?
            }
        };
        Ok(row.map(|row| Instance::new(Arc::new(row), reading)))
    }
}
