//! Lets a parked projection go on.

use async_graphql::{Context, InputObject, Object, Result};
use domain::projection::ProjectionCommand;
use event_store::Position;
use projections::projector::{self, names};

use super::payload::{ProjectionPayload, record};
use crate::graphql::command::{Terms, Trouble, earlier};
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::scalars::Place;
use crate::state::App;

#[derive(Debug, Default)]
pub(crate) struct ResumeProjection;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct ResumeProjectionInput {
    name: String,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl ResumeProjection {
    /// Lets a parked projection try its event again. One that is not parked is left alone, and that
    /// is a success.
    async fn resume_projection(
        &self,
        ctx: &Context<'_>,
        input: ResumeProjectionInput,
    ) -> Result<ProjectionPayload> {
        let Some(name) = names().into_iter().find(|name| *name == input.name) else {
            return Ok(ProjectionPayload::unknown(&input.name));
        };
        let outcome = resume(ctx, name, &input).await;
        ProjectionPayload::of(ctx, name, outcome).await
    }
}

async fn resume(
    ctx: &Context<'_>,
    name: &str,
    input: &ResumeProjectionInput,
) -> Result<Option<Place>, Trouble> {
    let app = app(ctx);
    let terms = Terms {
        expected_revision: None,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let options = terms.options(ctx, "resumeProjection", input)?;
    if let Some(position) = earlier(app, &options).await? {
        return Ok(Some(position.into()));
    }
    let Some(parked_at) = parked_at(app, name).await? else {
        return Ok(None);
    };
    let command = ProjectionCommand::Resume {
        projection: name.to_owned(),
        parked_at: parked_at.0,
        at: app.clock.now(),
    };
    let receipt = record(app, name, command, options).await?;
    let resumed = projector::resume(&app.tables, name).await;
    resumed.map_err(internal)?;
    Ok(Some(receipt.position.into()))
}

/// The event that it could not fold.
async fn parked_at(app: &App, name: &str) -> Result<Option<Position>, Trouble> {
    let all = projector::status(&app.tables, app.log.as_ref()).await;
    let mut all = all.map_err(internal)?.into_iter();
    let parked = all.find(|one| one.name == name).and_then(|one| one.parked);
    Ok(parked.map(|parked| parked.position))
}
