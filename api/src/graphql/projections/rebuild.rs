//! Builds a table anew beside the live one.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use projections::projector::names;

use super::projection::{Projection, all};
use super::rebuilds::begin;
use crate::graphql::context::{app, asker};
use crate::graphql::failure::internal;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::state::AppState;

#[derive(Debug, Default)]
pub(crate) struct RebuildProjection;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct RebuildProjectionInput {
    name: String,
}

#[derive(Debug, SimpleObject)]
pub(super) struct ProjectionPayload {
    pub(super) projection: Option<Projection>,
    /// The head when it was asked.
    pub(super) position: Option<Place>,
    pub(super) user_errors: Vec<UserError>,
}

#[Object]
impl RebuildProjection {
    /// Builds a table anew beside the live one. Answers at once; `projections` shows the progress.
    /// While one runs here, asking again begins no second one.
    async fn rebuild_projection(
        &self,
        ctx: &Context<'_>,
        input: RebuildProjectionInput,
    ) -> Result<ProjectionPayload> {
        let Some(name) = names().into_iter().find(|name| *name == input.name) else {
            return Ok(unknown(&input.name));
        };
        let who = &asker(ctx)?.identity.name;
        let began = begin(ctx.data_unchecked::<AppState>(), name);
        tracing::info!(projection = name, who, began, "a rebuild was asked for");
        answer(ctx, name).await
    }
}

pub(super) fn unknown(name: &str) -> ProjectionPayload {
    let message = format!("There is no projection called {name}");
    let error = UserError::new(UserErrorCode::NotFound, message);
    ProjectionPayload {
        projection: None,
        position: None,
        user_errors: vec![error.at("/name")],
    }
}

pub(super) async fn answer(ctx: &Context<'_>, name: &str) -> Result<ProjectionPayload> {
    let app = app(ctx);
    let head = app.log.head().await.map_err(internal)?;
    let mut projections = all(app).await?.into_iter();
    Ok(ProjectionPayload {
        projection: projections.find(|projection| projection.name == name),
        position: Some(head.into()),
        user_errors: vec![],
    })
}
