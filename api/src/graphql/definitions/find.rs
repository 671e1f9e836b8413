//! One definition.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use domain::ids::DefinitionKey;
use projections::definitions::{definition_as_of, query};

use super::Definition;
use crate::graphql::as_of::AsOfInput;
use crate::graphql::context::app;
use crate::graphql::failure::{internal, past};
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;

#[derive(Debug, Default)]
pub(crate) struct DefinitionQuery;

#[Object]
impl DefinitionQuery {
    async fn definition(
        &self,
        ctx: &Context<'_>,
        key: String,
        as_of: Option<AsOfInput>,
        min_position: Option<Place>,
    ) -> Result<Option<Definition>> {
        let app = app(ctx);
        let key = DefinitionKey::new(key);
        let reading = Reading::begin(app, as_of, min_position).await?;
        let row = match reading.as_of {
            None => query::find_by_key(&app.tables, &key)
                .await
                .map_err(internal)?,
            Some(position) => definition_as_of(app.log.as_ref(), &key, position)
                .await
                .map_err(past)?,
        };
        Ok(row.map(|row| Definition::new(Arc::new(row), reading)))
    }
}
