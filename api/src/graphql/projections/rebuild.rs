//! Builds a table anew beside the live one.

use async_graphql::{Context, InputObject, Object, Result};
use domain::projection::ProjectionCommand;
use projections::projector::names;

use super::payload::{ProjectionPayload, record};
use super::rebuilds::{Begun, begin};
use crate::graphql::command::{Terms, Trouble, earlier};
use crate::graphql::scalars::Place;
use crate::state::AppState;

#[derive(Debug, Default)]
pub(crate) struct RebuildProjection;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct RebuildProjectionInput {
    name: String,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
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
            return Ok(ProjectionPayload::unknown(&input.name));
        };
        let mut begun = None;
        let outcome = rebuild(ctx, name, &input, &mut begun).await;
        let payload = ProjectionPayload::of(ctx, name, outcome).await;
        drop(begun);
        payload
    }
}

async fn rebuild(
    ctx: &Context<'_>,
    name: &str,
    input: &RebuildProjectionInput,
    begun: &mut Option<Begun>,
) -> Result<Option<Place>, Trouble> {
    let app = ctx.data_unchecked::<AppState>();
    let terms = Terms {
        expected_revision: None,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let options = terms.options(ctx, "rebuildProjection", input)?;
    if let Some(position) = earlier(app, &options).await? {
        return Ok(Some(position.into()));
    }
    if app.rebuilds.now().is_running(name) {
        return Ok(None);
    }
    let command = ProjectionCommand::Rebuild {
        projection: name.to_owned(),
        at: app.clock.now(),
    };
    let receipt = record(app, name, command, options).await?;
    if !receipt.repeated {
        *begun = begin(app, name);
    }
    Ok(Some(receipt.position.into()))
}
